import { startEmulator } from '../../../lab/emulator';
import type { Emulator } from '../../../lab/emulator';
import { resumeByTimeout, resumeByWebhook, runWorkflowFile } from '../../../lab/engine';
import type { WorkflowRun } from '../../../lab/engine';
import { PASSED } from '../../../lab/scenario/parked';

const FILE = 'examples/batch-without-a-slot.json';
const NOT_PASSED = { overall_passed: false, weighted_pass_rate: 0.3 };

let emulator: Emulator;

beforeEach(async () => {
	emulator = await startEmulator({ latency: 'manual', callbackRetryDelaysMs: [] });
});

afterEach(async () => {
	await emulator.close();
});

async function parked(): Promise<WorkflowRun> {
	return await runWorkflowFile(FILE, {
		credentials: { runflowApi: { baseUrl: emulator.url, apiKey: 'rf_live_full' } },
		input: [1, 2, 3].map((row) => ({ json: { row } })),
	});
}

function arrived(run: WorkflowRun): Record<string, number> {
	const count = (name: string) =>
		(run.run.data.resultData.runData[name] ?? []).reduce(
			(sum, { data }) => sum + (data?.main?.[0]?.length ?? 0),
			0,
		);
	return { publish: count('Publish'), keepOut: count('Keep Out'), byHand: count('Manual Review') };
}

it('has the verdicts of what is finished when the time is up', async () => {
	const run = await parked();
	const [one, two] = emulator.evaluations;
	emulator.settle(one?.id ?? '', PASSED);
	emulator.settle(two?.id ?? '', NOT_PASSED);
	const late = await resumeByTimeout(run);
	expect(arrived(late)).toEqual({ publish: 1, keepOut: 1, byHand: 1 });
	expect(emulator.ledger()).toMatchObject({ submitted: 3, billedTwice: [] });
});

it('needs no second node when the callbacks come', async () => {
	const run = await parked();
	for (const { id } of emulator.evaluations) emulator.settle(id, PASSED);
	const { run: resumed } = await resumeByWebhook(run, { rawBody: '{}' });
	expect(resumed && arrived(resumed)).toEqual({ publish: 3, keepOut: 0, byHand: 0 });
});
