/** @jest-environment-options {"speed": 10} */
import { nodeRun, recordLogs, retryFromStart, retryFailed } from '../../lab/engine';
import type { NodeRun, RunNodeOptions, WorkflowRun } from '../../lab/engine';
import { jsonOf, operate, rows } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

const JUDGE = { operation: 'submitAndWait' };
const COUNT = 8;
const BEHAVIOURS = [409, 'replay', 'ignore'] as const;

const emulator = useEmulator({ latency: { distribution: 'fixed', minMs: 20 } });
let lines: string[];

beforeEach(() => {
	lines = [];
	recordLogs(lines);
});

/** The balance pays for so many. */
function payFor(count: number): void {
	emulator.options.balance = (count * 0.4).toFixed(6);
}

/** Items whose verdict is not that of the evaluation of their own image. */
function wrong(run: NodeRun, images = COUNT): string[] {
	const items = jsonOf(run.after[0]);
	const mistaken = items.filter(({ id, verdict, generated_image_url: url, client_ref }, row) => {
		const record = emulator.evaluation(String(id));
		const expected = record?.outcome?.overall_passed ? 'passed' : 'not_passed';
		const isOwn = client_ref === undefined || (record?.clientRef ?? '') === client_ref;
		return record?.body.generated_image_url !== url || verdict !== expected || !isOwn || row < 0;
	});
	const missing = images - items.length;
	return [...mistaken.map(({ id }) => String(id)), ...Array.from({ length: missing }, () => '-')];
}

async function retry(failed: WorkflowRun): Promise<NodeRun> {
	return nodeRun(await retryFailed(failed));
}

describe.each(BEHAVIOURS)(
	'an API that answers a known key with another body by: %s',
	(behaviour) => {
		beforeEach(() => (emulator.options.idempotencyConflictStatus = behaviour));

		it('Retry in the list after an empty balance: nothing billed again, all verdicts', async () => {
			payFor(2);
			const failed = await operate(emulator, JUDGE, rows(COUNT));
			expect(failed.error?.httpCode).toBe('402');
			const existing = emulator.evaluations.length;
			payFor(20);
			const again = await retry(failed);
			expect(wrong(again)).toEqual([]);
			expect(existing).toBeGreaterThan(0);
			expect(emulator.ledger()).toMatchObject({ submitted: COUNT, billed: COUNT, billedTwice: [] });
		});

		it('Retry with the saved workflow, one row corrected: only that one is new', async () => {
			emulator.options.lengthCaps = { client_ref: 6 };
			const items = rows(COUNT);
			const bad = items.map((item, row) =>
				row === 3 ? { json: { ...item.json, ref: 'far-too-long' } } : item,
			);
			const additionalFields = { clientRef: '={{ $json.ref ?? "row-" + $json.row }}' };
			const failed = await operate(emulator, { ...JUDGE, additionalFields }, bad);
			expect(failed.error?.httpCode).toBe('422');
			const nodes = failed.options.nodes.map((node) =>
				node.name === 'Runflow'
					? {
							...node,
							parameters: {
								...node.parameters,
								additionalFields: { clientRef: '=row-{{ $json.row }}' },
							},
						}
					: node,
			);
			const stored = failed.run.data.executionData?.nodeExecutionStack[0];
			const parameters = nodes.find(({ name }) => name === 'Runflow')?.parameters;
			if (stored && parameters) stored.node.parameters = parameters;
			const again = nodeRun(await retryFailed(failed, { nodes }));
			expect(wrong(again)).toEqual([]);
			expect(emulator.ledger()).toMatchObject({ submitted: COUNT, billedTwice: [] });
		});

		it('Retry On Fail with the time in a field: no conflict, and the ids of the first try are named', async () => {
			payFor(2);
			emulator.options.inFlightCap = 3;
			const taskDescription = '={{ "judged at " + $now.toMillis() }}';
			const parameters = { ...JUDGE, additionalFields: { taskDescription } };
			const retryOnFail = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
			const failed = await operate(emulator, parameters, rows(COUNT), retryOnFail);
			expect(failed.error?.message).toMatch(/balance/);
			expect(emulator.requests.filter(({ status }) => status === 409)).toEqual([]);
			for (const { id } of emulator.evaluations) expect(lines.join('\n')).toContain(id);
		});

		it('a crash, then Retry from the trigger over fewer rows: nothing billed again', async () => {
			const crashed = await operate(emulator, JUDGE, rows(COUNT), CRASH);
			const left = rows(COUNT).slice(3);
			const again = nodeRun(await retryFromStart(crashed, { input: left }));
			expect(wrong(again, left.length)).toEqual([]);
			expect(emulator.ledger()).toMatchObject({ submitted: COUNT, billedTwice: [] });
		});

		it("a second execution with the user's key: the same is billed once, another image anew", async () => {
			const additionalFields = { idempotencyKey: 'SKU-1' };
			const first = await operate(emulator, { ...JUDGE, additionalFields }, rows(2));
			for (const record of emulator.evaluations) record.submittedWallMs -= 5_000;
			const second = await operate(emulator, { ...JUDGE, additionalFields }, rows(3));
			expect(wrong(first, 2)).toEqual([]);
			expect(wrong(second, 3)).toEqual([]);
			expect(emulator.ledger()).toMatchObject({ submitted: 3, billed: 3 });
			expect(second.hints[0]?.message).toContain('2 were judged before and not billed again');
		});

		it('a loop that makes the image anew under one address has every image judged', async () => {
			const results = ['bad', 'bad', 'good'];
			emulator.options.outcome = () => ({ overall_passed: results.shift() === 'good' });
			const run = await operate(emulator, JUDGE, [
				{ json: { url: IMAGE } },
				{ json: { url: IMAGE } },
			]);
			expect(new Set(jsonOf(run.after[0]).map(({ id }) => id)).size).toBe(2);
		});
	},
);

const IMAGE = 'https://images.example.com/same.png';
const CRASH: RunNodeOptions = { mode: 'trigger' };

it('two n8n with one encryption key and one execution id share no key', async () => {
	const twin = { executionId: '1' };
	await operate(emulator, JUDGE, rows(1), twin);
	await operate(emulator, JUDGE, rows(1), twin);
	expect(emulator.evaluations).toHaveLength(2);
});

it('Only When Something Changed: later executions pay for what is new, and a failure is asked anew', async () => {
	const parameters = { ...JUDGE, additionalFields: { evaluateAgain: 'onChange' } };
	emulator.options.outcome = ({ generated_image_url: url }) =>
		url.endsWith('/1.png') ? { failure_code: 'processing_failed' } : { overall_passed: true };
	await operate(emulator, parameters, rows(3));
	for (const record of emulator.evaluations) record.submittedWallMs -= 3_600_000;
	emulator.options.outcome = null;
	const second = await operate(emulator, parameters, rows(4));
	expect(emulator.evaluations).toHaveLength(5);
	expect(jsonOf(second.after[0]).map(({ verdict }) => verdict)).not.toContain('no_verdict');
});

it('Maximum Cost is checked before the first submit', async () => {
	const additionalFields = { maximumCost: 3 };
	const refused = await operate(emulator, { ...JUDGE, additionalFields }, rows(COUNT));
	expect(refused.error).toMatchObject({
		message: "The evaluations would cost more than 'Maximum Cost'",
		description: expect.stringContaining(
			'8 evaluations cost 3.20 credits (0.40 credits each), and the limit is 3.00 credits',
		),
	});
	expect(emulator.evaluations).toHaveLength(0);
	const allowed = await operate(
		emulator,
		{ ...JUDGE, additionalFields: { maximumCost: 3.2 } },
		rows(COUNT),
	);
	expect(allowed.status).toBe('success');
	emulator.options.jobClasses = [];
	const unknown = await operate(emulator, { ...JUDGE, additionalFields }, rows(1));
	expect(unknown.error?.message).toContain('The price is not known');
});

it('an answer about another evaluation is not believed', async () => {
	emulator.options.faults = { rate: 0.5, kinds: ['otherEvaluation'] };
	const run = await operate(emulator, JUDGE, rows(COUNT));
	expect(wrong(run)).toEqual([]);
});

it('ids in another case and accepted answers without a status lose nothing', async () => {
	emulator.configure({ upperCaseIds: true, submitAnswer: 'idOnly' });
	const run = await operate(emulator, JUDGE, rows(COUNT));
	expect(jsonOf(run.after[0]).map(({ verdict }) => verdict)).not.toContain('no_verdict');
	expect(emulator.ledger()).toMatchObject({ submitted: COUNT, billedTwice: [] });
});

it('accepted ids stand in the log, a few to a line; a stop names those that are open in one', async () => {
	emulator.options.latency = 'manual';
	const run = await operate(emulator, { ...JUDGE, options: { timeoutSeconds: 1 } }, rows(COUNT));
	expect(run.status).toBe('error');
	const accepted = lines.filter((line) => line.includes('accepted'));
	const open = lines.filter((line) => line.includes('not waited for'));
	expect(accepted.length).toBeLessThan(COUNT / 2);
	expect(open).toHaveLength(1);
	for (const { id } of emulator.evaluations) {
		expect(accepted.join()).toContain(id);
		expect(open.join()).toContain(id);
	}
});

it('two images answered with one id: neither has its verdict', async () => {
	const body = {
		id: '6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11',
		status_code: 'completed',
		overall_passed: true,
	};
	emulator.options.forcedAnswers = [{ pathPrefix: '/v1/evaluations', status: 200, body }];
	const run = await operate(emulator, JUDGE, rows(2), { onError: 'continueRegularOutput' });
	expect(jsonOf(run.after[0]).map(({ error }) => error)).toEqual([
		'Runflow answered about another evaluation',
		'Runflow answered about another evaluation',
	]);
});

it('a key in progress is tried again and ends nothing', async () => {
	emulator.options.idempotencyInProgressMs = 2_000;
	emulator.failNext('dropAfter', { method: 'POST' });
	const run = await operate(emulator, JUDGE, rows(2));
	expect(wrong(run, 2)).toEqual([]);
	expect(emulator.ledger()).toMatchObject({ submitted: 2 });
});
