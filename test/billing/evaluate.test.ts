import type { ApiFailure, Attempt } from '../../nodes/Runflow/api/attempt';
import type { Embed, Evaluation, EvaluationRequest } from '../../nodes/Runflow/api/types';
import type { Plan } from '../../nodes/Runflow/billing/types';
import { image, kinds, plan, run, shape } from './evaluation';

const REJECTED: ApiFailure = {
	...{ kind: 'answer', reaction: 'rejected', status: 422, isFromApi: true },
	purpose: { subject: 'Evaluations', isSubmit: true },
};
const BROKEN = {
	...{ fileName: 'a.png', mimeType: 'image/png', bytes: 1 },
	open: async () => await Promise.reject(new Error('gone')),
};
const FILE = { ...BROKEN, open: async () => await Promise.resolve(Buffer.from('1')) };
const UNREADABLE = {
	kind: 'failed',
	failure: { kind: 'file', purpose: { subject: 'Image file' } },
};

it('submits what is to be submitted, waits for all, and logs what was accepted', async () => {
	const found: Plan = { evaluationId: 'e-9', shape: shape() };
	const { outcomes, wasThere, asked, lines } = await run({ plans: [plan(1), found] });
	expect(outcomes.get(0)).toMatchObject({ kind: 'done', evaluation: { id: 'e-1.png' } });
	expect(outcomes.get(1)).toMatchObject({ kind: 'done', evaluation: { id: 'e-9' } });
	expect([...asked].sort()).toEqual(['get e-1.png', 'get e-9', 'submit e-1.png']);
	expect(wasThere).toEqual([false, false]);
	expect(lines).toEqual(["Runflow accepted evaluations: e-1.png (item 0) (execution 1 of 'Gate')"]);
});

it('asks for details where somebody wants them', async () => {
	const { asked } = await run({ plans: [plan(1, {}, ['judges']), plan(2)] });
	expect(asked.filter((each) => each.includes(' with '))).toEqual(['get e-1.png with judges']);
});

describe('a file that cannot be read', () => {
	const plans = [plan(0), plan(1, { image: BROKEN }), plan(2)];
	it('ends all before anything is submitted', async () => {
		const { outcomes, asked } = await run({ plans });
		expect([...outcomes.values()]).toMatchObject([UNREADABLE, UNREADABLE, UNREADABLE]);
		expect(asked).toEqual([]);
	});
	it('leaves the others alone where they go on', async () => {
		const { outcomes, asked } = await run({ plans, desk: { continues: true } });
		expect(kinds(outcomes)).toEqual(['done', 'failed', 'done']);
		expect(outcomes.get(1)).toMatchObject(UNREADABLE);
		expect(asked.filter((each) => each.startsWith('submit'))).toHaveLength(2);
	});
});

it('a limit that cannot be checked ends all', async () => {
	const { outcomes, asked } = await run({
		...{ plans: [plan(0), plan(1)], goal: { maximumCost: 1 } },
	});
	expect(kinds(outcomes)).toEqual(['refused', 'refused']);
	expect(asked).toEqual([]);
});

it.each(['0', '0.1'])(
	'a limit holds for what Runflow bills, too, where its list says %s',
	async (price) => {
		const store = {};
		const made: number[] = [];
		for (let round = 0; round < 9; round++) {
			const setting = { desk: { store, runIndex: round }, goal: { maximumCost: 2 }, price };
			const { asked } = await run({ plans: [plan(round)], found: { cost: '0.4' }, ...setting });
			made.push(asked.filter((each) => each.startsWith('submit')).length);
		}
		expect(made).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0]);
	},
);

it('one that is rejected ends the others, unless they go on', async () => {
	const answer = (body: EvaluationRequest): Attempt<Evaluation> =>
		body.generated_image_url === image(0)
			? { ok: false, failure: REJECTED }
			: { ok: true, value: { id: 'e-1.png', status_code: 'running' } };
	const found = { status_code: 'running' };
	const setting = { plans: [plan(0), plan(1)], answer, found, timeoutSeconds: 5 };
	const ended = await run(setting);
	expect(kinds(ended.outcomes)).toEqual(['failed', 'notAwaited']);
	expect(ended.lines.at(-1)).toBe('Runflow: not waited for any more: e-1.png (item 1)');
	const others = await run({ ...setting, desk: { continues: true } });
	expect(kinds(others.outcomes)).toEqual(['failed', 'timedOut']);
	expect(others.elapsed).toBeGreaterThan(4_900);
	expect(others.elapsed).toBeLessThan(7_000);
});

it('two questions that are answered with one evaluation have no verdict', async () => {
	const answer = () => ({ ok: true, value: { id: 'e-7', status_code: 'pending' } }) as const;
	const { outcomes } = await run({ plans: [plan(0), plan(1)], answer, desk: { continues: true } });
	const failure = { kind: 'unrelated', reaction: 'rejected' };
	const disputed = { kind: 'failed', id: 'e-7', failure };
	expect([...outcomes.values()]).toMatchObject([disputed, disputed]);
});

it('takes no verdict that carries another reference, with details or without', async () => {
	const facts = { task_type: 't', client_ref: 'mine' };
	for (const embed of [[], ['judges']] satisfies Embed[][]) {
		const plans = [plan(0, { facts }, embed)];
		const { outcomes } = await run({ plans, found: { client_ref: 'other' }, timeoutSeconds: 5 });
		expect(kinds(outcomes)).not.toContain('done');
	}
});

it('a look takes no longer than the time that is left', async () => {
	const setting = { plans: [plan(0, {}, ['judges'])], timeoutSeconds: 5 };
	const { limits } = await run({ ...setting, found: { status_code: 'running' } });
	expect(Math.min(...limits.map(Number))).toBeLessThan(2_500);
	const finished = await run(setting);
	expect(finished.asked.at(-1)).toBe('get e-0.png with judges');
	expect(finished.limits.map((each) => typeof each)).toEqual(
		finished.asked.slice(1).map(() => 'number'),
	);
});

it('nothing is submitted after Stop, however long its file took', async () => {
	const setting = { plans: [plan(0, { image: FILE })], uploadMs: 10_000 };
	const { outcomes, asked, later } = await run({ ...setting, stopAt: 5_000 });
	await later();
	expect(kinds(outcomes)).not.toContain('done');
	expect(asked).toEqual([]);
});

it('a submit with files has longer than one without', async () => {
	const { outcomes } = await run({
		...{ plans: [plan(0, { image: FILE })], uploadMs: 15 * 60_000, timeoutSeconds: 3_600 },
	});
	expect(kinds(outcomes)).toEqual(['done']);
});
