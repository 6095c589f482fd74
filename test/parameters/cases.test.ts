/** @jest-environment-options {"speed": 10} */
import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { runNode } from '../../lab/engine';
import { shareEmulator } from '../../lab/scenario/useEmulator';
import cases from './cases.json';

interface Case {
	name: string;
	parameters: INodeParameters;
	items: INodeExecutionData[];
	onError?: INode['onError'];
	wanted: {
		/** Parts of the requests, in the order of the items; none by default. */
		sent?: object[];
		uploads?: number;
		/** The type that the last upload was declared with. */
		type?: string;
		refused?: { message: string; description: string; item: number };
		/** The one item in error, by n8n's number of the output. */
		errorItem?: { error: string; output: number };
	};
}

const emulator = shareEmulator();

beforeAll(() => {
	emulator.options.assetMimeTypes.push('image/heic');
});

afterEach(() => {
	emulator.reset();
});

const all: unknown = cases;

it.each(all as Case[])('$name', async ({ parameters, items, onError, wanted }) => {
	const node = { resource: 'evaluation', operation: 'submitAndWait', ...parameters };
	const options = { baseUrl: emulator.url, apiKey: 'rf_live_full', onError };
	const run = await runNode(node, items, options);
	const { sent = [], uploads = 0, refused, errorItem, type } = wanted;

	expect(emulator.evaluations.map(({ body }) => body)).toMatchObject(sent);
	const puts = emulator.requests.filter(({ method }) => method === 'PUT');
	expect(puts).toHaveLength(uploads);
	expect(emulator.ledger()).toMatchObject({ submitted: sent.length });
	if (refused) {
		const { message, description, context } = run.error ?? {};
		expect({ message, item: context?.itemIndex }).toEqual({
			message: refused.message,
			item: refused.item,
		});
		expect(description).toContain(refused.description);
		expect(emulator.requests).toEqual([]);
	} else {
		expect(run.error).toBeUndefined();
	}
	if (errorItem) {
		const { error, output } = errorItem;
		const errors = run.outputs.flatMap((found, at) =>
			(found ?? []).filter(({ json }) => 'error' in json).map(({ json }) => ({ at, json })),
		);
		expect(errors).toMatchObject([{ at: output, json: { error } }]);
	}
	if (type) expect(puts[0]?.headers['content-type']).toBe(type);
});
