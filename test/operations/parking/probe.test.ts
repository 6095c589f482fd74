/** @jest-environment-options {"speed": 10} */
import { ExecuteContext } from 'n8n-core';
import type { IExecuteData, INodeExecutionData } from 'n8n-workflow';

import { countRequests, park } from '../../../lab/scenario/parked';
import { useEmulator } from '../../../lab/scenario/useEmulator';
import { isStored } from '../../../nodes/Runflow/operations/parking/space';

const { prototype } = ExecuteContext;
const { getInputData, getExecuteData } = prototype;
const members = Object.fromEntries(
	(['putExecutionToWait', 'getExecuteData', 'setMetadata'] as const).map((member) => [
		...[member, { value: prototype[member], configurable: true, writable: true }],
	]),
);

const emulator = useEmulator({ latency: { distribution: 'fixed', minMs: 300 } });

afterEach(() => {
	jest.restoreAllMocks();
	Object.defineProperties(prototype, members);
});

const copies = (items: INodeExecutionData[]) => items.map((item) => ({ ...item }));

function copied(data: IExecuteData): IExecuteData {
	return { ...data, data: { main: (data.data.main ?? []).map((each) => each && copies(each)) } };
}

/** What a later n8n may do. */
const ENGINES: Array<[string, () => void]> = [
	[
		'gives copies of the items at each call',
		() => {
			jest.spyOn(prototype, 'getInputData').mockImplementation(function (this: ExecuteContext) {
				return copies(getInputData.call(this));
			});
		},
	],
	[
		'stores others than it gives',
		() => {
			jest.spyOn(prototype, 'getExecuteData').mockImplementation(function (this: ExecuteContext) {
				return copied(getExecuteData.call(this));
			});
		},
	],
	[
		'freezes the items',
		() => {
			jest.spyOn(prototype, 'getInputData').mockImplementation(function (this: ExecuteContext) {
				return getInputData.call(this).map((item) => Object.freeze(item));
			});
		},
	],
	[
		'freezes the list of what it stores',
		() => {
			jest.spyOn(prototype, 'getExecuteData').mockImplementation(function (this: ExecuteContext) {
				const data = getExecuteData.call(this);
				Object.freeze(data.data.main?.[0]);
				return data;
			});
		},
	],
	...Object.keys(members).map((member): (typeof ENGINES)[number] => [
		`lacks ${member}`,
		() => {
			Object.defineProperty(prototype, member, { value: undefined, configurable: true });
		},
	]),
];

describe.each([
	[{ splitByVerdict: false }, { executeOnce: false }],
	[{ splitByVerdict: true }, { executeOnce: true }],
])('with %j and %j', (parameters, node) => {
	it.each(ENGINES)('polls, and says so, where n8n %s', async (_what, patch) => {
		patch();
		const run = await park(emulator, 3, parameters, { node, onError: 'stopWorkflow' });
		expect([run.status, run.run.waitTill]).toEqual(['success', undefined]);
		const verdicts = run.after.flat().map(({ json }) => json.verdict);
		expect(verdicts).toHaveLength(node.executeOnce ? 1 : 3);
		expect(verdicts).not.toContain('no_verdict');
		expect(countRequests(emulator, 'POST')).toBe(verdicts.length);
		expect(run.hints.map(({ message }) => message).join()).toContain('this run polls');
	});
});

it('polls when n8n turns out not to have what was written, with what it has submitted', async () => {
	let stored: IExecuteData | undefined;
	jest.spyOn(prototype, 'getExecuteData').mockImplementation(function (this: ExecuteContext) {
		if (stored !== undefined) return stored;
		const data = getExecuteData.call(this);
		stored = copied(data);
		return data;
	});
	const run = await park(emulator, 3, { options: { includeInput: true } });
	expect([run.status, run.run.waitTill]).toEqual(['success', undefined]);
	expect(run.after[0]?.map(({ json }) => json.verdict)).not.toContain('no_verdict');
	expect(run.after[0]?.map(({ json }) => json.input)).toEqual([
		...[0, 1, 2].map((row) => expect.objectContaining({ row })),
	]);
	expect(countRequests(emulator, 'POST')).toBe(3);
});

it('polls in an evaluation of n8n, which does not wait for parked executions', async () => {
	const run = await park(emulator, 2, {}, { mode: 'evaluation' });
	expect([run.status, run.after[0]?.length, run.run.waitTill]).toEqual(['success', 2, undefined]);
	expect(run.after[0]?.map(({ json }) => json.verdict)).not.toContain('no_verdict');
});

it.each<[string, string, boolean]>([
	['of a row', '={{ $json.key || "rf_live_full" }}', true],
	["of another node's row", '={{ $("Start").item.json.row === 0 ? "rf_live_full" : "" }}', true],
	['that is the same everywhere', '={{ "rf_live_" + "full" }}', false],
])('with a credential that has an expression %s', async (_what, apiKey, polls) => {
	const run = await park(emulator, 1, {}, { credential: { apiKey } });
	expect([run.status, run.hints.join().length > 0]).toEqual(
		polls ? ['success', true] : ['waiting', false],
	);
});

it('takes nothing for stored that is not all there', () => {
	const [one, two] = [{ json: { a: 1 } }, { json: { a: 1 } }];
	const has = (seen: INodeExecutionData[], stored: INodeExecutionData[] | undefined) =>
		isStored(seen, stored, [one.json]);
	expect([has([one], [one]), has([one], [two]), has([two], [one])]).toEqual([true, false, false]);
	expect([has([one], [one, two]), has([one], undefined)]).toEqual([false, false]);
});
