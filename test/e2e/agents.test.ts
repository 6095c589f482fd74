import { BLURRED, imageUrl } from '../../lab/n8n/exampleRows';
import { MCP_TOKEN, startExampleSession, type ExampleSession } from '../../lab/n8n/exampleSession';
import { outputOf, waitForExecution } from '../../lab/n8n/executions';
import { McpClient } from '../../lab/n8n/mcp';
import { readString } from '../../lab/n8n/read';
import { report } from '../../lab/n8n/webhookRuns';
import {
	activateWorkflow,
	deactivateWorkflow,
	findNode,
	writeInChat,
} from '../../lab/n8n/workflows';

const EXAMPLE = 'ai-agent-image-check.json';

let session: ExampleSession;

beforeAll(async () => {
	session = await startExampleSession();
});

afterAll(async () => {
	await session?.end();
});

beforeEach(() => {
	session.emulator.reset();
	session.emulator.options.forcedAnswers = [];
	session.emulator.options.outcome = null;
	session.standIns.openAi.toolAnswers.length = 0;
});

/** Before version 3 n8n runs an agent's tools itself and takes only models of OpenAI's older API. */
const BEFORE_3 = {
	'"typeVersion": 3.1': '"typeVersion": 2.2',
	'"builtInTools": {}': '"responsesApiEnabled": false',
};

/** Asks the agent about images; what it answers. */
async function ask(
	version: number,
	changes: Record<string, string> = {},
	images = [imageUrl('vase')],
): Promise<string> {
	const workflow = await session.importExample(EXAMPLE, {
		...(version < 3 ? BEFORE_3 : {}),
		...changes,
	});
	expect(findNode(workflow, 'Image Assistant').typeVersion).toBe(version);
	const question = `May I publish ${images.join(' , ')} ?`;
	const id = await writeInChat(session.client, workflow, 'Chat', question);
	const execution = await waitForExecution(session.client, id);
	return readString(outputOf(execution, 'Image Assistant')[0] ?? {}, 'output');
}

it('answers in plain words, and pays once for an image that it is asked about again', async () => {
	session.emulator.options.latency = { distribution: 'fixed', minMs: 50 };
	session.emulator.options.outcome = { [imageUrl('vase')]: BLURRED };
	const no = "No, please don't publish this image. Its score is 0.4. Blurred; Too dark.";
	expect([await ask(3.1), await ask(3.1)]).toEqual([no, no]);
	expect(session.emulator.ledger()).toMatchObject({ submitted: 1, billedTwice: [] });
});

describe.each([3.1, 2.2])('an agent of version %s', (version) => {
	it('hears what went wrong and what to do', async () => {
		const refused = { method: 'POST', pathPrefix: '/v1/evaluations', status: 402 };
		session.emulator.options.forcedAnswers = [refused];
		expect(await ask(version)).toMatch(/could not be judged.*balance is too low.*Top up/);
	});

	it('asks later for a verdict that is late, and does not pay again', async () => {
		session.emulator.options.latency = { distribution: 'fixed', minMs: 1_200 };
		session.emulator.options.outcome = { [imageUrl('vase')]: { overall_passed: true } };
		const short = { '"timeoutSeconds": 120': '"timeoutSeconds": 1' };
		expect(await ask(version, short)).toMatch(/publish this image/);
		const [late, found] = session.standIns.openAi.toolAnswers;
		const [{ id } = { id: '' }] = session.emulator.evaluations;
		expect(late).toMatch(/not finished within 1 second.*Get/);
		expect(late).toContain(`"evaluation_id":"${id}"`);
		expect(found).toContain('"verdict"');
		expect(session.emulator.ledger()).toMatchObject({ submitted: 1, billedTwice: [] });
	});

	it('spends no more than Maximum Cost on six images that it asks about at once', async () => {
		session.emulator.options.latency = { distribution: 'fixed', minMs: 500 };
		const limited = {
			'"evaluateAgain": "onChange"': '"evaluateAgain": "always"',
			'"maximumCost": 2': '"maximumCost": 0.8',
		};
		const images = Array.from({ length: 6 }, (_, index) => imageUrl(`at-once-${index}`));
		await ask(version, limited, images);
		const { submitted, total, billedTwice } = session.emulator.ledger();
		expect([submitted, total, billedTwice]).toEqual([2, '0.800000', []]);
		report(`an agent of version ${version}, six images, Maximum Cost 0.8: ${submitted} submitted`);
	});
});

it('mcp-image-check.json: an assistant that asks twice about an image pays once', async () => {
	const { client, emulator, n8n } = session;
	emulator.options.latency = { distribution: 'fixed', minMs: 50 };
	emulator.options.outcome = { [imageUrl('vase')]: BLURRED };
	const workflow = await session.importExample('mcp-image-check.json');
	await activateWorkflow(client, workflow);
	const url = `${n8n.url}/mcp/runflow-image-check`;
	const assistant = new McpClient(url, MCP_TOKEN);
	await assistant.connect();
	await expect(new McpClient(url, 'a stranger').connect()).rejects.toThrow(/40[13]/);
	const tools = await assistant.toolNames();
	const judge = tools.find((name) => name.startsWith('Judge')) ?? '';
	const values = { image_url: imageUrl('vase'), task_type: 'product_photography' };
	const answers = [await assistant.call(judge, values), await assistant.call(judge, values)];
	for (const answer of answers) expect(answer).toContain('not_passed');
	expect(emulator.ledger()).toMatchObject({ submitted: 1, total: '0.400000', billedTwice: [] });
	await deactivateWorkflow(client, workflow);
});
