import { Ages } from '../../nodes/Runflow/billing/ages';
import type { Account } from '../../nodes/Runflow/billing/accounts';
import { Store } from '../../nodes/Runflow/billing/store';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const START = 1_700_000_000_000;

/** What is said of an evaluation that comes so long, a second, after it was asked for. */
function said(atMs: number, durationMs?: number, memory: Partial<Account> = {}, lateMs = SECOND) {
	let now = START;
	const today = () => now;
	const store = new Store({ store: {}, executionId: '1', today });
	const account: Account = { durationsMs: [], ...memory };
	const ages = new Ages({ api: { aheadMs: 7 * HOUR, account: 'a' }, store, account, today });
	ages.asked('name', now, now);
	now += lateMs;
	const submitted_at = new Date(START + 7 * HOUR + atMs).toISOString();
	const evaluation = {
		id: 'e',
		status_code: 'completed',
		submitted_at,
		eval_duration_ms: durationMs,
	};
	const { isNew, afterStartMs } = ages.of(evaluation, 'name');
	return [isNew, afterStartMs, account.timesAgreeAt];
}

const KNOWN = { timesAgreeAt: 'a' };

it.each([
	['new', said(500), [true, 500, 'a']],
	['new, and seen a minute later', said(500, 0, {}, 60 * SECOND), [true, 500, 'a']],
	['before, where the clocks may differ', said(-HOUR), [false, undefined, undefined]],
	['before, where they were seen to agree', said(-HOUR, 0, KNOWN), [false, -HOUR, 'a']],
	[
		'before, seen to agree at another account',
		said(-HOUR, 0, { timesAgreeAt: 'b' }),
		[false, undefined, 'b'],
	],
	[
		'before, and it took longer than since it was asked for',
		said(-HOUR, 4 * SECOND),
		[false, -HOUR, undefined],
	],
	['new by the clock, but it took longer', said(500, 4 * SECOND), [false, 500, undefined]],
	['so long ago that no time zone explains it', said(-16 * HOUR), [false, -16 * HOUR, undefined]],
	['in the future', said(HOUR), [false, undefined, undefined]],
])('%s', (_, found, expected) => {
	expect(found).toEqual(expected);
});
