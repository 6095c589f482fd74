import { createDataTable, type DataTableColumn } from './dataTables';
import type { ExampleSession } from './exampleSession';
import type { JsonRecord } from './read';
import { AIRTABLE_BASE, AIRTABLE_TABLE } from './standIns/airtable';
import { NOTION_SOURCE } from './standIns/notion';
import { runflowNode, type NodeSketch } from './workflowFile';

/** A kind of table, empty, and how n8n's own nodes write and read it. */
export interface TableKind {
	/** Adds a row for each result; all fields are mapped automatically where the node can. */
	insert: NodeSketch;
	/** Writes results over the rows with the same `client_ref`; absent for files. */
	update?: NodeSketch;
	read: NodeSketch;
	/** Where a column is in a row that was read, as in `fields.verdict`. */
	place(column: string): string;
}

const NUMBERS = ['weighted_pass_rate', 'eval_duration_ms', 'cost_credits', 'billed_credits'];
const BOOLEANS = ['passed', 'overall_passed'];
const NOTION_TYPES = {
	number: ['number', 'numberValue'],
	boolean: ['checkbox', 'checkboxValue'],
	string: ['rich_text', 'textContent'],
} as const;
const asItIs = (column: string) => column;

export const core = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: JsonRecord,
): NodeSketch => ({ name, type: `n8n-nodes-base.${type}`, typeVersion, parameters });

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const AUTOMATIC = { mappingMode: 'autoMapInputData', value: {}, schema: [] };
const ADDED = { ...AUTOMATIC, matchingColumns: [] };
const MATCHED = { ...AUTOMATIC, matchingColumns: ['client_ref'] };

function typeOf(column: string): 'number' | 'boolean' | 'string' {
	if (NUMBERS.includes(column)) return 'number';
	return BOOLEANS.includes(column) ? 'boolean' : 'string';
}

export async function dataTableKind(
	{ client }: ExampleSession,
	name: string,
	columns: string[],
): Promise<TableKind> {
	const typed = columns
		.filter((column) => column !== 'id')
		.map((column): DataTableColumn => ({ name: column, type: typeOf(column) }));
	const table = await createDataTable(client, name, typed);
	const row = { resource: 'row', dataTableId: byId(table.id) };
	const condition = {
		...{ keyName: 'client_ref', condition: 'eq', keyValue: '={{ $json.client_ref }}' },
	};
	const write = (operation: string, more: JsonRecord = {}) =>
		core('Write', 'dataTable', 1.1, { ...row, operation, columns: ADDED, options: {}, ...more });
	return {
		insert: write('insert'),
		update: write('update', {
			...{ matchType: 'allConditions', filters: { conditions: [condition] } },
		}),
		read: core('Read', 'dataTable', 1.1, { ...row, operation: 'get', returnAll: true }),
		place: asItIs,
	};
}

/** The stand-in's sheet; its rows are there before, for a result is written over one. */
export function sheetKind(
	{ standIns }: ExampleSession,
	columns: string[],
	refs: string[],
): TableKind {
	const { spreadsheet } = standIns.google;
	const rowOf = (ref: string) => columns.map((name) => (name === 'client_ref' ? ref : ''));
	Object.assign(spreadsheet, { id: 'TABLE', cells: [[...columns], ...refs.map(rowOf)] });
	const sheet = {
		...{ authentication: 'oAuth2', resource: 'sheet', options: {} },
		...{ documentId: byId('TABLE'), sheetName: byName('Sheet1') },
	};
	const update = core('Write', 'googleSheets', 4.7, {
		...{ ...sheet, operation: 'update', columns: MATCHED },
	});
	const read = core('Read', 'googleSheets', 4.7, { ...sheet, operation: 'read' });
	return { insert: update, update, read, place: asItIs };
}

export function airtableKind({ standIns }: ExampleSession, columns: string[]): TableKind {
	const { airtable } = standIns;
	airtable.records.length = 0;
	const typed = { number: 'number', boolean: 'checkbox', string: 'text' } as const;
	for (const column of columns) airtable.columns[column] = typed[typeOf(column)];
	const record = {
		...{ authentication: 'airtableTokenApi', resource: 'record', options: {} },
		...{ base: byId(AIRTABLE_BASE), table: byId(AIRTABLE_TABLE) },
	};
	const write = (operation: string, mapped: JsonRecord) =>
		core('Write', 'airtable', 2.2, { ...record, operation, columns: mapped });
	return {
		insert: write('create', ADDED),
		update: write('update', MATCHED),
		read: core('Read', 'airtable', 2.2, { ...record, operation: 'search', returnAll: true }),
		place: (column) => `fields.${column}`,
	};
}

/** Notion's node maps nothing automatically, and finds a page by its ID. */
export function notionKind({ standIns }: ExampleSession, columns: string[]): TableKind {
	const { notion } = standIns;
	notion.pages.length = 0;
	const values = columns.flatMap((column) => {
		if (column === 'client_ref') {
			notion.columns[column] = 'title';
			return [];
		}
		const [type, key] = NOTION_TYPES[typeOf(column)];
		notion.columns[column] = type;
		return [{ key: `${column}|${type}`, [key]: `={{ $json.${column} }}` }];
	});
	const page = {
		...{ authentication: 'apiKey', resource: 'databasePage', dataSourceId: byId(NOTION_SOURCE) },
		...{ simple: true, options: {} },
	};
	const write = (operation: string, more: JsonRecord) =>
		core('Write', 'notion', 3, {
			...{ ...page, operation, propertiesUi: { propertyValues: values } },
			...more,
		});
	return {
		insert: write('create', { title: '={{ $json.client_ref }}' }),
		update: write('update', { pageId: byId("={{ $('Read').item.json.id }}") }),
		read: core('Read', 'notion', 3, {
			...{ ...page, operation: 'getAll', returnAll: true, filterType: 'none' },
		}),
		place: (column) => (column === 'client_ref' ? 'name' : `property_${column}`),
	};
}

/** The statement that makes the table, and its kind; the exact amounts are of the type numeric. */
export function postgresKind(name: string, columns: string[]): TableKind & { made: string } {
	const typed = { number: 'double precision', boolean: 'boolean', string: 'text' };
	const cells = columns.map(
		(column) => `${column} ${column === 'cost_credits' ? 'numeric' : typed[typeOf(column)]}`,
	);
	const table = { schema: byName('public'), table: byName(name), options: {} };
	const write = (operation: string, mapped: JsonRecord) =>
		core('Write', 'postgres', 2.7, { ...table, operation, columns: mapped });
	return {
		made: `create table ${name} (${cells.join(', ')})`,
		insert: write('insert', ADDED),
		update: write('update', MATCHED),
		read: core('Read', 'postgres', 2.7, { ...table, operation: 'select', returnAll: true }),
		place: asItIs,
	};
}

/** A file in the format that is made and read at once, as its marks are left in. */
export function fileKind(format: 'csv' | 'xlsx'): TableKind {
	return {
		insert: core('Write', 'convertToFile', 1.1, { operation: format }),
		read: core('Read', 'extractFromFile', 1, { operation: format }),
		place: (column) => (format === 'csv' && column === 'verdict' ? '\ufeffverdict' : column),
	};
}

export const once = (node: NodeSketch): NodeSketch => ({ ...node, extra: { executeOnce: true } });
const tolerant = (node: NodeSketch): NodeSketch => ({
	...{ ...node, extra: { onError: 'continueRegularOutput' } },
});

/** What a builder puts behind the rows, each with the column where it is in them. */
export function readersOf({ place }: TableKind): NodeSketch[] {
	const at = (column: string) => `={{ $json.${place(column)} }}`;
	const evaluation = { evaluationId: at('evaluation_id') };
	const isTrue = { type: 'boolean', operation: 'true', singleValue: true };
	const rules = { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 };
	const conditions = [{ id: '1', leftValue: at('passed'), rightValue: '', operator: isTrue }];
	const sum = [{ aggregation: 'sum', field: place('billed_credits') }];
	const gathered = [{ fieldToAggregate: place('client_ref') }];
	return [
		runflowNode('Report', 'createReport', { options: { attachContactSheet: false } }),
		tolerant(runflowNode('Get', 'get', evaluation)),
		tolerant(runflowNode('Wait', 'wait', evaluation)),
		tolerant(runflowNode('Feedback', 'sendFeedback', { ...evaluation, feedback: 'positive' })),
		core('If', 'if', 2.2, {
			...{
				conditions: { options: rules, conditions, combinator: 'and' },
				looseTypeValidation: true,
			},
		}),
		core('Summarize', 'summarize', 1.1, { fieldsToSummarize: { values: sum }, options: {} }),
		core('Sort', 'sort', 1, {
			sortFieldsUi: {
				sortField: [{ fieldName: place('weighted_pass_rate'), order: 'descending' }],
			},
		}),
		core('Aggregate', 'aggregate', 1, { fieldsToAggregate: { fieldToAggregate: gathered } }),
		core('Remove Duplicates', 'removeDuplicates', 2, {
			...{ operation: 'removeDuplicateInputItems', compare: 'selectedFields' },
			...{ fieldsToCompare: place('client_ref'), options: {} },
		}),
	];
}
