import { VirtualTime } from '../../lab/simulation/virtualTime';
import type { ApiFailure, Attempt } from '../../nodes/Runflow/api/attempt';
import type { Evaluation } from '../../nodes/Runflow/api/types';
import { budgetFor, lookUp } from '../../nodes/Runflow/trigger/lookup';

const failing = (failure: Partial<ApiFailure>): Attempt<Evaluation> => ({
	ok: false,
	failure: { kind: 'answer', reaction: 'retry', purpose: { subject: 'Evaluation' }, ...failure },
});
const found = (id: string): Attempt<Evaluation> => ({
	ok: true,
	value: { id, status_code: 'done' },
});

let accounts = 0;

/** An API that gives these answers by id after so long, and an account of its own. */
function api(answers: Record<string, Attempt<Evaluation>>, takesMs = 0) {
	const time = new VirtualTime();
	accounts += 1;
	const credentials = { runflowApi: { id: `account ${accounts}`, name: '' } };
	const budget = budgetFor({ credentials } as never, time.now());
	const asked: unknown[] = [];
	const client = {
		get: async (id: string, options: object = {}) => {
			asked.push([id, options]);
			await time.sleep(takesMs);
			return answers[id] ?? failing({ reaction: 'missing' });
		},
	};
	const ask = async (ids: string[], isSigned = false) =>
		await time.during(
			lookUp(ids, { client, embed: ['judges'], timer: time, ...(!isSigned && { budget }) }),
		);
	return { time, asked, ask, budget };
}

const idsOf = (asked: unknown[]) => asked.map((each) => (each as [string])[0]);

it('asks for one after the other until the API knows one, with the details and a time', async () => {
	const { ask, asked } = api({ b: found('b'), c: found('c') });
	expect(await ask(['a', 'b', 'c'])).toEqual(found('b'));
	const how = { embed: ['judges'], timeoutMs: 4_000 };
	expect(asked).toEqual(['a', 'b'].map((id) => [id, how]));
});

it.each([
	['knows none', {}, ['a', 'b'], 'missing'],
	['cannot say', { a: failing({ reaction: 'retry' }) }, ['a'], 'retry'],
])('tells what the API said when it %s', async (_what, answers, ids, reaction) => {
	const { ask, asked } = api(answers);
	expect(await ask(['a', 'b'])).toMatchObject({ ok: false, failure: { reaction } });
	expect(idsOf(asked)).toEqual(ids);
});

it('gives up when no sender waits any more', async () => {
	const { ask, time } = api({ a: found('a') }, 60_000);
	expect(await ask(['a'])).toMatchObject({
		ok: false,
		failure: { networkCode: 'ETIMEDOUT', purpose: { subject: 'Evaluation' } },
	});
	expect(time.elapsed() / 1_000).toBeCloseTo(4, 1);
});

it('asks 30 times at once for callbacks that anybody may send, then ten times a second', async () => {
	const { ask, asked, time } = api({ a: found('a') });
	const many = async (count: number, isSigned = false) => {
		for (let at = 0; at < count; at++) await ask(['a'], isSigned);
		return asked.length;
	};
	expect(await many(40)).toBe(30);
	expect(await ask(['a'])).toBeUndefined();
	await time.during(time.sleep(1_000));
	expect(await many(40)).toBe(40);
	expect(await many(40, true)).toBe(80);
});

it.each([
	['as long as it says', { retryAfterMs: 20_000 }, 20_000],
	['five seconds', {}, 5_000],
])('pauses %s after a refusal for too many requests', async (_what, failure, pauseMs) => {
	const { ask, asked, time } = api({ a: failing({ reaction: 'busy', ...failure }) });
	await ask(['a']);
	await time.during(time.sleep(pauseMs - 10));
	expect(await ask(['a'])).toBeUndefined();
	await time.during(time.sleep(20));
	await ask(['a']);
	expect(asked).toHaveLength(2);
});

it('a refusal of what is signed is told, and paces nothing', async () => {
	const { ask } = api({ a: failing({ reaction: 'busy' }) });
	expect(await ask(['a'], true)).toMatchObject({ failure: { reaction: 'busy' } });
});

it('comes back to its rate with good answers', async () => {
	const answers = { a: failing({ reaction: 'busy', retryAfterMs: 0 }), b: found('b') };
	const { ask, budget, time } = api(answers);
	await ask(['a']);
	for (let at = 0; at < 60; at++) {
		await time.during(time.sleep(1_000));
		await ask(['b']);
	}
	await time.during(time.sleep(10_000));
	for (let at = 0; at < 29; at++) budget.take(time.now());
	expect(budget.readyAt(time.now()) - time.now()).toBeCloseTo(0);
	budget.take(time.now());
	expect(budget.readyAt(time.now()) - time.now()).toBeCloseTo(100, -1);
});

it('counts by credential', async () => {
	const node = (id?: string) => ({ credentials: id && { runflowApi: { id, name: '' } } }) as never;
	expect(budgetFor(node('one'))).toBe(budgetFor(node('one')));
	expect(budgetFor(node('one'))).not.toBe(budgetFor(node('two')));
	expect(budgetFor(node())).toBe(budgetFor({ credentials: {} } as never));
});
