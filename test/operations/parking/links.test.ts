import { NodeConnectionTypes } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import { resumeByWebhook, runWorkflow, RUNFLOW_NODE, RUNFLOW_VERSION } from '../../../lab/engine';
import { callBack, idsByRow, park, PASSED } from '../../../lab/scenario/parked';
import { useEmulator } from '../../../lab/scenario/useEmulator';

const emulator = useEmulator({ latency: 'manual', callbackRetryDelaysMs: [] });

const NOT_PASSED = { overall_passed: false, weighted_pass_rate: 0.3 };

it('splits by verdict after a callback', async () => {
	const parked = await park(emulator, 5, { splitByVerdict: true }, { pairedCheck: false });
	const ids = idsByRow(emulator);
	const outcomes = [PASSED, NOT_PASSED, { failure_code: 'invalid_media' }, PASSED, NOT_PASSED];
	for (const [row, id] of ids.entries()) emulator.settle(id, outcomes[row]);
	const { resumed } = await callBack(parked, ids[4] ?? '');
	const refs = resumed?.after.map((items) => items.map(({ json }) => json.client_ref));
	expect(refs).toEqual([['row-2'], ['row-1', 'row-4'], ['row-0', 'row-3']]);
});

it.each([
	['passed', PASSED, 2],
	['not passed', NOT_PASSED, 1],
])(
	'tells no row where several %s: n8n says that it does not know',
	async (_name, outcome, output) => {
		const parked = await park(emulator, 3, { splitByVerdict: true });
		for (const id of idsByRow(emulator)) emulator.settle(id, outcome);
		const { resumed, run } = await callBack(parked, '');
		expect([resumed?.outputs[output]?.length, resumed?.origins[output]]).toEqual([3, []]);
		expect(run?.run.data.resultData.error?.message).toContain('get data for expression');
	},
);

it('links split items of No Verdict to their rows where n8n can, and never to a wrong row', async () => {
	const unreadable = await park(emulator, 3, { splitByVerdict: true });
	for (const id of idsByRow(emulator)) emulator.settle(id, { failure_code: 'invalid_media' });
	const { resumed } = await callBack(unreadable, '');
	expect(resumed?.origins[0]?.map(({ row }) => row)).toEqual([0, 1, 2]);

	emulator.reset();
	emulator.options.seed = 2;
	const mixed = await park(emulator, 2, { splitByVerdict: true });
	const ids = idsByRow(emulator);
	emulator.settle(ids[0] ?? '', PASSED);
	emulator.settle(ids[1] ?? '', { failure_code: 'invalid_media' });
	const second = await callBack(mixed, '');
	expect(second.resumed?.outputs[0]?.map(({ json }) => json.client_ref)).toEqual(['row-1']);
	expect(second.resumed?.origins[0]).toEqual([]);
	expect(second.run?.run.data.resultData.error?.message).toContain('get data for expression');
});

it('links a single item to its row whatever its verdict', async () => {
	const parked = await park(emulator, 1, { splitByVerdict: true });
	const [id = ''] = idsByRow(emulator);
	emulator.settle(id, PASSED);
	const { resumed } = await callBack(parked, id);
	expect(resumed?.outputs.map((items) => items.length)).toEqual([0, 0, 1]);
	expect(resumed?.origins[2]).toEqual([expect.objectContaining({ row: 0 })]);
});

it.each(['It\'s "1"', 'a }} b', '{{ x }}', 'line\u2028end', 'line\u2029end', '\\u0041', '🙂 $&'])(
	'resumes a node named %j',
	async (name) => {
		const run = await runWorkflow({
			nodes: [start, runflow(name)],
			connections: { Start: to(name) },
			credentials: { runflowApi: { baseUrl: emulator.url, apiKey: 'rf_live_full' } },
		});
		const [{ id, body } = { id: '', body: undefined }] = emulator.evaluations;
		emulator.settle(id, PASSED);
		const url = String(body?.callback_url);
		const { run: resumed, logged } = await resumeByWebhook(run, { url, rawBody: '{}' });
		expect(logged).toEqual([]);
		expect(resumed?.node(name).outputs[0]?.map(({ json }) => json.verdict)).toEqual(['passed']);
	},
);

describe('two parked nodes in one workflow', () => {
	it('have one address: a late callback of the first is a hint for the second, which looks itself', async () => {
		const first = await runWorkflow({
			nodes: [start, runflow("It's first"), runflow('Second "node"')],
			connections: { Start: to("It's first"), "It's first": to('Second "node"') },
			credentials: { runflowApi: { baseUrl: emulator.url, apiKey: 'rf_live_full' } },
		});
		const [one] = emulator.evaluations;
		emulator.settle(one?.id ?? '', PASSED);
		const url = String(one?.body.callback_url);
		const { run: second } = await resumeByWebhook(first, { url, rawBody: '{}' });
		if (second === undefined) throw new Error('The first node did not resume');
		expect(second.status).toBe('waiting');

		const rawBody = JSON.stringify({ id: one?.id, overall_passed: true });
		const stray = await resumeByWebhook(second, { url, rawBody });
		expect([stray.response.status, stray.run]).toEqual([200, undefined]);
		const [, two] = emulator.evaluations;
		emulator.settle(two?.id ?? '', PASSED);
		const last = await resumeByWebhook(second, {
			url: String(two?.body.callback_url),
			rawBody: '{}',
		});
		expect(last.run?.status).toBe('success');
		expect(last.run?.node('Second "node"').outputs[0]?.[0]?.json.client_ref).toBe('Second "node"');
	});
});

const parameters = (clientRef: string) => ({
	resource: 'evaluation',
	operation: 'submitAndWait',
	options: { waitMode: 'callback' },
	generatedImageUrl: 'https://images.example.com/1.png',
	taskType: 'headshot',
	additionalFields: { clientRef },
});
const runflow = (name: string): INode => ({
	id: `id-${name}`,
	name,
	type: RUNFLOW_NODE,
	typeVersion: RUNFLOW_VERSION,
	position: [0, 0],
	parameters: parameters(name),
	credentials: { runflowApi: { id: '1', name: 'Runflow' } },
});
const start: INode = {
	...{ id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 },
	...{ position: [0, 0], parameters: {} },
};
const to = (node: string) => ({ main: [[{ node, type: NodeConnectionTypes.Main, index: 0 }]] });
