/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { listExamples, readExample } from '../../lab/n8n/exampleFiles';
import { startExampleSession, type ExampleSession } from '../../lab/n8n/exampleSession';
import { applies } from '../../lab/n8n/troubles/applies';
import { tryExample, type Result } from '../../lab/n8n/troubles/example';
import { writeSection } from '../../lab/n8n/troubles/page';
import { TROUBLES } from '../../lab/n8n/troubles/table';
import { report } from '../../lab/n8n/webhookRuns';

let session: ExampleSession;

beforeAll(async () => {
	session = await startExampleSession({ emulator: { balance: '100000' } });
});

afterAll(async () => {
	await session?.end();
});

describe.each(listExamples())('%s', (file) => {
	const json = JSON.stringify(readExample(file));
	const cells = Object.entries(TROUBLES).filter(([, trouble]) => applies(trouble, json));
	const results = new Map<string, Result>();

	afterAll(() => {
		const isWhole = results.size === cells.length;
		if (process.env.UPDATE_TABLE === '1' && isWhole) writeSection(file, results);
	});

	it.each(cells)('%s', async (name, trouble) => {
		const result = await tryExample(session, file, trouble, session.filesFolder);
		const { published, reported, billed, submitted, generated, faults, executions } = result;
		const ended = executions.map(({ status, error }) => error?.message ?? status).join(' ');
		report(
			`${file} | ${name} | published ${published} | reported ${reported} | submitted ${submitted} | billed ${billed} | generated ${generated} | ${ended}`,
		);
		expect(faults).toEqual([]);
		results.set(name, result);
	});
});
