/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { createCredential, type CredentialReference } from '../../lab/n8n/credentials';
import { BLURRED, BROKEN, GOOD, imageUrl } from '../../lab/n8n/exampleRows';
import { startExampleSession, type ExampleSession } from '../../lab/n8n/exampleSession';
import { outputOf, waitForExecution, type Execution } from '../../lab/n8n/executions';
import { credentialTypesByNodeType, listNodeTypes } from '../../lab/n8n/nodeTypes';
import { reasonWithoutServices, startPostgres, type Service } from '../../lab/n8n/queue/services';
import type { JsonRecord } from '../../lab/n8n/read';
import { AIRTABLE_TOKEN } from '../../lab/n8n/standIns/airtable';
import { NOTION_TOKEN } from '../../lab/n8n/standIns/notion';
import {
	airtableKind,
	core,
	dataTableKind,
	fileKind,
	notionKind,
	once,
	postgresKind,
	readersOf,
	sheetKind,
	type TableKind,
} from '../../lab/n8n/tableKinds';
import {
	itemsNode,
	MANUAL_TRIGGER,
	rowOfNodes,
	runflowNode,
	type NodeSketch,
} from '../../lab/n8n/workflowFile';
import { importWorkflow, runWorkflow } from '../../lab/n8n/workflows';
import { SIMPLE_FIELDS } from '../../lab/scenario/evaluate';

let session: ExampleSession;
let postgres: Service;
let credentials: CredentialReference[];
let credentialTypes: Map<string, Set<string>>;

beforeAll(async () => {
	session = await startExampleSession();
	const missing = reasonWithoutServices();
	if (missing !== undefined) throw new Error(missing);
	postgres = await startPostgres();
	const { client } = session;
	const server = { host: '127.0.0.1', port: postgres.port, ssl: 'disable' };
	const access = { database: 'postgres', user: 'n8n', password: 'none' };
	credentials = [
		...session.credentials,
		await createCredential(client, 'airtableTokenApi', { accessToken: AIRTABLE_TOKEN }),
		await createCredential(client, 'notionApi', { apiKey: NOTION_TOKEN }),
		await createCredential(client, 'postgres', { ...server, ...access }),
	];
	credentialTypes = credentialTypesByNodeType(await listNodeTypes(client));
});

afterAll(async () => {
	await postgres?.end();
	await session?.end();
});

const REFS = ['good', 'blurred', 'broken', 'none'];
const again = (ref: string) => imageUrl(`${ref}-again`);

let tables = 0;
const KINDS: Record<string, () => Promise<TableKind> | TableKind> = {
	'Data Table': () => dataTableKind(session, `Results ${++tables}`, SIMPLE_FIELDS),
	'Google Sheets': () => sheetKind(session, SIMPLE_FIELDS, REFS),
	Airtable: () => airtableKind(session, SIMPLE_FIELDS),
	Notion: () => notionKind(session, SIMPLE_FIELDS),
	Postgres: () => {
		const { made, ...kind } = postgresKind(`results_${++tables}`, SIMPLE_FIELDS);
		const server = ['-h', '127.0.0.1', '-p', String(postgres.port), '-U', 'n8n', 'postgres'];
		execFileSync('psql', [...server, '-c', made]);
		return kind;
	},
	CSV: () => fileKind('csv'),
	XLSX: () => fileKind('xlsx'),
};

const judge = (generatedImageUrl: string, clientRef: string, forTables = true) =>
	runflowNode(
		'Judge',
		'submitAndWait',
		{
			...{ generatedImageUrl, taskType: 'headshot', additionalFields: { clientRef } },
			options: { forTables },
		},
		forTables ? { onError: 'continueRegularOutput' } : {},
	);
/** What an item in error has beside the columns. */
const COLUMNS_ONLY = core('Columns Only', 'set', 3.4, {
	mode: 'raw',
	jsonOutput: '={{ (({ error, message, details, ...cells }) => cells)($json) }}',
});
const FIRST_NIGHT = [
	...[
		MANUAL_TRIGGER,
		itemsNode(REFS.map((ref) => ({ ref, url: ref === 'none' ? '' : imageUrl(ref) }))),
	],
];

async function execute(name: string, chain: NodeSketch[], ends: NodeSketch[] = []) {
	const file = rowOfNodes(name, [...chain, ...ends]);
	const next = (node?: NodeSketch) => ({ node: node?.name, type: 'main', index: 0 });
	const wires = chain.map(({ name: from }, at) => {
		const following = at + 1 < chain.length ? [next(chain[at + 1])] : ends.map(next);
		return [from, { main: [following] }];
	});
	const workflow = await importWorkflow(
		session.client,
		{ ...file, connections: Object.fromEntries(wires) },
		{ credentials, credentialTypes },
	);
	const id = await runWorkflow(session.client, workflow, MANUAL_TRIGGER.name);
	return await waitForExecution(session.client, id);
}

/** What a row says in the end, whichever types its cells have. */
function told(row: JsonRecord, { place }: TableKind) {
	const cell = (column: string) =>
		place(column)
			.split('.')
			.reduce<unknown>((inner, key) => Object(inner)[key], row);
	const text = (column: string) => String(cell(column) ?? '');
	const reason = text('reason')
		.replace(/[:(].*/, '')
		.replace(/^'/, '')
		.trim();
	return [
		...[text('client_ref'), text('verdict'), text('passed').toLowerCase() === 'true'],
		...[Number(cell('weighted_pass_rate') ?? 0), text('issues_text'), reason],
	];
}

const ISSUES = 'Blurred; Too dark';
const UNREADABLE = 'Runflow could not read the image';
const EMPTY = "Generated Image URL' is empty";

function outcomes(pairs: Array<[url: string, outcome: typeof GOOD]>) {
	const { emulator } = session;
	emulator.options.seed += 1;
	emulator.reset();
	emulator.options.outcome = Object.fromEntries(pairs);
}

const firstNight = () =>
	outcomes([
		[imageUrl('good'), GOOD],
		[imageUrl('blurred'), BLURRED],
		[imageUrl('broken'), BROKEN],
	]);

describe.each(Object.keys(KINDS))('%s, written by its node and read back', (name) => {
	let kind: TableKind;
	let execution: Execution;

	beforeAll(async () => {
		firstNight();
		kind = await (KINDS[name]?.() ?? fileKind('csv'));
		const read = kind.update === undefined ? kind.read : once(kind.read);
		const chain = [...FIRST_NIGHT, judge('={{ $json.url }}', '={{ $json.ref }}'), COLUMNS_ONLY];
		execution = await execute(name, [...chain, kind.insert, read], readersOf(kind));
	});

	it('says what was judged', () => {
		expect(execution.error).toBeUndefined();
		expect(outputOf(execution, 'Read').map((row) => told(row, kind))).toEqual([
			['good', 'passed', true, 0.95, '', ''],
			['blurred', 'not_passed', false, 0.4, ISSUES, ISSUES],
			['broken', 'no_verdict', false, 0, '', UNREADABLE],
			['none', 'no_verdict', false, 0, '', EMPTY],
		]);
	});

	it('is understood by the nodes behind it', () => {
		const verdicts = (node: string) => outputOf(execution, node).map(({ verdict }) => verdict);
		expect(String(outputOf(execution, 'Report')[0]?.text)).toMatch(
			/1 of 4 images passed \(25%\)\. 1 did not pass, 2 have no verdict\. 0\.80 credits\.\nMost often: Blurred \(1\), Too dark \(1\)/,
		);
		for (const node of ['Get', 'Wait', 'Feedback'])
			expect(verdicts(node)).toEqual(['passed', 'not_passed', 'no_verdict', 'no_verdict']);
		expect([0, 1].map((output) => outputOf(execution, 'If', output).length)).toEqual([1, 3]);
		expect(outputOf(execution, 'Sort').map((row) => told(row, kind)[0])).toEqual([
			...['good', 'blurred', 'broken', 'none'],
		]);
		expect(Object.values(outputOf(execution, 'Aggregate')[0] ?? {})).toEqual([REFS]);
		expect(outputOf(execution, 'Remove Duplicates')).toHaveLength(4);
		const sum = Object.values(outputOf(execution, 'Summarize')[0] ?? {});
		expect(sum).toEqual([name === 'CSV' ? 0 : 0.8]);
	});

	it('says nothing of last night after another one', async () => {
		if (kind.update === undefined) return;
		outcomes([
			[again('good'), BROKEN],
			[again('blurred'), GOOD],
			[again('none'), BLURRED],
		]);
		const ref = `$json.${kind.place('client_ref')}`;
		const url = `={{ ${ref} === 'broken' ? '' : '${again('REF')}'.replace('REF', ${ref}) }}`;
		const after = { ...once(kind.read), name: 'Read Again' };
		const chain = [MANUAL_TRIGGER, kind.read, judge(url, `={{ ${ref} }}`), COLUMNS_ONLY];
		const night = await execute(`${name}, again`, [...chain, kind.update, after]);
		expect(night.error).toBeUndefined();
		expect(outputOf(night, 'Read Again').map((row) => told(row, kind))).toEqual([
			['good', 'no_verdict', false, 0, '', UNREADABLE],
			['blurred', 'passed', true, 0.95, '', ''],
			['broken', 'no_verdict', false, 0, '', EMPTY],
			['none', 'not_passed', false, 0.4, ISSUES, ISSUES],
		]);
	});
});

it.each<[string, string, number]>([
	['Data Table', 'The Data Table after this node takes no lists and no objects', 0],
	['Airtable', 'Your request is invalid or could not be processed by the service', 1],
	['Notion', "Cannot read properties of undefined (reading 'text')", 1],
])('without For Tables %s refuses the lists: %s, billed %i', async (name, message, submitted) => {
	firstNight();
	const kind = await (KINDS[name]?.() ?? fileKind('csv'));
	const chain = [
		...[MANUAL_TRIGGER, itemsNode([{ ref: 'good', url: imageUrl('good') }])],
		...[judge('={{ $json.url }}', '={{ $json.ref }}', false), kind.insert],
	];
	const { error } = await execute(`${name}, lists`, chain);
	expect(error?.message).toBe(message);
	expect(session.emulator.ledger()).toMatchObject({ submitted });
});
