import { defaultOptions } from '../../lab/emulator';
import { createCredential } from '../../lab/n8n/credentials';
import {
	listExecutions,
	outputOf,
	retryExecution,
	stopExecution,
	waitForExecution,
	waitForExecutions,
} from '../../lab/n8n/executions';
import { tell, wrong } from '../../lab/n8n/retryRuns';
import { startSession, type Session } from '../../lab/n8n/session';
import {
	judgeNode,
	makeRows,
	postRows,
	publishWebhook,
	until,
	webhookFile,
	webhookOf,
	type Published,
	type Row,
} from '../../lab/n8n/webhookRuns';
import type { JsonRecord } from '../../lab/n8n/read';

const COUNT = 10;
const LONG_MS = 60_000;
const ONE_KEY = { env: { N8N_ENCRYPTION_KEY: 'the same in staging and production' } };
let session: Session;

beforeAll(async () => {
	session = await startSession(ONE_KEY);
});

afterAll(async () => {
	await session?.end();
});

let seed = 1;

beforeEach(() => {
	seed += 1;
	calm();
	session.emulator.reset();
});

async function publish(
	path: string,
	fields: JsonRecord = {},
	owner: Session = session,
): Promise<Published> {
	const webhook = webhookOf(owner.n8n.url, path);
	return await publishWebhook(owner, webhook, webhookFile(path, [judgeNode('poll', {}, fields)]));
}

/** Starts an execution with these rows; resolves to its id. */
async function start({ workflow, webhook }: Published, rows: Row[], owner = session) {
	const before = (await listExecutions(owner.client, workflow.id)).length;
	await postRows(webhook, rows);
	const found = await waitForExecutions(owner.client, workflow.id, before + 1);
	return found.at(-1)?.id ?? '';
}

async function untilAccepted(count: number): Promise<void> {
	const { evaluations } = session.emulator;
	await until(`${count} accepted`, () => evaluations.length >= count, LONG_MS);
}

/** Each test has ids of its own. */
function calm(): void {
	Object.assign(session.emulator.options, defaultOptions(), { seed });
}

/** From now on the API is quick, and what was under way is judged. */
function hurry(): void {
	calm();
	for (const { id } of session.emulator.evaluations) session.emulator.settle(id);
}

function expectBilledOnce(count: number): void {
	const once = { submitted: count, billed: count, billedTwice: [] };
	expect(session.emulator.ledger()).toMatchObject(once);
}

it('two n8n with one encryption key: execution 1 of each has the verdicts on its own images', async () => {
	const { options, evaluations } = session.emulator;
	options.idempotencyConflictStatus = 'replay';
	options.outcome = ({ generated_image_url: url }) => ({ overall_passed: url.includes('good') });
	const twin = await startSession(ONE_KEY);
	try {
		const production = { ...session, n8n: twin.n8n, client: twin.client };
		production.credential = await createCredential(
			twin.client,
			'runflowApi',
			session.credentialData,
			'Runflow',
		);
		const places = [
			{ owner: session, image: 'staging-good' },
			{ owner: production, image: 'production-bad' },
		];
		const ended = [];
		for (const { owner, image } of places) {
			const rows = [image, 'same-good'].map((name, index) => ({
				ref: `row-${index}`,
				url: `https://images.example/${name}.png`,
			}));
			const first = await start(await publish('twin', {}, owner), rows, owner);
			const execution = await waitForExecution(owner.client, first, ['success']);
			ended.push(
				first,
				outputOf(execution, 'Judge').map(({ verdict }) => verdict),
			);
			expect(wrong(session, execution, rows)).toEqual([]);
		}
		expect(ended).toEqual(['1', ['passed', 'passed'], '1', ['not_passed', 'passed']]);
		expect(new Set(evaluations.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(4);
		tell(session, 'two n8n, one encryption key', 0, 4);
	} finally {
		await twin.end();
	}
});

it('Stop half way: Retry bills nothing again', async () => {
	const { options, evaluations } = session.emulator;
	Object.assign(options, { latency: 'manual', inFlightCap: 4 });
	const rows = makeRows('stop', COUNT);
	const id = await start(await publish('stop'), rows);
	await untilAccepted(4);
	await stopExecution(session.client, id);
	await waitForExecution(session.client, id, ['canceled']);
	const accepted = evaluations.length;
	hurry();
	const again = await retryExecution(session.client, id, false);
	expect(wrong(session, again, rows)).toEqual([]);
	expectBilledOnce(COUNT);
	tell(session, 'Stop, Retry', accepted, outputOf(again, 'Judge').length);
});

it('Only When Something Changed: an execution that overlaps and one afterwards bill nothing again', async () => {
	const { options, evaluations } = session.emulator;
	Object.assign(options, { latency: 'manual', inFlightCap: 4 });
	const rows = makeRows('audit', COUNT);
	const audit = await publish('audit', { evaluateAgain: 'onChange' });
	const stopped = await start(audit, rows);
	await untilAccepted(4);
	const overlapping = [await start(audit, rows), await start(audit, rows)];
	await stopExecution(session.client, stopped);
	const accepted = evaluations.length;
	hurry();
	const ids = [...overlapping, await start(audit, rows)];
	for (const id of ids) {
		const execution = await waitForExecution(session.client, id, ['success']);
		expect(wrong(session, execution, rows)).toEqual([]);
	}
	expectBilledOnce(COUNT);
	tell(session, 'one stopped, two overlapping and one afterwards', accepted, ids.length * COUNT);
});
