import sharp from 'sharp';

import {
	outputOf,
	retryExecution,
	stopExecution,
	waitForExecution,
} from '../../lab/n8n/executions';
import {
	calm,
	expectBilledOnce,
	hurry,
	publishJudge,
	retryCrashed,
	RETRY_OPTIONS,
	start,
	tell,
	unlogged,
	untilAccepted,
	wrong,
	type ToRetry,
} from '../../lab/n8n/retryRuns';
import { startSession, type Session } from '../../lab/n8n/session';
import { makeRows, report, until, type Published, type Row } from '../../lab/n8n/webhookRuns';
import type { NodeSketch } from '../../lab/n8n/workflowFile';

const COUNT = 10;
const FILES = 2;
const LONG_MS = 60_000;
/** The log gets a line for each ten ids, or after a quarter of a second. */
const LOGGED_WITHIN_MS = 1_000;

const TO_FILE: NodeSketch = {
	name: 'File',
	type: 'n8n-nodes-base.convertToFile',
	typeVersion: 1.1,
	parameters: { operation: 'toBinary', sourceProperty: 'file', options: { fileName: 'image.png' } },
};

let session: Session;

beforeAll(async () => {
	session = await startSession();
});

afterAll(async () => {
	await session?.end();
});

let seed = 100;

beforeEach(() => {
	seed += 1;
	calm(session, seed);
	session.emulator.reset();
});

/** Two executions of one workflow, one for each option of Retry. */
async function startPair(published: Published, rowsFor: (name: string) => Row[] | Promise<Row[]>) {
	const pair: ToRetry[] = [];
	for (const { name, loadWorkflow } of RETRY_OPTIONS) {
		const rows = await rowsFor(name);
		pair.push({ loadWorkflow, rows, id: await start(session, published, rows) });
	}
	return pair;
}

/** Rows with a picture each, of a color of its own. */
async function rowsWithFiles(name: string): Promise<Row[]> {
	const rows = makeRows(`uploads-${name}`, FILES);
	return await Promise.all(
		rows.map(async (row, index) => {
			const color = { r: 200 - 50 * index, g: name.length * 20, b: 90 };
			const create = { width: 640, height: 480, channels: 3 as const, background: color };
			return { ...row, file: (await sharp({ create }).png().toBuffer()).toString('base64') };
		}),
	);
}

it('kill -9 among looks, submits, unanswered submits and uploads: Retry bills nothing again', async () => {
	const { evaluations, requests, configure, failNext } = session.emulator;
	configure({ latency: 'manual', slowAnswerMs: 20_000 });
	const [looks, submits, uploads] = await Promise.all([
		publishJudge(session, 'looks'),
		publishJudge(session, 'submits'),
		publishJudge(
			session,
			'uploads',
			{ clientRef: "={{ $('Rows').item.json.ref }}" },
			{ before: [TO_FILE], parameters: { imageSource: 'binary' } },
		),
	]);
	const looking = await startPair(looks, (name) => makeRows(`looks-${name}`, COUNT));
	await untilAccepted(session, 2 * COUNT);
	const seen = (wanted: string) => requests.filter(({ method }) => method === wanted).length;
	await until('looks', () => seen('GET') >= 2 * COUNT, LONG_MS);

	failNext('slow', { method: 'PUT', count: 2 * FILES });
	const uploading = await startPair(uploads, rowsWithFiles);
	await until('uploads', () => seen('PUT') >= 2 * FILES, LONG_MS);

	configure({ inFlightCap: 2 * COUNT + 8 });
	failNext('slow', { method: 'POST', pathPrefix: '/v1/evaluations', count: 2 });
	const submitting = await startPair(submits, (name) => makeRows(`submits-${name}`, COUNT));
	await untilAccepted(session, 2 * COUNT + 8);
	const isLate = () => unlogged(session, evaluations).length <= 2;
	await until('all but the two unanswered in the log', isLate, LONG_MS);
	await session.n8n.kill();
	expect(evaluations).toHaveLength(2 * COUNT + 8);
	await retryCrashed(session, 'kill -9, Retry with both', [
		...looking,
		...submitting,
		...uploading,
	]);
});

it('SIGTERM half way: the ids are in the log, and Retry bills nothing again', async () => {
	const { evaluations, configure } = session.emulator;
	configure({ latency: { distribution: 'fixed', minMs: 1_000 }, inFlightCap: 4 });
	const published = await publishJudge(session, 'deploy');
	const running = await startPair(published, (name) => makeRows(`deploy-${name}`, 4 * COUNT));
	await untilAccepted(session, 8);
	const before = evaluations.length;
	await session.n8n.stop();
	const endedAt = performance.now();
	report(`SIGTERM: ${before} accepted before, ${evaluations.length - before} after`);
	expect(evaluations.length).toBeLessThan(8 * COUNT);
	const settled = evaluations.filter(({ acceptedAt }) => acceptedAt < endedAt - LOGGED_WITHIN_MS);
	expect(unlogged(session, settled)).toEqual([]);
	await retryCrashed(session, 'SIGTERM, Retry with both', running);
});

it('Stop half way: the ids are in the log; a Retry by API, which no button offers, bills nothing again', async () => {
	const { evaluations, configure } = session.emulator;
	configure({ latency: 'manual', inFlightCap: 4 });
	const rows = makeRows('stop', COUNT);
	const id = await start(session, await publishJudge(session, 'stop'), rows);
	await untilAccepted(session, 4);
	await stopExecution(session.client, id);
	await waitForExecution(session.client, id, ['canceled']);
	const lines = () => session.n8n.log().split('\n');
	const isNamed = () =>
		lines().some(
			(line) => line.includes('not waited for') && ids.every((each) => line.includes(each)),
		);
	const ids = evaluations.map((each) => each.id);
	await until('one line with the ids', isNamed, LONG_MS);
	const accepted = evaluations.length;
	expect(accepted).toBe(4);

	hurry(session);
	const again = await retryExecution(session.client, id, false);
	expect(wrong(session, again, rows)).toEqual([]);
	expectBilledOnce(session, COUNT);
	tell(session, 'Stop, Retry by API', accepted, outputOf(again, 'Judge').length);
});

it('n8n ends an execution while submits are on their way: every ID is told', async () => {
	const { evaluations, configure, failNext } = session.emulator;
	configure({ slowAnswerMs: 1_500 });
	failNext('slow', { method: 'POST', pathPrefix: '/v1/evaluations', count: 3 * COUNT });
	const rows = makeRows('limit', 3 * COUNT);
	const settings = { executionTimeout: 3 };
	const published = await publishJudge(session, 'limit', {}, { settings });
	const id = await start(session, published, rows);
	const ended = await waitForExecution(session.client, id, ['canceled', 'error', 'crashed']);
	await until('the IDs', () => unlogged(session, evaluations).length === 0, LONG_MS);
	const accepted = evaluations.length;
	report(
		`EXECUTIONS_TIMEOUT of 3 s: ${ended.status}, ${accepted} of ${rows.length} billed, all in the log`,
	);
	expect(accepted).toBeGreaterThan(0);
	expect(accepted).toBeLessThan(rows.length);
});
