import { randomUUID } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { Attempt, Reaction } from '../../nodes/Runflow/api/attempt';
import { isObject } from '../../nodes/Runflow/api/read';
import type { ImageFile, JobClass } from '../../nodes/Runflow/api/types';
import { isFinished } from '../../nodes/Runflow/waiting/rules';
import { shapeOf } from './account';
import type { LiveAccount } from './account';

/** One assumption about the API, and what it really did. `holds` is null where any answer is news. */
export interface Finding {
	assumption: string;
	holds: boolean | null;
	seen: string;
}

const NO_EVALUATION = '00000000-0000-4000-8000-000000000000';
const PUBLIC_IMAGE =
	'https://upload.wikimedia.org/wikipedia/commons/4/47/PNG_transparency_demonstration_1.png';
const INSECURE_IMAGE = 'http://example.com/a.png';
const REQUEST = { generated_image_url: PUBLIC_IMAGE, task_type: 'product_photography' };

const newKey = () => `verify-live-${Date.now()}`;

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

/** What can be found out for nothing. */
export async function checkForFree(account: LiveAccount): Promise<Finding[]> {
	const { client } = account;
	const me = await account.ask('/v1/auth/me');
	const anonymous = await account.ask('/v1/auth/me', { anonymous: true });
	const classes = await client.jobClasses();
	const listed = account.last.body;
	const missing = await client.get(NO_EVALUATION);
	const envelope = account.last.body;
	const insecure = await client.submit(
		{ ...REQUEST, generated_image_url: INSECURE_IMAGE },
		newKey(),
	);
	const balance = await client.balance();
	const invalid = await account.ask('/v1/evaluations', { body: {} });
	const list = await account.ask('/v1/evaluations?limit=1');
	const statuses = await account.ask('/v1/evaluations/statuses');
	const openApi = await account.ask('/v1/openapi.json');
	const limits = Object.keys(me.headers).filter((name) => name.startsWith('x-ratelimit'));
	return [
		finding('GET /v1/auth/me tests a key (200)', me.status === 200, me.status),
		finding('Without a key: 401', anonymous.status === 401, anonymous.status),
		finding('Errors are { code, message, errors }', hasEnvelope(envelope), shapeOf(envelope)),
		finding('Job classes have code and price', hasPrices(classes), shapeOf(listed)),
		finding('An unknown evaluation is missing', reactionOf(missing) === 'missing', told(missing)),
		finding('An http:// image is rejected', reactionOf(insecure) === 'rejected', told(insecure)),
		finding('The balance can be read', null, told(balance)),
		finding('An empty submit: 422', invalid.status === 422, invalid.status),
		finding('errors[] of a 422', null, shapeOf(isObject(invalid.body) ? invalid.body.errors : '')),
		finding('A list of evaluations exists', null, `${list.status} ${shapeOf(list.body)}`),
		finding('Documented statuses', null, JSON.stringify(statuses.body).slice(0, 300)),
		finding('Rate-limit headers', null, limits.join(', ') || 'none'),
		finding('The OpenAPI document is public', null, `${openApi.status} ${shapeOf(openApi.body)}`),
	];
}

/** What costs one evaluation; it also leaves one uploaded image of a few bytes. */
export async function checkWithOneEvaluation(
	account: LiveAccount,
	callbackUrl?: string,
): Promise<Finding[]> {
	const { client } = account;
	const key = newKey();
	const request = {
		...REQUEST,
		client_ref: key,
		...(callbackUrl && { callback_url: callbackUrl }),
	};
	const first = await client.submit(request, key);
	const { status, body } = account.last;
	if (!first.ok) return [finding('A submit: 202', false, told(first))];
	const early = await client.get(first.value.id);
	const again = await client.submit(request, key);
	const other = await client.submit({ ...request, task_description: 'Another body' }, key);
	const upload = await client.upload(SMALL_IMAGE, randomUUID());
	const sameId = again.ok && again.value.id === first.value.id;
	return [
		finding('A submit: 202', status === 202, `${status} ${shapeOf(body)}`),
		finding('It can be read at once', early.ok, told(early)),
		finding('The same key gives the same evaluation', sameId, told(again)),
		finding('Another body under the same key', null, told(other)),
		finding('An image can be uploaded', upload.ok, told(upload)),
		...(await checkCourse(account, first.value.id)),
	];
}

async function checkCourse({ client }: LiveAccount, id: string): Promise<Finding[]> {
	const seen = new Set<string>();
	for (let look = 0; look < 120; look++) {
		const evaluation = await client.get(id);
		if (evaluation.ok) seen.add(evaluation.value.status_code);
		if (evaluation.ok && isFinished(evaluation.value)) break;
		await sleep(5_000);
	}
	const detailed = await client.get(id, { embed: ['judges', 'action', 'gate_failures'] });
	const details: IDataObject = detailed.ok ? detailed.value : {};
	const rated = await client.sendFeedback(id, { is_positive: true, reason: 'verify:live' });
	const cleared = await client.sendFeedback(id, { is_positive: null });
	const known = ['pending', 'running', 'completed', 'failed'];
	return [
		finding(
			'Statuses are the four documented',
			[...seen].every((each) => known.includes(each)),
			[...seen].join(', '),
		),
		finding('cost is a decimal string', typeof details.cost === 'string', shapeOf(details.cost)),
		finding('All fields', null, shapeOf(details)),
		finding('judges', null, shapeOf(details.judges)),
		finding('action', null, shapeOf(details.action)),
		finding('gate_failures', null, shapeOf(details.gate_failures)),
		finding('Feedback can be set', rated.ok, told(rated)),
		finding('Feedback can be cleared with null', cleared.ok, told(cleared)),
	];
}

function finding(assumption: string, holds: boolean | null, seen: string | number): Finding {
	return { assumption, holds, seen: String(seen) };
}

/** What the product made of an answer. */
function told<T>(attempt: Attempt<T>): string {
	if (attempt.ok) return shapeOf(attempt.value);
	const { kind, reaction, status, code, networkCode } = attempt.failure;
	return [kind, reaction, status, code, networkCode].filter((part) => part !== undefined).join(' ');
}

function reactionOf<T>(attempt: Attempt<T>): Reaction | undefined {
	return attempt.ok ? undefined : attempt.failure.reaction;
}

function hasEnvelope(body: unknown): boolean {
	return isObject(body) && 'code' in body && 'message' in body;
}

function hasPrices(classes: Attempt<JobClass[]>): boolean {
	return (
		classes.ok && classes.value.length > 0 && classes.value.every(({ price }) => price !== null)
	);
}
