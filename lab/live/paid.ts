import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { isObject } from '../../nodes/Runflow/api/read';
import type { EvaluationRequest, ImageFile } from '../../nodes/Runflow/api/types';
import { isFinished } from '../../nodes/Runflow/waiting/rules';
import type { LiveAccount } from './account';
import { expected, news, shapeOf, told } from './finding';
import type { Findings } from './finding';
import { INSECURE } from './free';
import type { CallbackReceiver } from './receiver';

const LOOKS = 120;
const MINUTE_MS = 60_000;

/** One transparent pixel. */
const PIXEL = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
	'base64',
);
const SMALL_IMAGE: ImageFile = {
	fileName: 'verify-live.png',
	mimeType: 'image/png',
	bytes: PIXEL.length,
	open: async () => PIXEL,
};

export interface PaidOptions {
	/** An image that anybody can open. */
	image: string;
	/** How often to look whether the evaluation is finished. */
	lookEveryMs: number;
	/** Receives the evaluation's callback. */
	receiver?: CallbackReceiver;
	/** How long to wait before the key is asked about again; 0 for not at all. */
	waitMinutes: number;
	/** Told as soon as an evaluation exists: it is paid for, whatever happens next. */
	onAccepted: (id: string) => void;
}

/** What costs one evaluation and not more; it also leaves one uploaded image of a few bytes. */
export async function* askWithOneEvaluation(account: LiveAccount, options: PaidOptions): Findings {
	const { client } = account;
	const key = `verify-live-${Date.now()}`;
	const request: EvaluationRequest = {
		generated_image_url: options.image,
		task_type: 'product_photography',
		client_ref: `Prüfung é ${key}`,
		...(options.receiver && { callback_url: options.receiver.publicUrl }),
	};
	const first = await client.submit(request, key);
	const answer = account.last;
	if (first.ok) options.onAccepted(first.value.id);
	yield expected(
		'A submit: 202',
		first.ok && answer.status === 202,
		first.ok ? `${answer.status} ${shapeOf(answer.body)}` : told(first),
		'Nothing can be submitted as the package does it',
	);
	if (!first.ok) return;
	const { id } = first.value;
	yield news('Location of a 202', shapeOf(answer.headers.location));
	yield* askAboutKey(account, key, id);
	const again = await client.submit(request, key);
	yield expected(
		'The same key and body give the same evaluation',
		again.ok && again.value.id === id,
		`${account.last.status} ${again.ok ? again.value.id : told(again)}`,
		'A retry after a lost answer bills again. Nothing in the package can prevent that',
	);
	yield news('Headers of a replay', replayHeaders(account.last.headers));
	yield* askCourse(account, id, request, options.lookEveryMs);
	yield* askFeedback(account, id);
	const upload = await client.upload(SMALL_IMAGE, key);
	yield expected(
		'An image can be uploaded',
		upload.ok,
		`${told(upload)}; last answer ${account.last.status} ${shapeOf(account.last.body)}`,
		'Image Source: Binary File does not work. A key without assets:create is no fault',
	);
	if (options.receiver) yield await options.receiver.finding();
	if (options.waitMinutes === 0) return;
	await sleep(options.waitMinutes * MINUTE_MS);
	const { status } = await account.ask('/v1/evaluations', { body: INSECURE, key });
	const isKnown = status === 409 || (status >= 200 && status <= 299);
	yield news(
		`The key after ${options.waitMinutes} minutes`,
		isKnown ? 'known' : `${status}: forgotten`,
	);
}

/** An invalid body under the known key bills nothing, and shows what becomes of another body. */
async function* askAboutKey(account: LiveAccount, key: string, id: string): Findings {
	const { status, body } = await account.ask('/v1/evaluations', { body: INSECURE, key });
	const replayed = isObject(body) && body.id === id;
	const meaning = replayed
		? 'replays the first answer, whatever the body'
		: status === 409
			? 'compares and refuses, as documented'
			: status === 422
				? 'the key is ignored, or looked at after the values'
				: 'unknown';
	yield expected(
		'Another body under a known key: 409',
		status === 409,
		`${status} ${meaning}`,
		`An image could get another one's evaluation, or be billed again. The node checks each answer against its question. Emulator: idempotencyConflictStatus ${replayed ? "'replay'" : "'ignore'"}`,
	);
}

async function* askCourse(
	{ client }: LiveAccount,
	id: string,
	request: EvaluationRequest,
	lookEveryMs: number,
): Findings {
	const early = await client.get(id);
	yield expected(
		'It can be read at once',
		early.ok,
		early.ok ? early.value.status_code : told(early),
		'Get right after Submit waits up to 10 s. Emulator: earlyNotFoundMs',
	);
	const startedAt = Date.now();
	const seen = new Map<string, number>();
	for (let look = 0; look < LOOKS; look++) {
		const found = await client.get(id);
		const seconds = Math.round((Date.now() - startedAt) / 1_000);
		if (found.ok && !seen.has(found.value.status_code)) seen.set(found.value.status_code, seconds);
		if (found.ok && isFinished(found.value)) break;
		await sleep(lookEveryMs);
	}
	const course = [...seen].map(([status, seconds]) => `${status} after ${seconds} s`).join(', ');
	const known = ['pending', 'running', 'completed', 'failed'];
	yield expected(
		'Statuses are the four documented',
		[...seen.keys()].every((status) => known.includes(status)),
		course,
		'An unknown status counts as not finished. Emulator: unknownStatus',
	);
	const detailed = await client.get(id, { embed: ['judges', 'action', 'gate_failures'] });
	yield* askFields(detailed.ok ? detailed.value : {}, request);
}

/** The fields that a verdict, a bill and the way back to a row hang on. */
async function* askFields(found: IDataObject, request: EvaluationRequest): Findings {
	const { status_code, overall_passed, weighted_pass_rate: score, cost } = found;
	const isCompleted = status_code === 'completed';
	yield expected(
		'It is completed',
		isCompleted,
		`${String(status_code)} ${shapeOf(found.failure_code)}`,
		'No verdict. Try --image with an image of your own',
	);
	yield expected(
		'overall_passed is a boolean',
		typeof overall_passed === 'boolean' || !isCompleted,
		shapeOf(overall_passed),
		'Every image is No Verdict with Runflow Decides. Emulator: nullVerdictFraction',
	);
	yield expected(
		'weighted_pass_rate is a number from 0 to 1',
		(typeof score === 'number' && score >= 0 && score <= 1) || !isCompleted,
		shapeOf(score),
		'Minimum Score gives No Verdict',
	);
	yield expected(
		'cost is a decimal text',
		typeof cost === 'string' || !isCompleted,
		shapeOf(cost),
		'Numbers are read, too; sums may lose exactness',
	);
	for (const name of ['submitted_at', 'completed_at', 'eval_duration_ms']) {
		yield news(name, shapeOf(found[name]));
	}
	for (const name of ['client_ref', 'callback_url', 'generated_image_url'] as const) {
		if (request[name] === undefined) continue;
		yield expected(
			`${name} comes back as it was sent`,
			found[name] === request[name],
			shapeOf(found[name]),
			name === 'callback_url'
				? 'Lookup mode of Runflow Trigger starts nothing'
				: 'Answers are checked by it: verdicts may be taken for those of another image',
		);
	}
	yield news('All fields', shapeOf(found));
	for (const name of ['judges', 'action', 'gate_failures']) yield news(name, shapeOf(found[name]));
}

async function* askFeedback({ client }: LiveAccount, id: string): Findings {
	const rated = await client.sendFeedback(id, { is_positive: true, reason: 'verify:live' });
	const cleared = await client.sendFeedback(id, { is_positive: null });
	yield expected(
		'Feedback can be set, and cleared with null',
		rated.ok && cleared.ok,
		[rated, cleared]
			.map((each) => (each.ok ? shapeOf(each.value.feedback_is_positive) : told(each)))
			.join(', then '),
		'Send Feedback does not work. A key without evaluations:edit is no fault',
	);
}

function replayHeaders(headers: IDataObject): string {
	const found = Object.entries(headers).filter(([name]) => /idempoten|replay/i.test(name));
	return found.map(([name, value]) => `${name}: ${String(value)}`).join(', ') || 'none';
}
