import type { ScriptedOutcome } from '../../lab/emulator';
import { createDataTable, updateDataTable } from '../../lab/n8n/dataTables';
import { CLIENT_COLUMNS, CLIENT_TABLE } from '../../lab/n8n/exampleFiles';
import { BLURRED, GOOD, imageUrl } from '../../lab/n8n/exampleRows';
import { startExampleSession, type ExampleSession } from '../../lab/n8n/exampleSession';
import { waitForExecution } from '../../lab/n8n/executions';
import { report } from '../../lab/n8n/webhookRuns';
import { runWorkflow } from '../../lab/n8n/workflows';

const CLIENTS = 20;
const IMAGES = 3;

let session: ExampleSession;

beforeAll(async () => {
	session = await startExampleSession();
});

afterAll(async () => {
	await session?.end();
});

const channel = (client: number) => `C${String(client).padStart(10, '0')}`;
const image = (client: number, nth: number) => imageUrl(`client-${client}-${nth}`);

it('one-report-for-each-client.json: three nights of 20 clients; each hears its own news alone', async () => {
	const { client: n8n, emulator, standIns } = session;
	const outcomes: Record<string, ScriptedOutcome> = {};
	emulator.options.latency = { distribution: 'fixed', minMs: 30 };
	emulator.options.outcome = ({ generated_image_url: url }) => outcomes[url] ?? GOOD;
	const rows = Array.from({ length: CLIENTS * IMAGES }, (_, index) => {
		const client = Math.floor(index / IMAGES) + 1;
		const image_url = image(client, index % IMAGES);
		return {
			client: `Client ${client}`,
			channel: channel(client),
			image_url,
			task_type: 'ad_creative',
		};
	});
	outcomes[image(7, 0)] = BLURRED;
	const table = await createDataTable(n8n, CLIENT_TABLE, CLIENT_COLUMNS, rows);
	const workflow = await session.importExample('one-report-for-each-client.json');
	const night = async () => {
		standIns.slack.messages.length = 0;
		const { status } = await waitForExecution(n8n, await runWorkflow(n8n, workflow, 'Every Night'));
		expect(status).toBe('success');
		const told = standIns.slack.messages.map(({ channel: to, text }) => [to, text.split('\n')[0]]);
		report(`${told.length} messages, ${emulator.ledger().total} credits: ${JSON.stringify(told)}`);
		return standIns.slack.messages.map(({ channel: to, text, file }) => ({ to, text, file }));
	};
	const change = async (from: string, to: string) =>
		await updateDataTable(n8n, table, ['image_url', from], { image_url: to });

	const first = await night();
	expect(first.map(({ to }) => to)).toEqual([channel(7)]);
	expect(first[0]?.text).toMatch(/2 of 3 images passed.*1\.20 credits/s);
	expect(first[0]?.file?.content).not.toContain('client-8-');

	expect(await night()).toEqual([]);
	expect(emulator.ledger()).toMatchObject({ billed: CLIENTS * IMAGES, billedTwice: [] });

	const [mended, spoiled] = [imageUrl('client-7-mended'), imageUrl('client-9-spoiled')];
	outcomes[spoiled] = BLURRED;
	await change(image(7, 0), mended);
	await change(image(9, 1), spoiled);
	const third = await night();
	expect(third.map(({ to }) => to).sort()).toEqual([channel(7), channel(9)]);
	expect(third.find(({ to }) => to === channel(7))?.text).toContain('1 recovered');
	expect(third.find(({ to }) => to === channel(9))?.text).toContain('1 newly failing');
	expect(emulator.ledger()).toMatchObject({ billed: CLIENTS * IMAGES + 2, billedTwice: [] });
});
