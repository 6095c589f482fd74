/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageUrl } from '../../lab/n8n/exampleRows';
import { startExampleSession, type ExampleSession } from '../../lab/n8n/exampleSession';
import { outputOf, waitForExecution } from '../../lab/n8n/executions';
import { readString } from '../../lab/n8n/read';
import { writeInChat } from '../../lab/n8n/workflows';

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

/** Asks the agent about an image; what it answers. */
async function ask(timeoutSeconds = 120): Promise<string> {
	const workflow = await session.importExample(EXAMPLE, {
		'"timeoutSeconds": 120': `"timeoutSeconds": ${timeoutSeconds}`,
	});
	const question = `May I publish ${imageUrl('vase')} ?`;
	const id = await writeInChat(session.client, workflow, 'Chat', question);
	const execution = await waitForExecution(session.client, id);
	return readString(outputOf(execution, 'Image Assistant')[0] ?? {}, 'output');
}

/** Of versions before 3, which run tools in process, test/operations/tool.test.ts has the proof. */
describe('an agent of version 3', () => {
	it('hears what went wrong and what to do', async () => {
		session.emulator.options.forcedAnswers = [{ pathPrefix: '/v1/evaluations', status: 402 }];
		expect(await ask()).toMatch(/could not be judged.*balance is too low.*Top up/);
	});

	it('asks later for a verdict that is late, and does not pay again', async () => {
		session.emulator.options.latency = { distribution: 'fixed', minMs: 1_200 };
		session.emulator.options.outcome = { [imageUrl('vase')]: { overall_passed: true } };
		expect(await ask(1)).toMatch(/publish this image/);
		const [late, found] = session.standIns.openAi.toolAnswers;
		expect(late).toMatch(/not finished within 1 second.*Get/);
		expect(found).toContain('"verdict"');
		expect(session.emulator.ledger()).toMatchObject({ submitted: 1, billedTwice: [] });
	});
});
