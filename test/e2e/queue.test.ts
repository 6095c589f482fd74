import { RUNFLOW_VERSION } from '../../lab/engine/names';
import { describeUnless } from '../../lab/n8n/debian';
import { countExecutions, untilCount } from '../../lab/n8n/executionCounts';
import { listExecutions, retryExecution } from '../../lab/n8n/executions';
import { callSigned, holdBodies } from '../../lab/n8n/heldBodies';
import { startCluster, type Cluster } from '../../lab/n8n/queue/cluster';
import { reasonWithoutServices } from '../../lab/n8n/queue/services';
import {
	judgeNode,
	makeRows,
	postAll,
	postRows,
	publishWebhook,
	report,
	seconds,
	storeWorkflow,
	untilReached,
	webhookFile,
	webhookOf,
	type Published,
} from '../../lab/n8n/webhookRuns';
import { rowOfNodes, type NodeSketch } from '../../lab/n8n/workflowFile';
import { activateWorkflow, triggerWebhook } from '../../lab/n8n/workflows';

/** Nothing moves any more. */
const PATIENCE_MS = 180_000;
/** Much longer than any test takes while something moves. */
const LONG_MS = 900_000;
const AT_ONCE = 10;
/** Runflow tries again for five minutes: longer than a busy machine needs. */
const RETRY_DELAYS_MS = [500, 1_000, 2_000, ...Array.from({ length: 60 }, () => 5_000)];

let cluster: Cluster;

describeUnless(reasonWithoutServices(), 'queue mode with two workers', () => {
	beforeAll(async () => {
		cluster = await startCluster({ callbackRetryDelaysMs: RETRY_DELAYS_MS });
	}, 300_000);

	afterAll(async () => {
		await cluster?.end();
	}, 60_000);

	beforeEach(() => {
		cluster.emulator.options.latency = 'manual';
		cluster.emulator.options.callbackDuplicates = 1;
		cluster.emulator.reset();
	});

	it(
		'200 parked executions hold no worker, and the callbacks resume every one',
		async () => {
			const parked = await publish('parked', [judgeNode('callback')]);
			const other = await publish('other', []);
			const startedAt = Date.now();
			await postAll(parked.webhook, makeRows('parked', 200), AT_ONCE);
			await untilEach(parked, 'waiting', 200);
			report(`200 parked after ${seconds(startedAt)} s by 2 workers with 2 slots each`);

			const askedAt = Date.now();
			await postRows(other.webhook, makeRows('other', 1));
			await untilEach(other, 'success', 1);
			report(`another execution meanwhile took ${seconds(askedAt)} s`);

			const settledAt = Date.now();
			settleAll();
			await untilEach(parked, 'success', 200);
			report(`200 resumed and ended after ${seconds(settledAt)} s`);
			expect(cluster.emulator.ledger()).toMatchObject({
				submitted: 200,
				billed: 200,
				billedTwice: [],
			});
		},
		LONG_MS,
	);

	it(
		'strangers that hold their bodies silence no trigger of the webhook process',
		async () => {
			const extra = { webhookId: '0b5f2c1e-4d3a-4c8b-9e6f-7a8b9c0d1e3f' };
			const type = 'n8n-nodes-runflow.runflowTrigger';
			const trigger = { name: 'Verdict', type, typeVersion: RUNFLOW_VERSION, extra };
			const workflow = await storeWorkflow(cluster, rowOfNodes('held', [trigger]));
			const webhook = triggerWebhook(cluster.webhookUrl, workflow, 'Verdict', 'runflow');
			await activateWorkflow(cluster.client, workflow, [webhook]);
			const held = await holdBodies(webhook.url, 40);
			const { status, ms } = await callSigned(webhook.url);
			expect(status).toBe(404);
			report(`a genuine callback took ${ms.toFixed(0)} ms while 40 senders held their bodies`);
			await held.end();
		},
		LONG_MS,
	);

	it(
		'the trigger starts one execution for each verdict, though each is delivered three times',
		async () => {
			const { emulator, webhookUrl } = cluster;
			const trigger: NodeSketch = {
				name: 'Verdict',
				type: 'n8n-nodes-runflow.runflowTrigger',
				extra: { webhookId: '0b5f2c1e-4d3a-4c8b-9e6f-7a8b9c0d1e2f' },
			};
			const workflow = await storeWorkflow(cluster, rowOfNodes('React', [trigger]));
			const webhook = triggerWebhook(webhookUrl, workflow, 'Verdict', 'runflow');
			await activateWorkflow(cluster.client, workflow, [webhook]);

			emulator.configure({
				callbackDuplicates: 3,
				callbackDuplicatesConcurrent: true,
				latency: { distribution: 'uniform', minMs: 4_000, maxMs: 40_000 },
			});
			const submit = await publish('submit', [
				{
					...judgeNode('poll', {
						operation: 'submit',
						additionalFields: { clientRef: '={{ $json.ref }}', callbackUrl: webhook.url },
					}),
				},
			]);
			const startedAt = Date.now();
			await postRows(submit.webhook, makeRows('react', 100));
			const accepted = () => emulator.deliveries.filter(({ status }) => status === 200).length;
			await untilReached('accepted deliveries', accepted, 300, PATIENCE_MS);
			await untilEach({ workflow }, 'success', 100);
			report(
				`100 verdicts, 300 accepted of ${emulator.deliveries.length} deliveries: ${seconds(startedAt)} s`,
			);
			expect(await countExecutions(cluster.client, workflow.id)).toBe(100);
		},
		LONG_MS,
	);

	it(
		'kill -9 of a worker: nothing parked is lost; what it was polling a new run pays for no more',
		async () => {
			const { emulator, workers } = cluster;
			const parked = await publish('parked-kill', [judgeNode('callback')]);
			const fields = { evaluateAgain: 'onChange' };
			const polled = await publish('polled-kill', [judgeNode('poll', {}, fields)]);
			const lists = [0, 1, 2, 3].map((index) => makeRows(`polled-kill-${index}`, 10));
			await postAll(parked.webhook, makeRows('parked-kill', 40), AT_ONCE);
			await untilEach(parked, 'waiting', 40);
			await Promise.all(lists.map(async (rows) => await postRows(polled.webhook, rows)));
			await untilReached('evaluations', () => emulator.evaluations.length, 80, PATIENCE_MS);

			const killedAt = Date.now();
			await workers[0]?.kill();
			settleAll();
			await untilEach(parked, 'success', 40);
			report(`40 parked ended ${seconds(killedAt)} s after the kill`);
			const ended = async () => {
				const counts = await Promise.all(
					['success', 'crashed', 'error'].map((status) =>
						countExecutions(cluster.client, polled.workflow.id, status),
					),
				);
				polledCounts = counts;
				return counts.reduce((sum, count) => sum + count, 0);
			};
			let polledCounts: number[] = [];
			await untilReached('polled executions that ended', ended, 4, PATIENCE_MS);
			report(
				`polled: success, crashed, error = ${polledCounts.join(', ')}, ${seconds(killedAt)} s`,
			);
			for (const { id, status } of await listExecutions(cluster.client, polled.workflow.id)) {
				if (status === 'success') continue;
				const again = await retryExecution(cluster.client, id, false);
				report(`Retry of one that was ${status}: ${again.status}, ${again.error?.message}`);
			}
			await Promise.all(lists.map(async (rows) => await postRows(polled.webhook, rows)));
			await untilEach(polled, 'success', (polledCounts[0] ?? 0) + lists.length);
			const ledger = emulator.ledger();
			report(`Retry and a new run after a killed worker: ${ledger.submitted} submitted in all`);
			expect(ledger).toMatchObject({ submitted: 80, billed: 80, billedTwice: [] });
		},
		LONG_MS,
	);
});

async function publish(path: string, nodes: NodeSketch[]): Promise<Published> {
	return await publishWebhook(
		cluster,
		webhookOf(cluster.webhookUrl, path),
		webhookFile(path, nodes),
	);
}

async function untilEach(
	{ workflow }: Pick<Published, 'workflow'>,
	status: string,
	count: number,
): Promise<void> {
	await untilCount(cluster.client, workflow.id, status, count, PATIENCE_MS);
}

function settleAll(): void {
	for (const { id } of cluster.emulator.evaluations) cluster.emulator.settle(id);
}
