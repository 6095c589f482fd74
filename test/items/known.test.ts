/** @jest-environment-options {"speed": 10} */
import { nodeRun, retryFailed, runWorkflow } from '../../lab/engine';
import type { RunOptions, WorkflowRun } from '../../lab/engine';
import { jsonOf, operate, rows } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

const JUDGE = { operation: 'submitAndWait' };
const COUNT = 4;

const emulator = useEmulator({ latency: { distribution: 'fixed', minMs: 20 } });

/** A batch whose balance ends after two rows; `changes` to the node before it is tried again. */
async function halfPaid(changes: { additionalFields?: object; retryOnFail?: boolean } = {}) {
	const { inFlightCap } = emulator.options;
	emulator.configure({ balance: '0.800000', inFlightCap: 1 });
	const failed = await operate(emulator, JUDGE, rows(COUNT));
	expect(failed.error?.httpCode).toBe('402');
	emulator.configure({ balance: '80.000000', inFlightCap });
	const { additionalFields, ...settings } = changes;
	const stored = failed.run.data.executionData?.nodeExecutionStack[0];
	if (stored === undefined) throw new Error('Nothing to try again');
	const given = Object(stored.node.parameters.additionalFields);
	stored.node.parameters.additionalFields = { ...given, ...additionalFields };
	Object.assign(stored.node, settings);
	const nodes = failed.options.nodes.map((node) =>
		node.name === stored.node.name ? stored.node : node,
	);
	return { failed, nodes, ids: emulator.evaluations.map(({ id }) => id) };
}

it('a retry that ends before it reads them names the evaluations of the first try', async () => {
	const { failed, nodes, ids } = await halfPaid({ additionalFields: { maximumCost: 0.1 } });
	const again = nodeRun(await retryFailed(failed, { nodes }));
	expect(again.error?.message).toContain("'Maximum Cost'");
	expect(ids).toHaveLength(2);
	for (const id of ids) expect(again.error?.description).toContain(id);
});

it('a page in the place of what is known to exist ends nothing and is not submitted again', async () => {
	const { failed } = await halfPaid();
	emulator.options.idempotencyConflictStatus = 'ignore';
	for (const status of [405, 405]) {
		emulator.options.forcedAnswers.push({
			method: 'GET',
			pathPrefix: '/v1/evaluations/',
			status,
			body: '<html>Blocked</html>',
			count: 1,
		});
	}
	const again = nodeRun(await retryFailed(failed));
	expect(jsonOf(again.after[0])).toHaveLength(COUNT);
	expect(emulator.ledger()).toMatchObject({ submitted: COUNT, billed: COUNT });
});

it('one that is known to exist and cannot be read for a while ends nothing', async () => {
	const { failed, ids } = await halfPaid();
	const faults = { method: 'GET', pathPrefix: `/v1/evaluations/${ids[0]}`, status: 503, count: 6 };
	emulator.options.forcedAnswers = [{ ...faults, headers: { 'retry-after': '0' } }];
	const again = nodeRun(await retryFailed(failed));
	expect(again.error).toBeUndefined();
	expect(jsonOf(again.after[0]).map(({ verdict }) => verdict)).not.toContain('no_verdict');
	expect(emulator.ledger()).toMatchObject({ submitted: COUNT, billed: COUNT });
});

it('what is read later is held against its row all the same', async () => {
	emulator.options.outcome = { 'row-0': { overall_passed: false } };
	const { failed, ids } = await halfPaid();
	const look = { method: 'GET', pathPrefix: `/v1/evaluations/${ids[0]}` };
	const verdict = { id: ids[0], status_code: 'completed', overall_passed: true };
	emulator.options.forcedAnswers = [
		{ ...look, status: 503, count: 3, headers: { 'retry-after': '0' } },
		{ ...look, status: 200, count: 1, body: { ...verdict, client_ref: 'row-1' } },
	];
	const again = nodeRun(await retryFailed(failed));
	expect(jsonOf(again.after[0])[0]).toMatchObject({ verdict: 'not_passed', client_ref: 'row-0' });
});

it('what an earlier execution paid is told from what this one pays, also when it tries again', async () => {
	const { failed, nodes } = await halfPaid({ retryOnFail: true });
	emulator.options.forcedAnswers = [
		{ method: 'POST', pathPrefix: '/v1/evaluations', status: 422, body: { code: 'NO' }, count: 1 },
	];
	const again = nodeRun(await retryFailed(failed, { nodes }));
	expect(again.hints[0]?.message).toContain('2 were judged before and not billed again');
});

it('what failed and is asked anew without success does not exist already', async () => {
	emulator.options.latency = 'manual';
	const failed = await operate(emulator, { ...JUDGE, options: { timeoutSeconds: 1 } }, rows(1));
	const [{ id } = { id: '' }] = emulator.evaluations;
	emulator.settle(id, { status_code: 'failed', failure_code: 'processing_failed' });
	emulator.options.balance = '0.100000';
	const again = nodeRun(await retryFailed(failed));
	expect(again.error?.httpCode).toBe('402');
	expect(again.error?.description).not.toContain(id);
});

it('two nodes that an import gave one id ask for an evaluation each', async () => {
	const first = await operate(emulator, JUDGE, rows(1));
	const second = await runWorkflow(withCopyBehind(first));
	expect(second.run.data.resultData.error).toBeUndefined();
	expect(emulator.evaluations).toHaveLength(3);
});

function withCopyBehind({ options }: WorkflowRun): RunOptions {
	const copied = options.nodes.find(({ name }) => name === 'Runflow');
	if (copied === undefined) throw new Error('No node to copy');
	const parameters = {
		...copied.parameters,
		generatedImageUrl: '={{ $json.generated_image_url }}',
		additionalFields: { clientRef: '={{ $json.client_ref }}' },
	};
	const nodes = options.nodes.map((node) =>
		node.name === 'After 0' ? { ...copied, name: 'After 0', parameters } : node,
	);
	return { ...options, executionId: undefined, resume: undefined, nodes };
}
