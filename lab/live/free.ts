import type { Attempt } from '../../nodes/Runflow/api/attempt';
import { isObject } from '../../nodes/Runflow/api/read';
import type { JobClass } from '../../nodes/Runflow/api/types';
import type { LiveAccount } from './account';
import { expected, news, reactionOf, shapeOf, told } from './finding';
import type { Findings } from './finding';

const NOTHING = '00000000-0000-4000-8000-000000000000';
export const INSECURE = { generated_image_url: 'http://example.com/a.png', task_type: 'headshot' };

/** Whether this key can answer the rest: without these the questions that cost are not asked. */
export interface Access {
	isAccepted: boolean;
	missing: string[];
}

/** Whether the key is accepted and what it may do; every request here is refused or free. */
export async function* askAccess(account: LiveAccount, access: Access): Findings {
	const me = await account.ask('/v1/auth/me');
	access.isAccepted = me.status === 200;
	yield expected(
		'GET /v1/auth/me accepts the key (200)',
		access.isAccepted,
		me.status === 0 ? String(me.body) : me.status,
		'n8n shows a red credential. Check the key and the Base URL; nothing else can be asked',
	);
	if (!access.isAccepted) return;
	const tries = [
		{ scope: 'evaluations:create', path: '/v1/evaluations', body: INSECURE },
		{ scope: 'evaluations:read', path: `/v1/evaluations/${NOTHING}` },
		{
			scope: 'evaluations:edit',
			path: `/v1/evaluations/${NOTHING}/feedback`,
			method: 'PATCH' as const,
			body: { is_positive: null },
		},
		{ scope: 'assets:create', path: '/v1/asset-uploads', body: {} },
		{ scope: 'credit_balance:read', path: '/v1/billing/balance' },
	];
	for (const { scope, path, ...asked } of tries) {
		const { status, body: answer } = await account.ask(path, asked);
		// A firewall's page says nothing about the key.
		if (status === 403 && isObject(answer)) access.missing.push(scope);
	}
	yield news('Scopes that the key lacks', access.missing.join(', ') || 'none of those asked for');
}

/** What can be found out for nothing. */
export async function* askForFree(account: LiveAccount, access: Access): Findings {
	const { client } = account;
	const anonymous = await account.ask('/v1/auth/me', { anonymous: true });
	yield expected(
		'Without a key: 401',
		anonymous.status === 401,
		anonymous.status,
		'A wrong key is not told as such',
	);
	const classes = await client.jobClasses();
	yield expected(
		'Job classes have code and price',
		hasPrices(classes),
		shapeOf(account.last.body),
		'Maximum Cost refuses, and 402 names no price. Emulator: jobClassesForm, jobClassPriceKey',
	);
	if (!access.missing.includes('evaluations:read')) yield* askAboutUnknown(account);
	if (!access.missing.includes('evaluations:create')) yield* askAboutRefusal(account);
	const balance = await client.balance();
	yield news(
		'Balance',
		balance.ok ? told(balance) : `${told(balance)} ${shapeOf(account.last.body)}`,
	);
	yield* askAboutRuns(account);
	yield* askAboutPaths(account);
}

async function* askAboutUnknown(account: LiveAccount): Findings {
	const missing = await account.client.get(NOTHING);
	yield expected(
		'An unknown evaluation is missing (404)',
		reactionOf(missing) === 'missing',
		told(missing),
		'Get tells something else than "Evaluation not found". Emulator: malformedIdStatus',
	);
	yield expected(
		"An error's own words are read",
		!missing.ok && missing.failure.said !== undefined,
		shapeOf(account.last.body),
		"Errors do not quote Runflow's words. Emulator: errorEnvelope",
	);
}

async function* askAboutRefusal(account: LiveAccount): Findings {
	const insecure = await account.client.submit(INSECURE, `verify-live-free-${Date.now()}`);
	yield expected(
		'An http:// image is rejected (422)',
		reactionOf(insecure) === 'rejected',
		told(insecure),
		'The node refuses such images itself; nothing changes for users',
	);
	yield news('Body of a 422', JSON.stringify(account.last.body ?? '').slice(0, 300));
}

async function* askAboutRuns(account: LiveAccount): Findings {
	const unknown = await account.ask(`/v1/runs/${NOTHING}/evaluations`);
	yield news('Evaluations of an unknown run', `${unknown.status} ${shapeOf(unknown.body)}`);
	const { body } = await account.ask('/v1/runs?limit=20');
	const rows = isObject(body) ? body.items : body;
	const ids = (Array.isArray(rows) ? rows.filter(isObject) : []).flatMap(({ id }) =>
		typeof id === 'string' ? [id] : [],
	);
	if (ids.length === 0) {
		yield news("A run's own evaluations", 'this account shows no run to ask about');
		return;
	}
	for (const id of ids) {
		const found = await account.client.runEvaluations(id);
		if (found.ok && found.value.evaluations.length === 0) continue;
		yield expected(
			"A run's own evaluations can be read",
			found.ok,
			found.ok ? shapeOf(found.value.evaluations[0]) : told(found),
			'Get Many cannot read them. Emulator: runEvaluationsForm',
		);
		return;
	}
	yield news("A run's own evaluations", `none of the last ${ids.length} runs has one`);
}

async function* askAboutPaths(account: LiveAccount): Findings {
	const list = await account.ask('/v1/evaluations?limit=1');
	yield news('A list of evaluations exists', `${list.status} ${shapeOf(list.body)}`);
	const statuses = await account.ask('/v1/evaluations/statuses');
	yield news('Documented statuses', JSON.stringify(statuses.body ?? '').slice(0, 300));
	const webhooks = await account.ask('/v1/webhooks?limit=1');
	yield news('Webhooks and their event types', `${webhooks.status} ${shapeOf(webhooks.body)}`);
	const limits = Object.keys(list.headers).filter((name) => /^x-ratelimit|^retry-after/.test(name));
	yield news('Rate-limit headers', limits.join(', ') || 'none');
	const openApi = await account.ask('/v1/openapi.json');
	yield news('The OpenAPI document is public', `${openApi.status} ${shapeOf(openApi.body)}`);
	yield news('Feedback, in its words', feedbackIn(openApi.body) ?? 'not found there');
}

/** What the OpenAPI document says about feedback: whether it is about the verdict or the image. */
function feedbackIn(document: unknown): string | undefined {
	const paths = isObject(document) && isObject(document.paths) ? document.paths : {};
	const place = Object.keys(paths).find((path) => path.endsWith('/feedback'));
	const found = place === undefined ? undefined : paths[place];
	return found === undefined ? undefined : JSON.stringify(found).slice(0, 600);
}

function hasPrices(classes: Attempt<JobClass[]>): boolean {
	return (
		classes.ok && classes.value.length > 0 && classes.value.every(({ price }) => price !== null)
	);
}
