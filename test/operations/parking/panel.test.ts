import { NodeHelpers } from 'n8n-workflow';
import type { INode, INodeParameters, INodeProperties } from 'n8n-workflow';

import { park } from '../../../lab/scenario/parked';
import { operate, submitted, withIds } from '../../../lab/scenario/evaluate';
import { useEmulator } from '../../../lab/scenario/useEmulator';
import { Runflow } from '../../../nodes/Runflow/Runflow.node';

const { description } = new Runflow();

function shown(parameters: INodeParameters): string[] {
	const node: INode = {
		...{
			id: '1',
			name: 'Runflow',
			type: 'runflow',
			typeVersion: 1.1,
			position: [0, 0],
			parameters,
		},
	};
	const values = NodeHelpers.getNodeParameters(
		description.properties,
		{ resource: 'evaluation', ...parameters },
		true,
		false,
		node,
		description,
	);
	const isShown = (field: INodeProperties, among: INodeParameters, whole?: INodeParameters) =>
		NodeHelpers.displayParameter(among, field, node, description, whole);
	const inPanel = description.properties.filter((field) => isShown(field, values ?? {}));
	const options = inPanel.find(({ name }) => name === 'options')?.options ?? [];
	const chosen = (parameters.options ?? {}) as INodeParameters;
	const inOptions = options
		.filter((field): field is INodeProperties => 'type' in field)
		.filter((field) => isShown(field, chosen, values ?? {}));
	return [...inPanel, ...inOptions].map(({ name }) => name);
}

it('shows no field that does nothing in this mode, and what the mode needs', () => {
	const parked = shown({ operation: 'submitAndWait', options: { waitMode: 'callback' } });
	expect(parked).not.toContain('onTimeout');
	expect(parked).toEqual(expect.arrayContaining(['timeoutSeconds', 'callbackNotice']));
	const polled = shown({ operation: 'submitAndWait', options: { waitMode: 'poll' } });
	expect(polled).toContain('onTimeout');
	expect(polled).not.toContain('callbackNotice');
	const other = shown({ operation: 'wait', options: { waitMode: 'callback' } });
	expect(other).toContain('onTimeout');
	expect(other).not.toContain('callbackNotice');
});

describe('with an emulator', () => {
	const emulator = useEmulator({ latency: 'manual', callbackRetryDelaysMs: [] });

	it('Wait keeps its On Timeout when the node was set to callbacks before', async () => {
		const ids = await submitted(emulator, 'row-0');
		const options = { waitMode: 'callback', timeoutSeconds: 1, onTimeout: 'continue' };
		const items = withIds(ids);
		const late = await operate(emulator, { operation: 'wait', options }, items);
		expect(late.after[0]?.[0]?.json.verdict).toBe('no_verdict');
	});

	it.each([
		...['http://n8n:5678', 'https://n8n.lan', 'https://box.home.arpa', 'http://100.64.1.2'],
		...['http://169.254.1.1', 'http://[fe80::1]', 'http://[::ffff:127.0.0.1]', 'http://localhost.'],
		...['https://n8n.internal.', 'localhost:5678', 'n8n.example.com:5678'],
	])('refuses to spend money when n8n calls itself %s', async (instanceUrl) => {
		const remote = 'https://api.runflow.io';
		const run = await park(emulator, 2, {}, { baseUrl: remote, instanceUrl });
		expect(run.error?.message).toBe('Runflow cannot call this n8n back');
		expect(run.error?.description).toContain('The address of this n8n is');
		expect(run.error?.description).toContain('Nothing was submitted');
	});

	it('takes an address that was entered with a slash too many', async () => {
		const run = await park(emulator, 1, {}, { instanceUrl: 'https://n8n.example.com//x//' });
		const [evaluation] = emulator.evaluations;
		expect([run.status, evaluation?.body.callback_url]).toEqual([
			'waiting',
			expect.stringMatching(
				/^https:\/\/n8n\.example\.com\/x\/webhook-waiting\/\d+\/runflow-verdicts\?signature=\w+$/,
			),
		]);
	});

	it('spends nothing when the address of n8n lacks its scheme: n8n evaluates nothing then', async () => {
		const run = await park(emulator, 2, {}, { instanceUrl: 'n8n.example.com' });
		expect([run.status, emulator.requests]).toEqual(['error', []]);
	});
});
