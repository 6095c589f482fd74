import { BLURRED, BROKEN, GOOD, imageUrl } from '../../lab/n8n/exampleRows';
import { startExampleSession, type ExampleSession } from '../../lab/n8n/exampleSession';
import { waitForExecution } from '../../lab/n8n/executions';
import type { JsonRecord } from '../../lab/n8n/read';
import { csvFile, dataTable, googleSheet, type Table } from '../../lab/n8n/troubles/nightTables';
import { report } from '../../lab/n8n/webhookRuns';
import { runWorkflow } from '../../lab/n8n/workflows';

const LARGE = 5_000;
const READS_A_MINUTE = 60;
const LARGE_MS = 900_000;

let session: ExampleSession;

beforeAll(async () => {
	session = await startExampleSession({ emulator: { balance: '100000' } });
});

afterAll(async () => {
	await session?.end();
});

const row = (name: string): JsonRecord => ({
	...{ image_url: imageUrl(name), title: `=Image ${name}`, task_type: 'headshot' },
});
const BEFORE = ['good', 'blurred', 'dead', 'turns bad', 'leaves'].map((name) =>
	row(name.replace(' ', '-')),
);

const TABLES: Record<string, () => Promise<Table> | Table> = {
	'audit-data-table.json': () =>
		dataTable(
			session,
			BEFORE.map(({ image_url, task_type }) => ({ image_url, task_type })),
		),
	'audit-google-sheet.json': () => googleSheet(session, BEFORE),
	'audit-spreadsheet.json': () => csvFile(session.filesFolder, BEFORE),
};

/** What Runflow said last of the image that stands in a row now. */
function truthOf({ image_url }: JsonRecord): string {
	const record = session.emulator.evaluations
		.filter(({ body, terminal }) => body.generated_image_url === image_url && terminal)
		.at(-1);
	if (record?.outcome?.overall_passed === true) return 'passed';
	return record?.outcome?.overall_passed === false ? 'not_passed' : 'no_verdict';
}

async function night(file: string, workflowId: string, wantedStatus = 'success'): Promise<void> {
	const workflow = { id: workflowId, name: file, versionId: '', nodes: [] };
	const id = await runWorkflow(session.client, workflow, 'Every Night');
	const { status } = await waitForExecution(session.client, id, undefined, LARGE_MS);
	expect(status).toBe(wantedStatus);
}

it.each(Object.keys(TABLES))(
	'%s: three nights, in which rows are mended, emptied, moved, deleted, and added',
	async (file) => {
		const { emulator, standIns } = session;
		emulator.options.seed += 1;
		emulator.reset();
		emulator.options.latency = { distribution: 'fixed', minMs: 30 };
		standIns.slack.messages.length = 0;
		emulator.options.outcome = Object.fromEntries(
			['good', 'turns-bad', 'leaves', 'mended', 'new', 'alive'].map((name) => [
				imageUrl(name),
				GOOD,
			]),
		);
		Object.assign(emulator.options.outcome, {
			...{
				[imageUrl('blurred')]: BLURRED,
				[imageUrl('bad-now')]: BLURRED,
				[imageUrl('dead')]: BROKEN,
			},
		});
		const table = await TABLES[file]?.();
		if (table === undefined) throw new Error(file);
		const { id } = await session.importExample(file);
		const check = async (billed: number) => {
			const rows = (await table.read()).filter(({ image_url }) => String(image_url ?? '') !== '');
			for (const each of rows)
				expect([each.image_url, each.verdict]).toEqual([each.image_url, truthOf(each)]);
			expect(JSON.stringify(rows)).not.toMatch(/"(title|reason)":"[=+@]Image/);
			const ledger = emulator.ledger();
			expect(ledger).toMatchObject({ billed, billedTwice: [] });
			report(
				`${file} | ${rows.map(({ image_url, verdict }) => `${String(image_url).slice(27)} ${String(verdict)}`).join(', ')} | billed ${billed} | messages ${standIns.slack.messages.length}`,
			);
		};
		await night(file, id);
		await check(4);

		await table.change(imageUrl('blurred'), { image_url: imageUrl('mended') });
		await table.change(imageUrl('turns-bad'), { image_url: imageUrl('bad-now') });
		await table.change(imageUrl('good'), { image_url: '' });
		await table.remove(imageUrl('leaves'));
		await table.add(row('new'));
		table.sort();
		const asked = emulator.evaluations.length;
		await night(file, id);
		await check(7);
		expect(
			emulator.evaluations.slice(asked).map(({ body }) => body.generated_image_url),
		).not.toContain(imageUrl('dead'));

		await table.change(imageUrl('dead'), { image_url: imageUrl('alive') });
		standIns.troubles.slackRefuses = true;
		await night(file, id);
		standIns.troubles.slackRefuses = false;
		await check(8);
	},
);

it('audit-google-sheet.json: 5,000 rows stay below the quota, and each is billed once', async () => {
	const { emulator, standIns } = session;
	emulator.options.seed += 1;
	emulator.reset();
	Object.assign(emulator.options, { outcome: null, inFlightCap: 500, rateLimitPerSecond: null });
	emulator.options.latency = { distribution: 'fixed', minMs: 1 };
	const rows = Array.from({ length: LARGE }, (_, index) => row(`large-${index}`));
	const table = googleSheet(session, rows);
	standIns.google.reads.length = 0;
	const { id } = await session.importExample('audit-google-sheet.json');
	await night('audit-google-sheet.json', id);
	expect(standIns.google.reads.length).toBeLessThan(READS_A_MINUTE);
	expect(emulator.ledger()).toMatchObject({ submitted: LARGE, billedTwice: [] });
	const written = (await table.read()).filter((each) => each.verdict === truthOf(each));
	expect(written).toHaveLength(LARGE);
	report(
		`5,000 rows: ${standIns.google.reads.length} reads, ${standIns.slack.messages.length} messages`,
	);
}, 1_000_000);
