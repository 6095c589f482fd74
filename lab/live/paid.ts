import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { EvaluationRequest, ImageFile } from '../../nodes/Runflow/api/types';
import { isSameText } from '../../nodes/Runflow/billing/conflict';
import { isFinished } from '../../nodes/Runflow/waiting/rules';
import type { LiveAccount } from './account';
import { expected, news, shapeOf, told } from './finding';
import type { Findings } from './finding';
import { INSECURE } from './free';
import type { CallbackReceiver } from './receiver';
import { askAboutKey, askSubmit } from './submission';

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
	yield news('Idempotency key', key);
	const accepted = yield* askSubmit(account, request, key, options.onAccepted);
	if (accepted === undefined) return;
	const { id } = accepted;
	yield* askAtOnce(account, id);
	yield* askAboutKey(account, accepted);
	yield* askCourse(account, id, accepted.request, options.lookEveryMs);
	yield* askFeedback(account, id);
	const upload = await client.upload(SMALL_IMAGE, key);
	yield expected(
		'An image can be uploaded',
		upload.ok,
		`${told(upload)}; last answer ${account.last.status} ${shapeOf(account.last.body)}`,
		'Image Source: Binary File does not work. A key without assets:create is no fault',
	);
	if (options.receiver && accepted.request.callback_url) yield* options.receiver.findings();
	if (options.waitMinutes === 0) return;
	await sleep(options.waitMinutes * MINUTE_MS);
	const { status } = await account.ask('/v1/evaluations', { body: INSECURE, key: accepted.key });
	const isKnown = status === 409 || (status >= 200 && status <= 299);
	yield news(
		`The key after ${options.waitMinutes} minutes`,
		isKnown ? 'known' : `${status}: forgotten`,
	);
}

async function* askAtOnce({ client }: LiveAccount, id: string): Findings {
	const early = await client.get(id);
	yield expected(
		'It can be read at once',
		early.ok,
		early.ok ? early.value.status_code : told(early),
		'Get right after Submit waits up to 10 s. Emulator: earlyNotFoundMs',
	);
}

async function* askCourse(
	{ client }: LiveAccount,
	id: string,
	request: EvaluationRequest,
	lookEveryMs: number,
): Findings {
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
			isEcho(found[name], request[name]),
			shapeOf(found[name]),
			name === 'callback_url'
				? 'Lookup mode of Runflow Trigger starts nothing: use Signature. Emulator: callbackUrlEcho'
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

/** As the package compares: trimmed, and accents in either form. */
function isEcho(found: unknown, sent: string): boolean {
	return typeof found === 'string' && isSameText(found, sent);
}
