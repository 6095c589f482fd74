import type { N8nClient } from './client';
import { readRecord, readRecords, readString, type JsonRecord } from './read';

export interface DataTableColumn {
	name: string;
	type: 'string' | 'number' | 'boolean' | 'date';
}

export interface DataTable {
	id: string;
	projectId: string;
}

async function personalProjectId(client: N8nClient): Promise<string> {
	const project = await client.send('GET', '/rest/projects/personal');
	return readString(readRecord(project, 'personal project'), 'id');
}

function pathOf({ id, projectId }: DataTable): string {
	return `/rest/projects/${projectId}/data-tables/${id}`;
}

/** Creates a data table in the owner's personal project and fills it. */
export async function createDataTable(
	client: N8nClient,
	name: string,
	columns: DataTableColumn[],
	rows: JsonRecord[] = [],
): Promise<DataTable> {
	const projectId = await personalProjectId(client);
	const path = `/rest/projects/${projectId}/data-tables`;
	const answer = readRecord(await client.send('POST', path, { name, columns }), 'data table');
	const table = { id: readString(answer, 'id'), projectId };
	if (rows.length > 0) await client.send('POST', `${pathOf(table)}/insert`, { data: rows });
	return table;
}

/** The rows of a data table in the order of their ids, at most 250. */
export async function readDataTable(client: N8nClient, table: DataTable): Promise<JsonRecord[]> {
	const query = 'take=250&sortBy=id:asc';
	const answer = await client.send('GET', `${pathOf(table)}/rows?${query}`);
	return readRecords(readRecord(answer, 'rows').data, 'rows');
}

const rowsWith = (columnName: string, value: string) => ({
	type: 'and',
	filters: [{ columnName, condition: 'eq', value }],
});

/** Changes cells of the rows that hold a value in a column, as a person does in the table. */
export async function updateDataTable(
	client: N8nClient,
	table: DataTable,
	[column, value]: [column: string, value: string],
	data: JsonRecord,
): Promise<void> {
	const filter = rowsWith(column, value);
	await client.send('PATCH', `${pathOf(table)}/rows`, { filter, data });
}

/** Gives a column another name, as a person does in the table. */
export async function renameColumn(
	client: N8nClient,
	table: DataTable,
	from: string,
	to: string,
): Promise<void> {
	const path = `${pathOf(table)}/columns`;
	const columns = readRecords(await client.send('GET', path), 'columns');
	const id = readString(columns.find(({ name }) => name === from) ?? {}, 'id');
	await client.send('PATCH', `${path}/${id}/rename`, { name: to });
}

/** Deletes the rows that hold a value in a column. */
export async function deleteFromDataTable(
	client: N8nClient,
	table: DataTable,
	[column, value]: [column: string, value: string],
): Promise<void> {
	const filter = encodeURIComponent(JSON.stringify(rowsWith(column, value)));
	await client.send('DELETE', `${pathOf(table)}/rows?filter=${filter}`);
}

/** Adds rows at the end. */
export async function insertIntoDataTable(
	client: N8nClient,
	table: DataTable,
	data: JsonRecord[],
): Promise<void> {
	await client.send('POST', `${pathOf(table)}/insert`, { data });
}
