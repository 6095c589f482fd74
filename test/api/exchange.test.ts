/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { Process, withVirtualGlobals } from '../../lab/histories/process';
import { VirtualTime } from '../../lab/simulation/virtualTime';
import { exchange } from '../../nodes/Runflow/exchange';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const REQUEST = {
	method: 'GET',
	url: 'https://api.runflow.io/v1/evaluations/e-1',
	headers: {},
	timeoutMs: 30 * SECOND,
	isAuthenticated: true,
} as const;

/** What came of a request of 30 s, and when, where the answer comes so late and the process stands still. */
async function ask(answerAfterMs: number, standstillMs: number) {
	const time = new VirtualTime();
	const process = new Process(time);
	const restore = withVirtualGlobals(time);
	const timers = (call: () => void, ms = 0) => void process.sleep(ms).then(call);
	Object.assign(globalThis, { setTimeout: timers });
	time.at(5 * SECOND, () => process.stall(standstillMs));
	const send = async () => {
		await process.sleep(answerAfterMs, 'socket');
		return { statusCode: 200, headers: {}, body: 'the answer' };
	};
	try {
		const answer = exchange(REQUEST, undefined, send).then(
			({ text }) => text,
			(error: Error & { code?: string }) => error.code,
		);
		return [await time.during(answer), Math.round(time.elapsed() / SECOND)];
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
])('%s', async (_, answerAfterMs, standstillMs, expected) => {
	expect(await ask(answerAfterMs, standstillMs)).toEqual(expected);
});
