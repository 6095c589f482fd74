import { Process } from '../../lab/histories/process';
import { VirtualTime } from '../../lab/simulation/virtualTime';
import type { Attempt } from '../../nodes/Runflow/api/attempt';
import { RequestLoop } from '../../nodes/Runflow/waiting/requestLoop';
import type { Step } from '../../nodes/Runflow/waiting/requestLoop';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Whether a request of 30 s was heard, and when, where the process stands still in the fifth second. */
async function ask(answerAfterMs: number, standstillMs: number) {
	const time = new VirtualTime();
	const process = new Process(time);
	const clock = {
		now: () => time.now(),
		random: () => time.random(),
		stopped: () => false,
		sleep: async (ms: number) => await process.sleep(ms),
	};
	const request = async (): Promise<Attempt<string>> => {
		await process.sleep(answerAfterMs, 'socket');
		return { ok: true, value: 'the answer' };
	};
	const heard: Array<string | undefined> = [];
	const step: Step = {
		isObsolete: () => false,
		perform: async () => {
			const attempt = await loop.answer(request(), 30 * SECOND);
			heard.push(attempt?.ok === true ? attempt.value : undefined);
		},
		broke: () => {},
	};
	const loop = new RequestLoop(clock, { readyAt: () => Infinity, take: () => step, goesFirst: true });
	loop.plan(0, step);
	time.at(5 * SECOND, () => process.stall(standstillMs));
	await time.during(loop.run(() => heard.length > 0));
	return [heard[0], Math.round(time.elapsed() / SECOND)];
}

it.each([
	['one that came in a standstill', 20 * SECOND, 5 * MINUTE, ['the answer', 305]],
	['one that came in a long one, which counts', 20 * SECOND, 20 * MINUTE, ['the answer', 1_205]],
	['one in the time lived after it', 325 * SECOND, 5 * MINUTE, ['the answer', 325]],
	['none in the time lived', 20 * MINUTE, 5 * MINUTE, [undefined, 328]],
	['none after a long standstill', 30 * MINUTE, 20 * MINUTE, [undefined, 1_205]],
])('an answer: %s', async (_, answerAfterMs, standstillMs, expected) => {
	expect(await ask(answerAfterMs, standstillMs)).toEqual(expected);
});
