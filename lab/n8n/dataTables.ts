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
