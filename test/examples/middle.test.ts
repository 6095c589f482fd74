import { imageUrl } from '../../lab/n8n/exampleRows';
import { startExampleSession, type ExampleSession } from '../../lab/n8n/exampleSession';
import { retryExecution, waitForExecution } from '../../lab/n8n/executions';
import type { JsonRecord } from '../../lab/n8n/read';
import { googleSheet, type Table } from '../../lab/n8n/troubles/nightTables';
import { report, until } from '../../lab/n8n/webhookRuns';
import { runWorkflow } from '../../lab/n8n/workflows';

const FILE = 'audit-google-sheet.json';
/** Two batches. */
const ROWS = 700;
const BATCH = 500;

let session: ExampleSession;
let runs = 0;

beforeAll(async () => {
	session = await startExampleSession({ emulator: { balance: '100000' } });
});

afterAll(async () => {
	await session?.end();
});

interface Night {
	table: Table;
	workflowId: string;
	executionId: string;
}

/** Starts a night, and strikes when the first batch stands in the sheet. */
async function strike(hit: () => void): Promise<Night> {
	const { emulator, standIns, client } = session;
	emulator.options.seed += 1;
	emulator.reset();
	emulator.configure({ inFlightCap: 500, rateLimitPerSecond: null });
	emulator.configure({
		latency: { distribution: 'fixed', minMs: 1 },
		forcedAnswers: [],
	});
	standIns.slack.messages.length = 0;
	standIns.google.reads.length = 0;
	const name = `middle-${++runs}`;
	const rows = Array.from({ length: ROWS }, (_, index): JsonRecord => ({
		...{ image_url: imageUrl(`${name}-${index}`), title: `Row ${index}`, task_type: 'headshot' },
	}));
	const table = googleSheet(session, rows);
	const { id } = await session.importExample(FILE);
	const executionId = await start(id);
	await until('the first batch is written', () => written(table) >= BATCH, 300_000);
	hit();
	await waitForExecution(client, executionId, ['success', 'error'], 400_000);
	return { table, workflowId: id, executionId };
}

const start = async (id: string) =>
	await runWorkflow(session.client, { id, name: FILE, versionId: '', nodes: [] }, 'Every Night');

function written(table: Table): number {
	const rows = table.read();
	if (!Array.isArray(rows)) throw new Error('not a sheet');
	return rows.filter(({ verdict }) => verdict === 'passed' || verdict === 'not_passed').length;
}

function figures(what: string, { table }: Night) {
	const { emulator, standIns } = session;
	const { submitted, billed, billedTwice } = emulator.ledger();
	const told = { rows: written(table), billed, messages: standIns.slack.messages.length };
	expect(billedTwice).toEqual([]);
	report(`${what}: ${JSON.stringify({ ...told, submitted, reads: standIns.google.reads.length })}`);
	return told;
}

it('Google stops writing in the middle: a Retry writes what was judged, and bills nothing twice', async () => {
	const { standIns, client } = session;
	const night = await strike(() => {
		standIns.troubles.sheetRefuses = true;
	});
	const before = figures('Google, before the Retry', night);
	expect(before.rows).toBeLessThan(ROWS);
	standIns.troubles.sheetRefuses = false;
	await retryExecution(client, night.executionId, true, 400_000);
	expect(figures('Google, after the Retry', night)).toEqual({
		...{ rows: ROWS, billed: ROWS, messages: 1 },
	});
});

it('Runflow is down in the middle: the rows say so, and the next night judges the rest', async () => {
	const { emulator, client } = session;
	const night = await strike(() => {
		emulator.options.forcedAnswers = [{ pathPrefix: '/v1/', status: 403 }];
	});
	const before = figures('Runflow, the first night', night);
	expect(before).toMatchObject({ messages: 1 });
	expect(before.rows).toBeLessThan(ROWS);
	emulator.options.forcedAnswers = [];
	await waitForExecution(client, await start(night.workflowId), undefined, 400_000);
	expect(figures('Runflow, the next night', night)).toEqual({
		...{ rows: ROWS, billed: ROWS, messages: 2 },
	});
});

it('Slack refuses in the end: all rows are written', async () => {
	const { standIns } = session;
	const night = await strike(() => {
		standIns.troubles.slackRefuses = true;
	});
	standIns.troubles.slackRefuses = false;
	expect(figures('Slack', night)).toEqual({ rows: ROWS, billed: ROWS, messages: 0 });
});
