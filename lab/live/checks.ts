import { sleep } from 'n8n-workflow';

import { readEvaluation, readJobClasses, isObject } from '../../nodes/Runflow/api/read';
import { isFinished } from '../../nodes/Runflow/waiting/rules';
import { shapeOf } from './client';
import type { LiveClient } from './client';

/** One assumption about the API, and what it really did. `holds` is null where any answer is news. */
export interface Finding {
	assumption: string;
	holds: boolean | null;
	seen: string;
}

const NO_EVALUATION = '00000000-0000-4000-8000-000000000000';
const PUBLIC_IMAGE =
	'https://upload.wikimedia.org/wikipedia/commons/4/47/PNG_transparency_demonstration_1.png';

/** What can be found out for nothing. */
export async function checkForFree(client: LiveClient): Promise<Finding[]> {
	const me = await client.ask('/v1/auth/me');
	const anonymous = await client.ask('/v1/auth/me', { anonymous: true });
	const classes = await client.ask('/v1/evaluations/job-classes');
	const missing = await client.ask(`/v1/evaluations/${NO_EVALUATION}`);
	const invalid = await client.ask('/v1/evaluations', { method: 'POST', body: {} });
	const insecure = await client.ask('/v1/evaluations', {
		method: 'POST',
		body: { task_type: 'headshot', generated_image_url: 'http://example.com/a.png' },
	});
	const list = await client.ask('/v1/evaluations?limit=1');
	const statuses = await client.ask('/v1/evaluations/statuses');
	const openApi = await client.ask('/v1/openapi.json');
	const limits = Object.keys(me.headers).filter((name) => name.startsWith('x-ratelimit'));
	return [
		finding('GET /v1/auth/me tests a key (200)', me.status === 200, me.status),
		finding('Without a key: 401', anonymous.status === 401, anonymous.status),
		finding(
			'Errors are { code, message, errors }',
			hasEnvelope(missing.body),
			shapeOf(missing.body),
		),
		finding('Job classes have code and price', hasPrices(classes.body), shapeOf(classes.body)),
		finding('An unknown evaluation: 404', missing.status === 404, missing.status),
		finding('An empty submit: 422', invalid.status === 422, invalid.status),
		finding('errors[] of a 422', null, shapeOf(isObject(invalid.body) ? invalid.body.errors : '')),
		finding('An http:// image: 422', insecure.status === 422, insecure.status),
		finding('A list of evaluations exists', null, `${list.status} ${shapeOf(list.body)}`),
		finding('Documented statuses', null, JSON.stringify(statuses.body).slice(0, 300)),
		finding('Rate-limit headers', null, limits.join(', ') || 'none'),
		finding('The OpenAPI document is public', null, `${openApi.status} ${shapeOf(openApi.body)}`),
	];
}

/** What costs one evaluation. */
export async function checkWithOneEvaluation(
	client: LiveClient,
	callbackUrl?: string,
): Promise<Finding[]> {
	const key = `verify-live-${Date.now()}`;
	const body = {
		generated_image_url: PUBLIC_IMAGE,
		task_type: 'product_photography',
		client_ref: key,
		...(callbackUrl && { callback_url: callbackUrl }),
	};
	const submit = { method: 'POST' as const, body, idempotencyKey: key };
	const first = await client.ask('/v1/evaluations', submit);
	const evaluation = readEvaluation(first.body);
	if (evaluation === undefined) return [finding('A submit: 202', false, shapeOf(first.body))];
	const early = await client.ask(`/v1/evaluations/${evaluation.id}`);
	const again = await client.ask('/v1/evaluations', submit);
	const other = await client.ask('/v1/evaluations', {
		...submit,
		body: { ...body, task_description: 'Another body under the same key' },
	});
	const sameId = readEvaluation(again.body)?.id === evaluation.id;
	return [
		finding('A submit: 202', first.status === 202, `${first.status} ${shapeOf(first.body)}`),
		finding('It can be read at once', early.status === 200, early.status),
		finding('The same key gives the same evaluation', sameId, again.status),
		finding('Another body under the same key', null, other.status),
		...(await checkCourse(client, evaluation.id)),
	];
}

async function checkCourse(client: LiveClient, id: string): Promise<Finding[]> {
	const seen = new Set<string>();
	for (let look = 0; look < 120; look++) {
		const evaluation = readEvaluation((await client.ask(`/v1/evaluations/${id}`)).body);
		if (evaluation) seen.add(evaluation.status_code);
		if (evaluation && isFinished(evaluation)) break;
		await sleep(5_000);
	}
	const path = `/v1/evaluations/${id}`;
	const detailed = await client.ask(`${path}?embed=judges,action,gate_failures`);
	const details = isObject(detailed.body) ? detailed.body : {};
	const rate = { method: 'PATCH' as const, body: { is_positive: true, reason: 'verify:live' } };
	const rated = await client.ask(`${path}/feedback`, rate);
	const clear = { method: 'PATCH' as const, body: { is_positive: null } };
	const cleared = await client.ask(`${path}/feedback`, clear);
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
		finding('Feedback can be set', rated.status === 200, rated.status),
		finding('Feedback can be cleared with null', cleared.status === 200, cleared.status),
	];
}

function finding(assumption: string, holds: boolean | null, seen: string | number): Finding {
	return { assumption, holds, seen: String(seen) };
}

function hasEnvelope(body: unknown): boolean {
	return isObject(body) && 'code' in body && 'message' in body;
}

function hasPrices(body: unknown): boolean {
	const classes = readJobClasses(body) ?? [];
	return classes.length > 0 && classes.every(({ price }) => price !== null);
}
