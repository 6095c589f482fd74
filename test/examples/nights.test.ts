import { BLURRED, BROKEN, GOOD, imageUrl } from '../../lab/n8n/exampleRows';
import {
	publishReact,
	startExampleSession,
	type ExampleSession,
} from '../../lab/n8n/exampleSession';
import { waitForExecution } from '../../lab/n8n/executions';
import type { JsonRecord } from '../../lab/n8n/read';
import { AUDIT_TABLE, VERDICT_TABLE, type Replacements } from '../../lab/n8n/exampleFiles';
import { csvFile, dataTable, googleSheet, type Table } from '../../lab/n8n/troubles/nightTables';
import { report, until } from '../../lab/n8n/webhookRuns';
import { runWorkflow } from '../../lab/n8n/workflows';

const CALLBACKS = 'callback-to-row-and-slack.json';
const BATCH_TABLE = `${AUDIT_TABLE} in Batches`;
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

/** A line that somebody has written below the rows. */
const TOTAL: JsonRecord = { image_url: 'TOTAL', title: 'TOTAL', task_type: '' };
const FILLED = [...BEFORE, TOTAL];
const CELLS = FILLED.map(({ image_url, task_type }) => ({ image_url, task_type }));

const TABLES: Record<string, () => Promise<Table> | Table> = {
	'audit-data-table.json': () => dataTable(session, AUDIT_TABLE, CELLS),
	'audit-google-sheet.json': () => googleSheet(session, FILLED),
	'audit-spreadsheet.json': () => csvFile(session.filesFolder, FILLED),
	'batch-without-a-slot.json': () => dataTable(session, BATCH_TABLE, CELLS),
	// Its table is read by a filter for rows without a verdict, whatever stands in them.
	[CALLBACKS]: () => dataTable(session, VERDICT_TABLE, CELLS.slice(0, -1)),
};

/** What Runflow said last of the image that stands in a row now. */
function truthOf({ image_url }: JsonRecord): string {
	const record = session.emulator.evaluations
		.filter(({ body, terminal }) => body.generated_image_url === image_url && terminal)
		.at(-1);
	if (record?.outcome?.overall_passed === true) return 'passed';
	return record?.outcome?.overall_passed === false ? 'not_passed' : 'no_verdict';
}

const publish = async (file: string): Promise<string> => {
	if (file === CALLBACKS) return (await publishReact(session)).id;
	const own: Replacements = {};
	if (file.startsWith('batch')) own[`"${AUDIT_TABLE}"`] = `"${BATCH_TABLE}"`;
	return (await session.importExample(file, own)).id;
};

async function night(file: string, workflowId: string, ends = ['success']): Promise<void> {
	const workflow = { id: workflowId, name: file, versionId: '', nodes: [] };
	const start = file === CALLBACKS ? 'Start by Hand' : 'Every Night';
	const id = await runWorkflow(session.client, workflow, start);
	const { status } = await waitForExecution(session.client, id, undefined, LARGE_MS);
	expect(ends).toContain(status);
}

const hasImage = ({ image_url }: JsonRecord) => !['', TOTAL.image_url].includes(cell(image_url));
const cell = (value: unknown) => String(value ?? '');

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
		const id = await publish(file);
		const check = async (billed: number) => {
			const isWritten = async () =>
				(await table.read()).filter(hasImage).every((each) => each.verdict);
			await until('each row has a verdict', isWritten, 60_000);
			const rows = (await table.read()).filter(hasImage);
			const total = (await table.read()).find(({ image_url }) => image_url === TOTAL.image_url);
			expect(cell(total?.verdict) + cell(total?.reason)).toBe('');
			for (const each of rows)
				expect([each.image_url, each.verdict]).toEqual([each.image_url, truthOf(each)]);
			expect(JSON.stringify(rows)).not.toMatch(/"(title|reason)":"[=+@]Image/);
			const paid = emulator.evaluations.filter((record) => record.billed);
			const images = new Set(paid.map(({ body }) => body.generated_image_url));
			expect([paid.length, images.size]).toEqual([billed, billed]);
			report(
				`${file} | ${rows.map(({ image_url, verdict }) => `${String(image_url).slice(27)} ${String(verdict)}`).join(', ')} | billed ${billed} | messages ${standIns.slack.messages.length}`,
			);
		};
		await night(file, id);
		await check(4);
		const [told] = standIns.slack.messages;
		if (file.startsWith('audit')) expect(told?.text).toMatch(/: 3 of 5 images passed/);

		const anew = (name: string) => ({
			...{ image_url: imageUrl(name), ...(file === CALLBACKS && { verdict: null }) },
		});
		await table.change(imageUrl('blurred'), anew('mended'));
		await table.change(imageUrl('turns-bad'), anew('bad-now'));
		await table.change(imageUrl('good'), { image_url: '' });
		await table.remove(imageUrl('leaves'));
		await table.add(row('new'));
		table.sort();
		const asked = emulator.evaluations.length;
		await night(file, id);
		await check(7);
		const news = standIns.slack.messages.at(-1)?.text;
		if (file.startsWith('audit')) expect(news).toMatch(/Since last time: 1 newly failing/);
		expect(
			emulator.evaluations.slice(asked).map(({ body }) => body.generated_image_url),
		).not.toContain(imageUrl('dead'));

		await table.change(imageUrl('dead'), anew('alive'));
		standIns.troubles.slackRefuses = true;
		await night(file, id, file.startsWith('audit') ? ['error'] : ['success', 'error']);
		standIns.troubles.slackRefuses = false;
		await check(8);
	},
);

it('audit-google-sheet.json: 5,000 rows stay below the quota, and each is billed once', async () => {
	const { emulator, standIns } = session;
	emulator.options.seed += 1;
	emulator.reset();
	emulator.configure({ outcome: null, inFlightCap: 500, rateLimitPerSecond: null });
	emulator.options.latency = { distribution: 'fixed', minMs: 1 };
	const rows = Array.from({ length: LARGE }, (_, index) => row(`large-${index}`));
	const table = googleSheet(session, rows);
	standIns.google.reads.length = 0;
	const { id } = await session.importExample('audit-google-sheet.json');
	await night('audit-google-sheet.json', id);
	const { reads } = standIns.google;
	const within = reads.map((at) => reads.filter((each) => each >= at && each < at + 60_000).length);
	expect(Math.max(...within)).toBeLessThan(READS_A_MINUTE);
	expect(emulator.ledger()).toMatchObject({ submitted: LARGE, billedTwice: [] });
	const written = (await table.read()).filter((each) => each.verdict === truthOf(each));
	expect(written).toHaveLength(LARGE);
	report(
		`5,000 rows: ${reads.length} reads, ${Math.max(...within)} in a minute, ${standIns.slack.messages.length} messages`,
	);
}, 1_000_000);
