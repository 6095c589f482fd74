/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listExamples } from '../../lab/n8n/exampleFiles';
import { startExampleSession, type ExampleSession } from '../../lab/n8n/exampleSession';
import { tryExample } from '../../lab/n8n/troubles/example';
import { TROUBLES } from '../../lab/n8n/troubles/table';
import { report } from '../../lab/n8n/webhookRuns';

let filesFolder: string;
let session: ExampleSession;

beforeAll(async () => {
	filesFolder = mkdtempSync(join(tmpdir(), 'runflow-files-'));
	session = await startExampleSession({ filesFolder, emulator: { balance: '100000' } });
});

afterAll(async () => {
	await session?.end();
	rmSync(filesFolder, { recursive: true, force: true });
});

/** Every example under every trouble. */
const CELLS = listExamples().flatMap((file) =>
	Object.entries(TROUBLES).map(([name, trouble]) => [file, name, trouble] as const),
);

it.each(CELLS)('%s: %s', async (file, name, trouble) => {
	const { published, reported, billed, submitted, generated, faults, executions } =
		await tryExample(session, file, trouble, filesFolder);
	const ended = executions.map(({ status, error }) => error?.message ?? status).join(' ');
	report(
		`${file} | ${name} | published ${published} | reported ${reported} | submitted ${submitted} | billed ${billed} | generated ${generated} | ${ended}`,
	);
	expect(faults).toEqual([]);
});
