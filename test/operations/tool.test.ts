/** @jest-environment-options {"speed": 10} */
import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import sharp from 'sharp';

import { asAgentTool } from '../../lab/engine';
import type { Tool } from '../../lab/engine';
import { itemWith, photo } from '../../lab/scenario/photos';
import { useEmulator } from '../../lab/scenario/useEmulator';

const emulator = useEmulator();

const FROM_AI = (key: string, description: string) => `={{ $fromAI('${key}', '${description}') }}`;

async function tool(
	operation: string,
	parameters: INodeParameters = {},
	nodeSettings: Partial<INode> = {},
	agentInput?: INodeExecutionData[],
): Promise<Tool> {
	return await asAgentTool({
		nodeSettings,
		agentInput,
		parameters: { resource: 'evaluation', operation, ...parameters },
		credentials: { runflowApi: { baseUrl: emulator.url, apiKey: 'rf_live_full' } },
	});
}

const SUBMIT = {
	generatedImageUrl: FROM_AI('url', 'Address of the image'),
	taskType: FROM_AI('task_type', 'What kind of image it is'),
	additionalFields: { generationPrompt: FROM_AI('prompt', 'The prompt of the image') },
};
const IMAGE = { url: 'https://images.example.com/a.png', task_type: 'headshot', prompt: 'A face' };
const ID = { evaluationId: FROM_AI('id', 'ID of the evaluation') };

/** What the agent's model reads: the items of the answer. */
function itemsOf(answer: string): Array<Record<string, unknown>> {
	const parsed: Record<string, unknown> | Array<Record<string, unknown>> = JSON.parse(answer);
	return Array.isArray(parsed) ? parsed : [parsed];
}

async function submitted(): Promise<string> {
	const submit = await tool('submit', SUBMIT);
	return String(itemsOf(await submit.invoke(IMAGE))[0]?.id);
}

it.each(['poll', 'callback'])(
	'gives an agent the verdict on an image, whatever the wait mode (%s)',
	async (waitMode) => {
		const judge = await tool('submitAndWait', {
			...SUBMIT,
			options: { waitMode },
			splitByVerdict: true,
		});
		expect(Object.keys(judge.arguments).sort()).toEqual(['prompt', 'task_type', 'url']);
		const answer = await judge.invoke(IMAGE);
		expect(itemsOf(answer)).toEqual([
			expect.objectContaining({ verdict: expect.stringMatching(/passed$/), cost: '0.400000' }),
		]);
		expect(answer.length).toBeLessThan(1_500);
	},
);

it('bills each call of an agent once, though they share an execution', async () => {
	const judge = await tool('submitAndWait', SUBMIT);
	await judge.invoke(IMAGE);
	await judge.invoke({ ...IMAGE, url: 'https://images.example.com/b.png' });
	expect(emulator.ledger()).toMatchObject({ submitted: 2, billed: 2, billedTwice: [] });
});

it('has an image judged that was made again under the same address in the same chat', async () => {
	const verdicts = [false, true];
	emulator.options.outcome = () => ({ overall_passed: verdicts.shift() });
	const judge = await tool('submitAndWait', SUBMIT);
	expect(itemsOf(await judge.invoke(IMAGE))[0]?.verdict).toBe('not_passed');
	expect(itemsOf(await judge.invoke(IMAGE))[0]?.verdict).toBe('passed');
	expect(emulator.evaluations).toHaveLength(2);
});

it('tells files of one name and size apart by their content', async () => {
	const gradient = await photo();
	const files = [gradient, await sharp(gradient).negate().png().toBuffer()];
	const size = Math.max(...files.map(({ length }) => length));
	const [first, second] = files.map((file) =>
		itemWith(Buffer.concat([file, Buffer.alloc(size - file.length)]), { mimeType: 'image/png' }),
	);
	const item: INodeExecutionData = { json: {}, ...first };
	const image = { imageSource: 'binary', binaryPropertyName: '={{ $input.item.binary.data }}' };
	const judge = await tool('submitAndWait', { ...SUBMIT, ...image }, {}, [item]);
	const refusal = { method: 'POST', pathPrefix: '/v1/evaluations', status: 400, count: 1 };
	emulator.options.forcedAnswers = [refusal];
	for (const [outcome, each] of [
		[expect.objectContaining({ error: expect.anything() }), first],
		[expect.objectContaining({ status_code: 'completed' }), second],
	]) {
		Object.assign(item, each);
		expect(itemsOf(await judge.invoke(IMAGE))).toEqual([outcome]);
	}
	const submits = emulator.requests.filter(({ path }) => path === '/v1/evaluations');
	expect(new Set(submits.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
});

it('bills a call once that n8n repeats, though n8n counts each try as a run of its own', async () => {
	emulator.options.forcedAnswers = [
		{ method: 'GET', pathPrefix: '/v1/evaluations/', status: 400, count: 1 },
	];
	const judge = await tool('submitAndWait', SUBMIT, { retryOnFail: true, waitBetweenTries: 1 });
	expect(itemsOf(await judge.invoke(IMAGE))[0]).toMatchObject({ status_code: 'completed' });
	expect(emulator.ledger()).toMatchObject({ submitted: 1, billed: 1, billedTwice: [] });
});

it('lets an agent read, await and rate an evaluation', async () => {
	const id = await submitted();
	const wait = await tool('wait', ID);
	expect(itemsOf(await wait.invoke({ id }))[0]).toMatchObject({ id, status_code: 'completed' });
	const get = await tool('get', ID);
	expect(itemsOf(await get.invoke({ id }))[0]).toMatchObject({ id, status_code: 'completed' });
	const rate = await tool('sendFeedback', {
		...ID,
		feedback: 'negative',
		reason: FROM_AI('why', 'Why'),
	});
	await rate.invoke({ id, why: 'The logo is fine' });
	expect(emulator.evaluation(id)?.feedback).toEqual({
		isPositive: false,
		reason: 'The logo is fine',
	});
});

it('tells an agent what evaluations cost', async () => {
	const list = await tool('listJobClasses');
	expect(itemsOf(await list.invoke({}))).toContainEqual(
		expect.objectContaining({ code: 'standard', price: '0.400000' }),
	);
});

it.each([
	[
		{ ...IMAGE, url: 'http://images.example.com/a.png' },
		"'Generated Image URL' is not an address that Runflow can read",
	],
	[{ ...IMAGE, task_type: '' }, "'Task Type' is empty"],
])('answers a bad call with what happened and what to do', async (args, sentence) => {
	const judge = await tool('submitAndWait', SUBMIT);
	const answer = await judge.invoke(args);
	expect(itemsOf(answer)).toEqual([{ error: sentence, message: expect.stringMatching(/\w{3}/) }]);
	expect(answer.length).toBeLessThan(400);
	expect(emulator.requests).toEqual([]);
});

it('tells an agent how to ask later for a verdict that is late, instead of paying again', async () => {
	emulator.options.latency = 'manual';
	const judge = await tool('submitAndWait', { ...SUBMIT, options: { timeoutSeconds: 1 } });
	const [late] = itemsOf(await judge.invoke(IMAGE));
	const [{ id } = { id: '' }] = emulator.evaluations;
	expect(late).toEqual({
		error: 'The evaluation was not finished within 1 second',
		message: expect.stringMatching(`Get.*instead of submitting again.*${id}`),
		details: { evaluation_id: id },
	});
	emulator.settle(id);
	const get = await tool('get', ID);
	expect(itemsOf(await get.invoke({ id }))[0]).toMatchObject({ id, status_code: 'completed' });
	expect(emulator.ledger()).toMatchObject({ submitted: 1, billed: 1 });
});

it('tells an agent of a setting that cannot work, and of what Runflow refuses', async () => {
	const impatient = await tool('submitAndWait', { ...SUBMIT, options: { timeoutSeconds: -1 } });
	expect(itemsOf(await impatient.invoke(IMAGE))[0]?.error).toMatch(/'Timeout \(Seconds\)'/);
	emulator.options.forcedAnswers = [{ pathPrefix: '/v1/evaluations', status: 402 }];
	const judge = await tool('submitAndWait', SUBMIT);
	expect(itemsOf(await judge.invoke(IMAGE))[0]).toMatchObject({
		error: expect.stringContaining('balance'),
		message: expect.stringContaining('Top up'),
		details: { http_status: 402 },
	});
});
