/** @jest-environment-options {"speed": 10} */
import { sleep } from 'n8n-workflow';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import sharp from 'sharp';

import { nodeRun, recordLogs, retryFailed, retryFromStart } from '../../lab/engine';
import { jsonOf, operate, rows } from '../../lab/scenario/evaluate';
import { itemWith, photo } from '../../lab/scenario/photos';
import { useEmulator } from '../../lab/scenario/useEmulator';

const FILES = { operation: 'submitAndWait', imageSource: 'binary' };
const ADDRESSES = { operation: 'submitAndWait' };
const ON_CHANGE = { evaluateAgain: 'onChange' };

const emulator = useEmulator({ latency: { distribution: 'fixed', minMs: 20 } });
let files: INodeExecutionData[];
let lines: string[];

beforeAll(async () => {
	const picture = await photo();
	const made = [1, 2, 3].map(
		async (size) =>
			await sharp(picture)
				.resize(size * 100)
				.png()
				.toBuffer(),
	);
	files = (await Promise.all(made)).map((content) => itemWith(content));
});

beforeEach(() => {
	lines = [];
	recordLogs(lines);
});

const conflicts = () => emulator.requests.filter(({ status }) => status === 409);

it.each(['kept', 'confirmed', 'expired'])(
	'files are billed once after a crash and Retry (upload session: %s)',
	async (session) => {
		if (session === 'confirmed') emulator.options.repeatedConfirmation = 'conflict';
		const crashed = await operate(emulator, FILES, files, { mode: 'trigger' });
		expect(emulator.ledger()).toMatchObject({ submitted: 3 });
		if (session === 'expired') emulator.expireUploads();
		const again = nodeRun(await retryFromStart(crashed));
		expect(again.error).toBeUndefined();
		expect(emulator.ledger()).toMatchObject({ submitted: 3, billed: 3 });
		expect(jsonOf(again.after[0]).map(({ verdict }) => verdict)).not.toContain('no_verdict');
	},
);

it('Only When Something Changed knows files in a second execution, of any name', async () => {
	const parameters = { ...FILES, additionalFields: ON_CHANGE };
	await operate(emulator, parameters, files);
	for (const record of emulator.evaluations) record.submittedWallMs -= 60_000;
	const renamed = files.map((item, row) => {
		const { data } = item.binary ?? {};
		return { ...item, binary: data && { data: { ...data, fileName: `tonight-${row}.png` } } };
	});
	const second = await operate(emulator, parameters, renamed);
	expect(emulator.ledger()).toMatchObject({ submitted: 3, billed: 3 });
	expect(second.hints[0]?.message).toContain('3 were judged before and not billed again');
	expect(conflicts()).toEqual([]);
});

it('where uploads make another asset, a shared key is left at once: evaluated anew, and the log says so', async () => {
	emulator.options.assetUploadKeys = 'ignored';
	const parameters = { ...FILES, additionalFields: ON_CHANGE };
	await operate(emulator, parameters, files.slice(0, 1));
	await operate(emulator, parameters, files.slice(0, 1));
	expect(emulator.evaluations).toHaveLength(2);
	expect(conflicts()).toHaveLength(1);
	expect(lines.filter((line) => line.includes('is evaluated anew'))).toHaveLength(1);
});

it('Callback and list Retry: what was lost is asked for under the callback URL of the first try', async () => {
	const parameters: INodeParameters = { ...ADDRESSES, options: { waitMode: 'callback' } };
	emulator.options.nextFaults = [{ kind: 'dropAfter', method: 'POST', count: 1 }];
	emulator.options.forcedAnswers = [];
	emulator.options.onRequest = ({ fault }) => {
		if (fault !== 'dropAfter') return;
		const refusal = { method: 'POST', pathPrefix: '/v1/evaluations', status: 402 };
		emulator.options.forcedAnswers = [refusal];
	};
	const failed = await operate(emulator, parameters, rows(2), { mode: 'trigger' });
	expect(failed.error?.httpCode).toBe('402');
	emulator.configure({ forcedAnswers: [], onRequest: null });
	const again = nodeRun(await retryFailed(failed));
	expect(again.error).toBeUndefined();
	expect(emulator.ledger()).toMatchObject({ submitted: 2 });
	expect(conflicts()).toEqual([]);
});

it('second night, a limit: 5 known rows cost nothing, and the new one fits', async () => {
	const parameters = { ...ADDRESSES, additionalFields: { ...ON_CHANGE, maximumCost: 2 } };
	await operate(emulator, parameters, rows(5));
	for (const record of emulator.evaluations) record.submittedWallMs -= 3_600_000;
	const second = await operate(emulator, parameters, rows(6));
	expect(second.error).toBeUndefined();
	expect(emulator.evaluations).toHaveLength(6);
});

it('what no longer fits is left and named, and Retry goes on with a higher limit', async () => {
	const parameters = { ...ADDRESSES, additionalFields: { ...ON_CHANGE, maximumCost: 0.8 } };
	const failed = await operate(emulator, parameters, rows(4));
	expect(failed.error?.message).toBe("The evaluations would cost more than 'Maximum Cost'");
	expect(failed.error?.description).toContain('2 are left');
	expect(emulator.evaluations).toHaveLength(2);
	const stored = failed.run.data.executionData?.nodeExecutionStack[0];
	Object.assign(Object(stored?.node.parameters.additionalFields), { maximumCost: 2 });
	const again = nodeRun(await retryFailed(failed));
	expect(again.error).toBeUndefined();
	expect(emulator.evaluations).toHaveLength(4);
});

it('a known evaluation that answers 404 or 403 is not submitted again', async () => {
	const lookAt = { method: 'GET', pathPrefix: '/v1/evaluations/' };
	const forbidden = { code: 'PERMISSION_DENIED', message: 'No.' };
	emulator.options.forcedAnswers = [{ ...lookAt, status: 403, body: forbidden }];
	const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const run = await operate(emulator, ADDRESSES, rows(2), retry);
	expect(run.error?.httpCode).toBe('403');
	for (const { id } of emulator.evaluations) expect(run.error?.description).toContain(id);
	emulator.options.forcedAnswers = [];
	expect(emulator.ledger()).toMatchObject({ submitted: 2 });
});

it('Stop ends the node, and the answer of a submit on its way is heard and logged', async () => {
	emulator.options.answerDelayMs = 1_500;
	const stop: { cancel?: () => void } = {};
	const running = operate(emulator, ADDRESSES, rows(3), {
		onStart: (run) => void (stop.cancel = run.cancel),
	});
	await until(() => emulator.evaluations.length === 3);
	stop.cancel?.();
	const run = await running;
	expect(run.status).toBe('canceled');
	await until(() => lines.join().includes('accepted evaluations'));
	for (const { id } of emulator.evaluations) expect(lines.join()).toContain(id);
});

async function until(isDone: () => boolean): Promise<void> {
	while (!isDone()) await sleep(1);
}
