/** @jest-environment-options {"speed": 10} */
import { nodeRun, recordLogs, retryFromStart } from '../../lab/engine';
import { jsonOf, operate, rows } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

const JUDGE = { operation: 'submitAndWait' };
const COUNT = 3;

const emulator = useEmulator({ latency: { distribution: 'fixed', minMs: 20 } });
let lines: string[];

beforeEach(() => {
	lines = [];
	recordLogs(lines);
});

/** The API refuses the next submits without saying why. */
function refuse(count: number): void {
	const body = { code: 'CONFLICT', message: 'Conflict.', errors: null };
	const pathPrefix = '/v1/evaluations';
	const headers = { 'retry-after': '0' };
	const refusal = { method: 'POST', pathPrefix, status: 409, body, headers, count };
	emulator.options.forcedAnswers = [refusal];
}

it.each(['poll', 'callback'])(
	'after a crash nothing is billed again: what cannot be asked for again is told (%s)',
	async (waitMode) => {
		const parameters = { ...JUDGE, options: { waitMode } };
		const crashed = await operate(emulator, parameters, rows(COUNT), { mode: 'trigger' });
		const ids = emulator.evaluations.map(({ id }) => id);
		expect(ids).toHaveLength(COUNT);
		const again = nodeRun(await retryFromStart(crashed));
		expect(again.error?.httpCode).toBe(waitMode === 'callback' ? '409' : undefined);
		expect(emulator.evaluations).toHaveLength(COUNT);
		for (const { id } of emulator.evaluations) expect(lines.join('\n')).toContain(id);
	},
	60_000,
);

it('a refusal of a key whose answer was lost is waited for: nothing is billed twice', async () => {
	emulator.failNext('dropAfter', { method: 'POST' });
	emulator.options.onRequest = ({ method, fault }) => {
		if (method === 'POST' && fault === 'dropAfter') refuse(4);
	};
	const parameters = { ...JUDGE, additionalFields: { idempotencyKey: 'SKU-1' } };
	const run = await operate(emulator, parameters, rows(1));
	expect(run.error).toBeUndefined();
	expect(jsonOf(run.after[0])).toEqual([expect.objectContaining({ status_code: 'completed' })]);
	expect(emulator.ledger()).toMatchObject({ submitted: 1, billed: 1 });
}, 60_000);

it('an accepted evaluation with another reference is not believed, and its id is in the log once', async () => {
	const id = '6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11';
	const body = { id, status_code: 'pending', client_ref: 'ROW-0' };
	emulator.options.forcedAnswers = [
		{ method: 'POST', pathPrefix: '/v1/evaluations', status: 202, body },
	];
	const run = await operate(emulator, { ...JUDGE, options: { timeoutSeconds: 2 } }, rows(1));
	expect(run.error?.message).toBe('Runflow answered about another evaluation');
	expect(run.error?.description).toContain(id);
	expect(run.error?.description).toContain('do not bill it again');
	const accepted = lines.filter((line) => line.includes('accepted evaluations'));
	expect(accepted.join('\n').split(id)).toHaveLength(2);
});

/** The first answer to a submit is lost; what repeats it is refused. */
function loseThenRefuse(status: number, bodyOf: (id: string) => object): void {
	emulator.failNext('dropAfter', { method: 'POST' });
	emulator.options.onRequest = ({ method, fault }) => {
		if (method !== 'POST' || fault !== 'dropAfter') return;
		const body = JSON.stringify(bodyOf(emulator.evaluations[0]?.id ?? ''));
		const headers = { 'content-type': 'application/json', 'retry-after': '0' };
		const refusal = { method: 'POST', pathPrefix: '/v1/evaluations', status, body, headers };
		emulator.options.forcedAnswers = [refusal];
	};
}

it.each([
	['flat', (id: string) => ({ code: 'DUPLICATE', evaluation_id: id })],
	['in an envelope', (id: string) => ({ message: 'Duplicate', evaluation: { id } })],
])('a refusal that names the evaluation of a lost answer leads to it (%s)', async (_, bodyOf) => {
	loseThenRefuse(409, bodyOf);
	const parameters = { ...JUDGE, additionalFields: { idempotencyKey: 'SKU-1' } };
	const run = await operate(emulator, parameters, rows(1));
	expect(jsonOf(run.after[0])).toMatchObject([{ status_code: 'completed' }]);
	expect(run.hints[0]?.message).toContain('0.40 credits');
	expect(emulator.ledger()).toMatchObject({ submitted: 1, billed: 1 });
});

/** With an accent of its own, and blanks around. */
const UNTIDY = {
	additionalFields: {
		clientRef: '= Caf\u0065\u0301 {{ $json.row }} ',
		taskDescription: '= Caf\u0065\u0301 at night ',
	},
};

it.each(['short', 'full'] as const)(
	'a reference that comes back trimmed, its accents composed, is the same (%s)',
	async (submitAnswer) => {
		emulator.configure({ textEcho: 'tidied', submitAnswer });
		const run = await operate(emulator, { ...JUDGE, ...UNTIDY }, rows(COUNT));
		expect(run.error).toBeUndefined();
		expect(jsonOf(run.after[0]).map(({ status_code }) => status_code)).toEqual(
			Array.from({ length: COUNT }, () => 'completed'),
		);
	},
);

it('so it is where a refusal names the evaluation of a lost answer', async () => {
	emulator.options.textEcho = 'tidied';
	loseThenRefuse(409, (id) => ({ code: 'DUPLICATE', evaluation_id: id }));
	const run = await operate(emulator, { ...JUDGE, ...UNTIDY }, rows(1));
	expect(jsonOf(run.after[0])).toMatchObject([{ status_code: 'completed' }]);
	expect(emulator.ledger()).toMatchObject({ submitted: 1, billed: 1 });
});

it.each([422, 402, 401])(
	'a %i after a lost answer does not say that nothing was billed',
	async (status) => {
		loseThenRefuse(status, () => ({ code: 'NO', message: 'No.' }));
		const run = await operate(emulator, JUDGE, rows(1));
		expect(run.error?.description).not.toContain('Nothing was billed');
		expect(run.error?.description).toContain('An earlier attempt had no usable answer');
		expect(emulator.ledger()).toMatchObject({ submitted: 1 });
	},
);

it('an evaluation of this very execution is not asked anew, whatever its times say', async () => {
	const id = '6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11';
	const failed = { id, status_code: 'failed', failure_code: 'processing_failed' };
	const body = { ...failed, submitted_at: '2020-01-01T00:00:00Z' };
	emulator.options.forcedAnswers = [{ pathPrefix: '/v1/evaluations', status: 200, body }];
	const run = await operate(emulator, JUDGE, rows(1));
	expect(jsonOf(run.after[0])).toMatchObject([{ id, verdict: 'no_verdict' }]);
	expect(emulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});
