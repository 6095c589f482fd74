import { VirtualTime } from '../../lab/simulation/virtualTime';
import { mayBeStarting, untilStarted } from '../../nodes/Runflow/callback/starting';
import type { Readiness } from '../../nodes/Runflow/callback/starting';

/** How old the process is when callbacks have their turn, in seconds. */
async function open(readAt: number, askedFrom: number, answers: (at: number) => Readiness) {
	const time = new VirtualTime();
	const timer = {
		now: () => askedFrom + time.elapsed(),
		sleep: async (ms: number) => await time.sleep(Math.min(ms, 100)),
	};
	await time.during(untilStarted(async () => answers(timer.now()), timer, readAt));
	return Math.round(timer.now() / 100) / 10;
}

it.each<[string, number, number, (at: number) => Readiness, number]>([
	['as soon as n8n says it', 2_000, 6_000, (at) => (at < 8_000 ? 'starting' : 'ready'), 8],
	['at once when it has started', 2_000, 30_000, () => 'ready', 30],
	['by age where it only ever says that it is ready', 2_000, 6_000, () => 'ready', 16],
	[
		'not before, however long it recovers',
		2_000,
		6_000,
		(at) => (at < 9e4 ? 'starting' : 'ready'),
		90,
	],
	['by age where it does not tell', 2_000, 6_000, () => undefined, 16],
	['later on a slow machine', 12_000, 33_000, () => undefined, 46],
	['whatever it says, after five minutes', 2_000, 6_000, () => 'starting', 300],
	['at once where n8n had long started', 400_000, 400_000, () => 'starting', 400],
])('%s', async (_, readAt, askedFrom, answers, seconds) => {
	expect(await open(readAt, askedFrom, answers)).toBe(seconds);
});

it('a package that is read later than a start takes came into a running n8n', () => {
	expect([mayBeStarting(299_999), mayBeStarting(300_000)]).toEqual([true, false]);
});
