import type { INodeParameters } from 'n8n-workflow';

import type { Outcome } from '../../lab/emulator';
import {
	aboutEvaluation,
	deliver,
	finished,
	lookups,
	NOT_PASSED,
	PASSED,
} from '../../lab/scenario/deliver';
import { shareEmulator } from '../../lab/scenario/useEmulator';

const emulator = shareEmulator({ latency: 'manual' });

const NO_DECISION = { overall_passed: null, weighted_pass_rate: null };
const FAILED = { status_code: 'failed' as const, failure_code: 'invalid_media' };

type Case = [
	parameters: INodeParameters,
	outcome: Partial<Outcome>,
	verdict: 'passed' | 'not_passed' | 'no_verdict' | 'starts nothing',
];

const only = (...events: string[]) => ({ events });
const score = (minimumScore: number, passCriterion = 'score') => ({
	options: { passCriterion, minimumScore },
});

it.each<Case>([
	[{}, PASSED, 'passed'],
	[{}, NOT_PASSED, 'not_passed'],
	[{}, NO_DECISION, 'no_verdict'],
	[{}, FAILED, 'no_verdict'],
	[only('passed'), PASSED, 'passed'],
	[only('passed'), NOT_PASSED, 'starts nothing'],
	[only('passed'), FAILED, 'starts nothing'],
	[only('not_passed'), NOT_PASSED, 'not_passed'],
	[only('not_passed'), PASSED, 'starts nothing'],
	[only('not_passed', 'no_verdict'), NO_DECISION, 'no_verdict'],
	[only('no_verdict'), FAILED, 'no_verdict'],
	[only('Passed', 'all'), PASSED, 'passed'],
	[{ ...only('passed'), ...score(0.5) }, NOT_PASSED, 'passed'],
	[{ ...only('passed'), ...score(0.51) }, NOT_PASSED, 'starts nothing'],
	[{ ...only('passed'), ...score(0.95, 'both') }, PASSED, 'starts nothing'],
	[{ ...only('not_passed'), ...score(0.95, 'both') }, PASSED, 'not_passed'],
])('with %j, %j gives: %s', async (parameters, outcome, verdict) => {
	const body = aboutEvaluation(await finished(emulator, outcome));
	const { response, items, logged } = await deliver(emulator, { body, parameters });
	expect(response.status).toBe(200);
	expect(items?.[0]?.[0]?.json.verdict ?? 'starts nothing').toBe(verdict);
	if (verdict !== 'starts nothing') return;
	expect(response.body).toMatchObject({ message: 'The workflow does not wait for this verdict' });
	expect(logged).toEqual([expect.stringMatching(/^debug: /)]);
});

it.each([[only()], [only('all')]])(
	'with %j is delivered again, for no verdict is lost',
	async (parameters) => {
		const body = aboutEvaluation(await finished(emulator, PASSED));
		const { response, items, logged } = await deliver(emulator, { body, parameters });
		expect(response.status).toBe(503);
		expect(items).toBeUndefined();
		expect(logged).toEqual([expect.stringContaining("'Trigger On' names no verdict")]);
	},
);

it('asks for the chosen details only, and gives them', async () => {
	const id = await finished(emulator);
	emulator.requests.length = 0;
	const parameters = { options: { embed: ['judges', 'gate_failures', 'secrets'] } };
	const { items } = await deliver(emulator, { body: aboutEvaluation(id), parameters });
	expect(lookups(emulator)).toEqual([`/v1/evaluations/${id}?embed=judges%2Cgate_failures`]);
	const json = items?.[0]?.[0]?.json;
	expect(json).toMatchObject({ judges: expect.any(Array), gate_failures: [] });
	expect(json).not.toHaveProperty('action');
});

it('gives the whole object when Simplify is off', async () => {
	const body = aboutEvaluation(await finished(emulator));
	const { items } = await deliver(emulator, { body, parameters: { simple: false } });
	const whole = { verdict: 'passed', org_id: expect.any(String), attempt_number: 1 };
	expect(items?.[0]?.[0]?.json).toMatchObject(whole);
});

it('a verdict that was left out starts an execution once it is wanted', async () => {
	const body = aboutEvaluation(await finished(emulator, NOT_PASSED));
	const nodeId = 'wanted later';
	const first = await deliver(emulator, { body, nodeId, parameters: only('passed') });
	const { staticData } = first;
	const second = await deliver(emulator, { body, nodeId, staticData });
	expect([first.items, second.items?.length]).toEqual([undefined, 1]);
});
