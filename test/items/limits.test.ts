/** @jest-environment-options {"speed": 10} */
import type { INode, INodeParameters } from 'n8n-workflow';

import { nodeRun, retryFailed, runWorkflow } from '../../lab/engine';
import type { WorkflowRun } from '../../lab/engine';
import { jsonOf, operate, rows } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

const PRICE = 0.4;
const AGAIN: INode = {
	id: 'Again',
	name: 'Again',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const emulator = useEmulator({ latency: { distribution: 'fixed', minMs: 20 } });

/** As many credits as so many evaluations cost. */
function judgeWithin(evaluations: number, more: INodeParameters = {}): INodeParameters {
	const additionalFields = { maximumCost: evaluations * PRICE, ...more };
	return { operation: 'submitAndWait', additionalFields };
}

/** One execution in which the node runs twice on the same rows, as in a loop. */
async function twoRounds(parameters: INodeParameters, count: number): Promise<WorkflowRun> {
	const { options } = await operate(emulator, parameters, []);
	const to = (node: string) => ({ node, type: 'main' as const, index: 0 });
	return await runWorkflow({
		...options,
		executionId: undefined,
		nodes: [...options.nodes, AGAIN],
		connections: {
			...options.connections,
			Start: { main: [[to('Runflow'), to('Again')]] },
			Again: { main: [[to('Runflow')]] },
		},
		input: rows(count),
	});
}

it('Maximum Cost holds for all rounds of a loop together, and for a retry', async () => {
	const run = await twoRounds(judgeWithin(5), 3);
	expect(emulator.evaluations).toHaveLength(3);
	const { error } = nodeRun(run);
	expect(error).toMatchObject({
		message: "The evaluations would cost more than 'Maximum Cost'",
		description: expect.stringContaining(
			'3 evaluations cost 1.20 credits (0.40 credits each), this execution has cost 1.20 credits before, and the limit is 2.00 credits. Nothing more was submitted',
		),
	});
	const again = nodeRun(await retryFailed(run));
	expect(again.error?.description).toContain('has cost 1.20 credits before');
	expect(emulator.evaluations).toHaveLength(3);
});

it('Maximum Cost lets two rounds pass that cost no more', async () => {
	const run = await twoRounds(judgeWithin(6), 3);
	expect(run.status).toBe('success');
	expect(emulator.ledger()).toMatchObject({ submitted: 6, billed: 6 });
});

it('rows that share an evaluation cost it once, in the limit and in the line below', async () => {
	const same = rows(3).map((row) => ({ json: { ...row.json, row: 0, url: rows(1)[0]?.json.url } }));
	const run = await operate(emulator, judgeWithin(1, { idempotencyKey: 'SKU-1' }), same);
	expect(jsonOf(run.after[0])).toHaveLength(3);
	expect(emulator.ledger()).toMatchObject({ submitted: 1, billed: 1 });
	expect(run.hints[0]?.message).toContain('3 evaluations in');
	expect(run.hints[0]?.message).toContain('0.40 credits');
});

it.each([-3_600_000, 3_600_000])(
	"what this execution pays is told by Runflow's clock, which is %i ms ahead of n8n's",
	async (clockAheadMs) => {
		emulator.configure({ clockAheadMs, submitAnswer: 'full' });
		const additionalFields = { evaluateAgain: 'onChange' };
		const judge = async () =>
			await operate(emulator, { operation: 'submitAndWait', additionalFields }, rows(2));
		const first = await judge();
		expect(first.hints[0]?.message).toContain('0.80 credits');
		expect(first.hints[0]?.message).not.toContain('before');
		for (const record of emulator.evaluations) record.submittedWallMs -= 600_000;
		const second = await judge();
		expect(second.hints[0]?.message).toContain('2 were judged before and not billed again');
		expect(emulator.evaluations).toHaveLength(2);
	},
);

it('a verdict that comes with the first answer is paid for, and counts', async () => {
	emulator.options.latency = { distribution: 'fixed', minMs: 0 };
	const run = await twoRounds(judgeWithin(1), 1);
	expect(nodeRun(run).error?.message).toBe("The evaluations would cost more than 'Maximum Cost'");
	expect(emulator.evaluations).toHaveLength(1);
});

it('of a job class that is listed twice the higher price counts', async () => {
	const [standard] = emulator.options.jobClasses;
	if (standard)
		emulator.options.jobClasses.push({ ...standard, price: '0.100000', is_active: false });
	const run = await operate(emulator, judgeWithin(1), rows(3));
	expect(run.error?.description).toContain('3 evaluations cost 1.20 credits');
	expect(emulator.evaluations).toHaveLength(0);
});

it('an evaluation of an earlier round is no answer to another image', async () => {
	emulator.options.onRequest = ({ method }) => {
		const [first] = emulator.evaluations;
		if (method !== 'POST' || first === undefined) return;
		const body = { id: first.id, status_code: 'pending', client_ref: null };
		const path = { method: 'POST', pathPrefix: '/v1/evaluations' };
		emulator.options.forcedAnswers = [{ ...path, status: 202, body }];
	};
	const run = await twoRounds(
		{
			operation: 'submitAndWait',
			generatedImageUrl: '=https://images.example.com/{{ $runIndex }}.png',
		},
		1,
	);
	expect(nodeRun(run).error?.message).toBe('Runflow answered about another evaluation');
}, 60_000);

it('Maximum Cost that differs between rows is refused: it is one limit for all of them', async () => {
	const limitOf = (maximumCost: string) => ({
		...judgeWithin(1),
		additionalFields: { maximumCost },
	});
	const run = await operate(emulator, limitOf('={{ $json.row === 2 ? 1 : 50 }}'), rows(3));
	expect(run.error).toMatchObject({
		message: "'Maximum Cost' is not the same for all items",
		description: expect.stringMatching(/^It is 50 for the first and 1 for another/),
	});
	expect(emulator.evaluations).toHaveLength(0);
	const same = await operate(emulator, limitOf('={{ $json.row >= 0 ? 50 : 1 }}'), rows(3));
	expect(same.after[0]).toHaveLength(3);
});
