/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import * as fc from 'fast-check';

import { Process, withVirtualGlobals } from '../../lab/histories/process';
import { VirtualTime } from '../../lab/simulation/virtualTime';
import { MOST_STANDSTILL_MS } from '../../nodes/Runflow/api/policy';
import { exchange } from '../../nodes/Runflow/exchange';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

interface Standstill {
	atMs: number;
	ms: number;
}

const REQUEST = {
	method: 'GET',
	url: 'https://api.runflow.io/v1/evaluations/e-1',
	headers: {},
	timeoutMs: 30 * SECOND,
	isAuthenticated: true,
} as const;

/** What came of a request of 30 s, and when, where the answer comes so late and the process stands still. */
async function ask(answerAfterMs: number, standstills: Standstill[]) {
	const time = new VirtualTime();
	const process = new Process(time);
	const restore = withVirtualGlobals(time);
	const timers = (call: () => void, ms = 0) => void process.sleep(ms).then(call);
	Object.assign(globalThis, { setTimeout: timers });
	for (const { atMs, ms } of standstills) time.at(atMs, () => process.stall(ms));
	const send = async () => {
		await process.sleep(answerAfterMs, 'socket');
		return { statusCode: 200, headers: {}, body: 'the answer' };
	};
	try {
		const answer = exchange(REQUEST, undefined, send).then(
			({ text }) => text,
			(error: Error & { code?: string }) => error.code,
		);
		return { came: await time.during(answer), atMs: time.elapsed() };
	} finally {
		restore();
	}
}

it.each([
	['an answer in time', 29 * SECOND, 0, ['the answer', 29]],
	['no answer in time', 31 * SECOND, 0, ['ETIMEDOUT', 30]],
	['one that came while the process stood still', 20 * SECOND, 5 * MINUTE, ['the answer', 305]],
	[
		'one after a standstill, within the time lived',
		5 * MINUTE + 20 * SECOND,
		5 * MINUTE,
		['the answer', 320],
	],
	['none within the time lived', 20 * MINUTE, 5 * MINUTE, ['ETIMEDOUT', 329]],
	['an answer that lay there when a day was over', 20 * SECOND, 24 * HOUR, ['the answer', 86_405]],
	['none when a day was over', 30 * HOUR, 24 * HOUR, ['ETIMEDOUT', 86_405]],
])('%s', async (_, answerAfterMs, ms, expected) => {
	const { came, atMs } = await ask(answerAfterMs, [{ atMs: 5 * SECOND, ms }]);
	expect([came, Math.round(atMs / SECOND)]).toEqual(expected);
});

const standstills = fc
	.array(
		fc.record({
			afterMs: fc.integer({ min: 1, max: 20 * SECOND }),
			ms: fc.oneof(fc.integer({ min: 1, max: MINUTE }), fc.integer({ min: 1, max: 20 * MINUTE })),
		}),
		{ maxLength: 8 },
	)
	.map((all) => {
		let end = 0;
		return all.map(({ afterMs, ms }): Standstill => {
			const atMs = end + afterMs;
			end = atMs + ms;
			return { atMs, ms };
		});
	});

it('whatever stands still, what has come is heard, and an end comes: 60 random courses', async () => {
	const property = fc.asyncProperty(
		fc.oneof(fc.integer({ min: 1, max: MINUTE }), fc.integer({ min: 1, max: HOUR })),
		standstills,
		async (answerAfterMs, all) => {
			const { came, atMs } = await ask(answerAfterMs, all);
			const during = all.find((each) => isWithin(each, answerAfterMs));
			const heardAt = during ? during.atMs + during.ms : answerAfterMs;
			const longest = Math.max(0, ...all.map(({ ms }) => ms));
			const isHeard = came === 'the answer';
			expect({ isHeard, isLost: !isHeard && heardAt < atMs - SECOND / 10 }).toEqual({
				isHeard,
				isLost: false,
			});
			expect(atMs).toBeLessThan(33 * SECOND + MOST_STANDSTILL_MS + 2 * longest);
		},
	);
	await fc.assert(property, { numRuns: 60, seed: 1 });
});

it('no answer in time makes an error that it came too late', async () => {
	const send = async () => ({ statusCode: 200, headers: {}, body: 'the answer' });
	const made = jest.spyOn(globalThis, 'Error');
	try {
		expect(await exchange(REQUEST, undefined, send)).toMatchObject({ text: 'the answer' });
		await new Promise(setImmediate);
		expect(made).not.toHaveBeenCalledWith('The answer took too long');
	} finally {
		made.mockRestore();
	}
});

function isWithin({ atMs, ms }: Standstill, moment: number): boolean {
	return moment >= atMs && moment < atMs + ms;
}
