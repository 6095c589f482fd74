import { startedAt } from '../../nodes/Runflow/callback/starting';

it.each([
	['a fast machine, read after 2 s', 2_000, 16_000],
	['a busy one, read after 12 s, seen to recover at 33 s', 12_000, 46_000],
	['installed into a running n8n', 3_600_000, 0],
])('%s: callbacks have their turn from %i ms on', (_, readAt, from) => {
	expect(startedAt(readAt)).toBe(from);
});
