import type { Reaction } from '../../nodes/Runflow/api/attempt';
import type { Evaluation } from '../../nodes/Runflow/api/types';
import { leadsTo, ownPathOf } from '../../nodes/Runflow/trigger/callbackUrl';
import { decideStart } from '../../nodes/Runflow/trigger/decide';
import type { Trigger } from '../../nodes/Runflow/trigger/decide';
import type { TriggerSettings } from '../../nodes/Runflow/trigger/settings';

const ID = '0190a1b2-c3d4-4e5f-8a6b-7c8d9e0f1a2b';
const OWN = 'hook-1/runflow';
const URL_OF_THIS = `https://n8n.example.com/webhook/${OWN}`;
const NOW = Date.parse('2026-11-25T12:00:00Z');
const DAY = 86_400_000;

const evaluation = (change: object = {}): Evaluation => ({
	...{ id: ID, status_code: 'completed', overall_passed: true, callback_url: URL_OF_THIS },
	...{ completed_at: new Date(NOW - 1_000).toISOString(), ...change },
});

function trigger(found: Evaluation | undefined, settings: Partial<TriggerSettings> = {}) {
	const claimed = new Set<string>();
	return {
		settings: {
			...{ verification: 'signature' as const, deduplicate: true, maximumAgeDays: 3 },
			relayUrl: '',
			events: ['passed' as const, 'not_passed' as const, 'no_verdict' as const],
			shape: { simple: true, embed: [], criterion: { passCriterion: 'overall' as const } },
			...settings,
		},
		ownPath: OWN,
		deliveries: {
			isKnown: (id: string) => claimed.has(id),
			claim: (id: string) => !claimed.has(id) && claimed.add(id) !== undefined,
		},
		lookUp: async () => found && { ok: true as const, value: found },
		now: () => NOW,
	};
}

const about = (id = ID) => Buffer.from(JSON.stringify({ id }));
const lookup: Partial<TriggerSettings> = { verification: 'lookup' };

it('starts once, with what the API says', async () => {
	const one = trigger(evaluation());
	const [first, second] = [await decideStart(about(), one), await decideStart(about(), one)];
	expect(first).toMatchObject({ status: 200, start: [[{ json: { id: ID, verdict: 'passed' } }]] });
	expect([first.claim?.(), second.claim?.()]).toEqual([
		...[undefined, expect.objectContaining({ status: 200 })],
	]);
	expect(second.claim?.()?.start).toBeUndefined();
	const third = await decideStart(about(), one);
	expect([third.status, third.start]).toEqual([200, undefined]);
});

it('looks a new evaluation up although the callback names a known one too', async () => {
	const known = '0190a1b2-c3d4-4e5f-8a6b-7c8d9e0f1a2c';
	const one = trigger(evaluation());
	one.deliveries.claim(known);
	const body = Buffer.from(JSON.stringify({ id: ID, data: { id: known } }));
	expect(await decideStart(body, one)).toMatchObject({
		status: 200,
		start: [[{ json: { id: ID } }]],
	});
});

describe('an evaluation for another address', () => {
	it.each([
		...['https://n8n.example.com/webhook/hook-2/runflow', 'https://n8n.example.com/', 'nonsense'],
		...['https://n8n.example.com/webhook/xhook-1/runflow', `${URL_OF_THIS}/more`],
		`https://n8n.example.com/?to=/webhook/${OWN}`,
	])('%s starts nothing', async (callback_url) => {
		for (const settings of [{}, lookup]) {
			const decision = await decideStart(about(), trigger(evaluation({ callback_url }), settings));
			expect(decision.start).toBeUndefined();
			expect(decision.status).toBeGreaterThan(399);
			expect(decision.log).toMatchObject({ level: 'warn', text: /without the callback URL/ });
		}
	});

	it.each([
		...[URL_OF_THIS, `http://10.0.0.7:5678/webhook/${OWN}`, `${URL_OF_THIS}?token=1`],
		...[`https://proxy.example.com/n8n/webhook/${OWN}/`, `https://x.example/webhook-test/${OWN}`],
		...[`https://n8n.example.com/%77ebhook/hook%2D1/runflow#x`, ` ${URL_OF_THIS}\t`],
	])('%s leads to this one', async (callback_url) => {
		expect(
			(await decideStart(about(), trigger(evaluation({ callback_url }), lookup))).start,
		).toBeDefined();
	});

	it('is what a relay may have', async () => {
		const callback_url = 'https://relay.example.com/abc?x=1';
		const through = async (relayUrl: string) =>
			await decideStart(about(), trigger(evaluation({ callback_url }), { relayUrl }));
		expect((await through(' https://relay.example.com/abc/ ')).start).toBeDefined();
		expect((await through('https://relay.example.com/abcd')).start).toBeUndefined();
		expect((await through('https://other.example.com/abc')).start).toBeUndefined();
		expect((await through('')).start).toBeUndefined();
	});
});

it.each([undefined, null, '', 7])(
	'a callback URL of %p needs a signature',
	async (callback_url) => {
		const found = evaluation({ callback_url });
		expect((await decideStart(about(), trigger(found))).start).toBeDefined();
		const unproven = await decideStart(about(), trigger(found, lookup));
		expect([unproven.status, unproven.start]).toEqual([503, undefined]);
		expect(unproven.log?.text).toContain('does not say which callback URL');
	},
);

describe('an evaluation that ended long ago', () => {
	const endedAgo = (ms: number) => evaluation({ completed_at: new Date(NOW - ms).toISOString() });

	it.each([
		[3 * DAY - 1_000, 3, true],
		[3 * DAY + 1_000, 3, false],
		[3 * DAY + 1_000, 4, true],
		[1_000 * DAY, 0, true],
		[0.5 * DAY, 0.25, false],
		[-3_600_000, 3, true],
	])('%i ms ago, with a maximum of %s days, starts: %s', async (ago, maximumAgeDays, starts) => {
		const decision = await decideStart(about(), trigger(endedAgo(ago), { maximumAgeDays }));
		expect([decision.status, decision.start !== undefined]).toEqual([200, starts]);
	});

	it('is told by the time of its submit where its end is missing, and by nothing where both are', async () => {
		const old = { completed_at: null, submitted_at: '2026-11-01T00:00:00Z' };
		expect((await decideStart(about(), trigger(evaluation(old)))).start).toBeUndefined();
		const unknown = evaluation({ completed_at: 'soon' });
		expect((await decideStart(about(), trigger(unknown))).start).toBeDefined();
	});
});

it('answers everybody alike in Lookup mode, but Runflow hears when to deliver again', async () => {
	const statuses = async (found: Evaluation | undefined) =>
		await decideStart(about(), trigger(found, { ...lookup, events: ['not_passed'] }));
	const answers = [
		await statuses(evaluation({ status_code: 'running' })),
		await statuses(evaluation({ callback_url: 'https://n8n.example.com/webhook/x/runflow' })),
		await statuses(undefined),
	];
	const told = answers.map(({ status, message }) => `${status} ${message}`);
	expect(new Set(told).size).toBe(1);
	expect(answers[0]?.status).toBe(503);
	expect((await statuses(evaluation())).status).toBe(200);
});

it('tells nobody in Lookup mode that an execution was started in the same moment', async () => {
	const one = trigger(evaluation(), lookup);
	const [first, second] = [await decideStart(about(), one), await decideStart(about(), one)];
	expect([first.claim?.(), second.claim?.()]).toEqual([
		undefined,
		expect.objectContaining({ status: 200, message: 'The callback was received' }),
	]);
});

it('says to the sender and to the log why nothing starts, and when to come again', async () => {
	const failing = (reaction: Reaction) => async () => ({
		ok: false as const,
		failure: { kind: 'answer', reaction, purpose: { subject: 'Evaluation' } } as const,
	});
	const told = async (
		change: Partial<Trigger>,
		settings: Partial<TriggerSettings> = {},
		body = about(),
	) => {
		const { status, message, log } = await decideStart(body, {
			...trigger(evaluation(), settings),
			...change,
		});
		return [status, message, log?.level, log?.text];
	};
	const nothing = (status: number, level: string, message: string) => [
		...[status, message, level],
		`started nothing after a callback: ${message}`,
	];
	const again = 'The evaluation could not be looked up; deliver the callback again';
	const found = (change: object) => async () => ({ ok: true as const, value: evaluation(change) });
	const old = new Date(NOW - 4 * DAY).toISOString();
	expect([
		await told({}),
		await told({ lookUp: found({ status_code: 'running' }) }),
		await told({ lookUp: found({ completed_at: old }) }),
		await told({ lookUp: found({ overall_passed: false }) }, { events: ['passed'] }),
		await told({ lookUp: found({ callback_url: 'https://x.example/' }) }),
		await told({ lookUp: found({ callback_url: null }) }, lookup),
		await told({ deliveries: { isKnown: () => true, claim: () => false } }),
		await told({ lookUp: failing('missing') }),
		await told({ lookUp: failing('retry') }),
		await told({ lookUp: async () => undefined }),
		await told({}, { events: [] }),
		await told({}, {}, Buffer.from('{"a":1}')),
	]).toEqual([
		[200, 'The workflow starts', undefined, undefined],
		nothing(425, 'info', 'The evaluation is not finished yet'),
		nothing(200, 'warn', "The evaluation ended longer ago than 'Maximum Age (Days)' allows"),
		nothing(200, 'debug', 'The workflow does not wait for this verdict'),
		nothing(
			...([403, 'warn'] as const),
			'The evaluation was submitted without the callback URL of this trigger',
		),
		[503, again, 'warn', expect.stringContaining("set 'Verification' to Signature")],
		nothing(200, 'debug', 'This evaluation already started an execution'),
		nothing(404, 'warn', 'The organization has no such evaluation'),
		[
			...[503, again, 'warn'],
			expect.stringMatching(/^could not look up an evaluation and asked for another delivery: \w/),
		],
		[
			...[503, again, 'warn'],
			'got too many callbacks without a signature and asked for another delivery',
		],
		[503, again, 'warn', "asked for another delivery: 'Trigger On' names no verdict"],
		[
			...[422, 'The callback is not about an evaluation', 'warn'],
			'started nothing after a callback: it names no evaluation, its keys are a',
		],
	]);
});

it('asks nobody about a body that names no evaluation', async () => {
	const one = { ...trigger(evaluation()), lookUp: jest.fn() };
	await decideStart(Buffer.from('{"a":1}'), one);
	expect(one.lookUp).not.toHaveBeenCalled();
});

it('starts at the very end of the maximum age', async () => {
	const found = evaluation({ completed_at: new Date(NOW - 3 * DAY).toISOString() });
	expect((await decideStart(about(), trigger(found))).start).toBeDefined();
});

it('knows its own path, with and without a webhook id', () => {
	const node = { id: '1', name: 'My Trigger', type: 't', typeVersion: 1, parameters: {} };
	const at = { ...node, position: [0, 0] as [number, number] };
	expect(ownPathOf({ ...at, webhookId: 'w' }, 'flow')).toBe('w/runflow');
	const own = ownPathOf(at, 'flow');
	expect(own).toBe('flow/my%20trigger/runflow');
	expect(leadsTo(`https://n8n.example.com/webhook/${own}`, own)).toBe(true);
	expect(leadsTo('https://n8n.example.com/webhook/flow2/my%20trigger/runflow', own)).toBe(false);
});
