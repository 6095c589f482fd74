/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRESETS } from '../../lab/emulator';
import { createDataTable, readDataTable } from '../../lab/n8n/dataTables';
import { AUDIT_COLUMNS, AUDIT_TABLE, PLACEHOLDER_SPREADSHEET_ID } from '../../lab/n8n/exampleFiles';
import { AUDIT, evaluationIds, expectAudited, OUTCOMES } from '../../lab/n8n/exampleRows';
import { startExampleSession, type ExampleSession } from '../../lab/n8n/exampleSession';
import { waitForExecution } from '../../lab/n8n/executions';
import { readRecords, type JsonRecord } from '../../lab/n8n/read';
import { runWorkflow, type StoredWorkflow } from '../../lab/n8n/workflows';

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

/** Runs a workflow as its schedule does, to the end. */
async function night(workflow: StoredWorkflow): Promise<void> {
	const id = await runWorkflow(session.client, workflow, 'Every Night');
	const { error } = await waitForExecution(session.client, id);
	expect(error).toBeUndefined();
}

it('a row that a firewall refuses holds up no other, night after night, and is judged once it may pass', async () => {
	const { client, emulator, standIns } = session;
	emulator.reset();
	emulator.options.outcome = OUTCOMES;
	standIns.slack.messages.length = 0;
	const attack = 'Select a red shoe from the shelf';
	const cells = BEFORE.map((row, at) => (at === 1 ? { ...row, task_type: attack } : row));
	const table = await createDataTable(client, 'Firewalled', AUDIT_COLUMNS, cells);
	const workflow = await session.importExample('audit-data-table.json', {
		[AUDIT_TABLE]: 'Firewalled',
	});
	const verdicts = async () =>
		(await readDataTable(client, table)).map(({ verdict, reason }) => [verdict, reason]);
	emulator.options.firewall = PRESETS.gateway.firewall;
	for (const count of [1, 2]) {
		await night(workflow);
		const [good, refused, , , last] = await verdicts();
		expect([good?.[0], last?.[0]]).toEqual(['passed', 'passed']);
		expect(refused).toEqual(['no_verdict', expect.stringContaining('refused')]);
		expect(emulator.ledger()).toMatchObject({ billed: 2, billedTwice: [] });
		expect(standIns.slack.messages).toHaveLength(count);
		expect(standIns.slack.messages.at(-1)?.text).toContain('refused (status 403) (1)');
	}
	emulator.options.firewall = [];
	await night(workflow);
	expect((await verdicts())[1]?.[0]).toBe('not_passed');
	expect(emulator.ledger()).toMatchObject({ billed: 3, billedTwice: [] });
});

it.each(Object.keys(TABLES))(
	'%s writes each verdict into its row and reports once; a second night bills nothing',
	async (file) => {
		const { emulator, standIns } = session;
		emulator.reset();
		emulator.options.outcome = OUTCOMES;
		standIns.slack.messages.length = 0;
		const readRows = await TABLES[file]?.();
		const workflow = await session.importExample(file);
		const judged = async () => {
			await night(workflow);
			return (await readRows?.()) ?? [];
		};
		const rows = await judged();
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
		expectAudited(await judged());
		expect(emulator.ledger()).toMatchObject({ billed, total, billedTwice: [] });
		expect(standIns.unexpected).toEqual([]);
	},
);
