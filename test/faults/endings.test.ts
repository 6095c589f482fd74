/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';

import type { EmulatorOptions, RequestRecord } from '../../lab/emulator';
import { FAULT_KINDS } from '../../lab/faults/campaign';
import { evaluateAll } from '../../lab/faults/evaluateAll';
import { useEmulator } from '../../lab/scenario/useEmulator';

const REFS = Array.from({ length: 60 }, (_, row) => `row-${row}`);

const emulator = useEmulator({
	latency: { distribution: 'uniform', minMs: 400, maxMs: 900 },
	inFlightCap: 20,
});

function existingIds(): string[] {
	return emulator.evaluations.map(({ id }) => id);
}

/** Resolves when so many evaluations exist. */
async function submitted(count: number): Promise<void> {
	while (emulator.evaluations.length < count) await sleep(5);
}

// Other work on the machine may take the second that the node is given.
jest.retryTimes(2);

describe('Stop', () => {
	it.each([
		['while it submits', {}, 5],
		['while it waits', { latency: 'manual' as const }, 20],
		['while requests hang', { faults: { rate: 1, kinds: ['slow' as const] } }, 12],
		['amid faults', { faults: { rate: 0.2, kinds: FAULT_KINDS } }, 15],
		['in an outage', { latency: 'manual' as const }, 20],
	])('%s: the execution ends within a second, no request follows', async (when, options, count) => {
		emulator.configure(options);
		let stoppedAt = 0;
		const run = await evaluateAll(emulator.url, REFS, {
			onStart: ({ cancel }) => {
				void submitted(count)
					.then(async () => {
						if (when === 'in an outage') emulator.options.faults = OUTAGE;
						await sleep(when.startsWith('while it') ? 300 : 1_500);
					})
					.then(() => {
						stoppedAt = performance.now();
						cancel();
					});
			},
		});
		const endedAfterMs = performance.now() - stoppedAt;
		expect(run.status).toBe('canceled');
		expect(endedAfterMs).toBeLessThan(1_000);
		await sleep(2_500);
		// A submit on its way is paid when it arrives, so it is heard to its end.
		const isOnItsWay = ({ at, method }: RequestRecord) =>
			method === 'POST' && at < stoppedAt + ON_ITS_WAY_MS;
		const later = emulator.requests.filter(({ at }) => at > stoppedAt);
		expect(later.filter((request) => !isOnItsWay(request))).toEqual([]);
	});

	const ON_ITS_WAY_MS = 250;

	const OUTAGE: EmulatorOptions['faults'] = { rate: 1, kinds: ['dropBefore'] };
});

describe('a hard failure in the middle', () => {
	it('an empty balance: nothing more is submitted, the error names what exists', async () => {
		emulator.configure({ balance: '12.000000' });
		const { error } = await evaluateAll(emulator.url, REFS);
		expect(error).toMatchObject({
			httpCode: '402',
			message: 'The Runflow balance is too low for this evaluation',
		});
		expect(emulator.evaluations.length).toBeGreaterThanOrEqual(30);
		for (const id of existingIds()) expect(error?.description).toContain(id);
		const requests = emulator.requests.length;
		await sleep(1_000);
		expect(emulator.requests).toHaveLength(requests);
	});

	it('a key that is revoked: all that waits ends at once', async () => {
		emulator.configure({ latency: 'manual' });
		const running = evaluateAll(emulator.url, REFS);
		await submitted(20);
		emulator.options.keys = [];
		const revokedAt = performance.now();
		const { error } = await running;
		expect(error).toMatchObject({
			httpCode: '401',
			message: 'Runflow did not accept the API key',
		});
		for (const id of existingIds()) expect(error?.description).toContain(id);
		expect(performance.now() - revokedAt).toBeLessThan(5_000);
	});

	it('a rejected row: what is being sent is settled first, lost answers too', async () => {
		emulator.configure({ latency: 'manual', lengthCaps: { client_ref: 6 } });
		emulator.failNext('dropAfter', { method: 'POST', count: 5 });
		const refs = REFS.map((ref, row) => (row === 6 ? 'far-too-long' : ref));
		const { error } = await evaluateAll(emulator.url, refs);
		expect(error).toMatchObject({ httpCode: '422', context: { itemIndex: 6 } });
		expect(existingIds().length).toBeGreaterThan(5);
		expect(existingIds().length).toBeLessThan(25);
		for (const id of existingIds()) expect(error?.description).toContain(id);
	});

	it('Retry On Fail goes on where it ended, and bills nothing again', async () => {
		emulator.configure({ balance: '12.000000' });
		const { outputs, error } = await evaluateAll(emulator.url, REFS, {
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1_500,
			onStart: () => {
				void submitted(30)
					.then(async () => await sleep(700))
					.then(() => (emulator.options.balance = '50.000000'));
			},
		});
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ json }) => json.client_ref)).toEqual(REFS);
		expect(outputs[0]?.every(({ json }) => json.verdict !== 'no_verdict')).toBe(true);
		expect(emulator.ledger()).toMatchObject({ submitted: 60, billed: 60, billedTwice: [] });
	});
});
