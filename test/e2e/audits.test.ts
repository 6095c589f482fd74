/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDataTable, readDataTable } from '../../lab/n8n/dataTables';
import { AUDIT_COLUMNS, AUDIT_TABLE, PLACEHOLDER_SPREADSHEET_ID } from '../../lab/n8n/exampleFiles';
import { AUDIT, evaluationIds, expectAudited, OUTCOMES } from '../../lab/n8n/exampleRows';
import { startExampleSession, type ExampleSession } from '../../lab/n8n/exampleSession';
import { waitForExecution } from '../../lab/n8n/executions';
import { readRecords, type JsonRecord } from '../../lab/n8n/read';
import { runWorkflow } from '../../lab/n8n/workflows';

let session: ExampleSession;

beforeAll(async () => {
	session = await startExampleSession();
});

afterAll(async () => {
	await session?.end();
});

const COLUMNS = AUDIT_COLUMNS.map(({ name }) => name);
const BEFORE = AUDIT.map(([cells]) => cells);
const cellText = (value: unknown) => String(value ?? '');

/** Each kind of table: how it is filled, and how its rows are read back. */
const TABLES: Record<string, () => Promise<() => Promise<JsonRecord[]> | JsonRecord[]>> = {
	'audit-data-table.json': async () => {
		const table = await createDataTable(session.client, AUDIT_TABLE, AUDIT_COLUMNS, BEFORE);
		return async () => await readDataTable(session.client, table);
	},
	'audit-google-sheet.json': async () => {
		const { spreadsheet, rows } = session.standIns.google;
		spreadsheet.id = PLACEHOLDER_SPREADSHEET_ID;
		const cells = BEFORE.map((row) => COLUMNS.map((name) => cellText(row[name])));
		spreadsheet.cells = [COLUMNS, ...cells];
		return rows;
	},
	'audit-spreadsheet.json': async () => {
		const file = join(session.filesFolder, 'audit.csv');
		writeFileSync(file, stringify(BEFORE, { header: true, columns: ['image_url', 'task_type'] }));
		return () => {
			const results = readFileSync(join(session.filesFolder, 'audit-results.csv'));
			return readRecords(parse(results, { columns: true, bom: true }), 'rows');
		};
	},
};

it.each(Object.keys(TABLES))(
	'%s writes each verdict into its row and reports once; a second night bills nothing',
	async (file) => {
		const { client, emulator, standIns } = session;
		emulator.reset();
		emulator.options.outcome = OUTCOMES;
		standIns.slack.messages.length = 0;
		const readRows = await TABLES[file]?.();
		const workflow = await session.importExample(file);
		const night = async () => {
			const execution = await waitForExecution(
				client,
				await runWorkflow(client, workflow, 'Every Night'),
			);
			expect(execution.error).toBeUndefined();
			return (await readRows?.()) ?? [];
		};
		const rows = await night();
		expectAudited(rows);
		for (const [url, id] of evaluationIds(rows)) {
			expect(emulator.evaluation(id)?.body.generated_image_url).toBe(url);
		}
		const [report, ...others] = standIns.slack.messages;
		expect(others).toEqual([]);
		expect(report?.text).toMatch(/^Nightly image audit: 2 of 5 images passed/);
		expect(report?.file).toMatchObject({ name: expect.stringMatching(/\.html$/) });
		expect(report?.file?.content).toContain('Too dark');

		const { billed, total } = emulator.ledger();
		expect(billed).toBe(3);
		expectAudited(await night());
		expect(emulator.ledger()).toMatchObject({ billed, total, billedTwice: [] });
		expect(standIns.unexpected).toEqual([]);
	},
);
