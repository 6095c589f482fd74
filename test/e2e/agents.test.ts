/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageUrl } from '../../lab/n8n/exampleRows';
import { startExampleSession, type ExampleSession } from '../../lab/n8n/exampleSession';
import { outputOf, waitForExecution } from '../../lab/n8n/executions';
import { readString } from '../../lab/n8n/read';
import { findNode, writeInChat } from '../../lab/n8n/workflows';

const EXAMPLE = 'ai-agent-image-check.json';

let filesFolder: string;
let session: ExampleSession;

beforeAll(async () => {
	filesFolder = mkdtempSync(join(tmpdir(), 'runflow-files-'));
	session = await startExampleSession({ filesFolder });
});

afterAll(async () => {
	await session?.end();
	rmSync(filesFolder, { recursive: true, force: true });
});

beforeEach(() => {
	session.emulator.reset();
	session.emulator.options.forcedAnswers = [];
	session.standIns.openAi.toolAnswers.length = 0;
});

/** Before version 3 n8n runs an agent's tools itself and takes only models of OpenAI's older API. */
const BEFORE_3 = {
	'"typeVersion": 3.1': '"typeVersion": 2.2',
	'"builtInTools": {}': '"responsesApiEnabled": false',
};

/** Asks the agent about an image; what it answers. */
async function ask(version: number, timeoutSeconds = 120): Promise<string> {
	const workflow = await session.importExample(EXAMPLE, {
		...(version < 3 ? BEFORE_3 : {}),
		'"timeoutSeconds": 120': `"timeoutSeconds": ${timeoutSeconds}`,
	});
	expect(findNode(workflow, 'Image Assistant').typeVersion).toBe(version);
	const question = `May I publish ${imageUrl('vase')} ?`;
	const id = await writeInChat(session.client, workflow, 'Chat', question);
	const execution = await waitForExecution(session.client, id);
	return readString(outputOf(execution, 'Image Assistant')[0] ?? {}, 'output');
}

describe.each([3.1, 2.2])('an agent of version %s', (version) => {
	it('hears what went wrong and what to do', async () => {
		session.emulator.options.forcedAnswers = [{ pathPrefix: '/v1/evaluations', status: 402 }];
		expect(await ask(version)).toMatch(/could not be judged.*balance is too low.*Top up/);
	});

	it('asks later for a verdict that is late, and does not pay again', async () => {
		session.emulator.options.latency = { distribution: 'fixed', minMs: 1_200 };
		session.emulator.options.outcome = { [imageUrl('vase')]: { overall_passed: true } };
		expect(await ask(version, 1)).toMatch(/publish this image/);
		const [late, found] = session.standIns.openAi.toolAnswers;
		const [{ id } = { id: '' }] = session.emulator.evaluations;
		expect(late).toMatch(/not finished within 1 second.*Get/);
		expect(late).toContain(`"evaluation_id":"${id}"`);
		expect(found).toContain('"verdict"');
		expect(session.emulator.ledger()).toMatchObject({ submitted: 1, billedTwice: [] });
	});
});
