/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { AcceptedLog } from '../../nodes/Runflow/billing/acceptedLog';

describe('the log', () => {
	const logOf = () => {
		const lines: string[] = [];
		const log = {
			info: (line: string) => lines.push(line),
			warn: (line: string) => lines.push(line),
		};
		return { lines, log: new AcceptedLog({ log, executionId: '7', workflowName: 'Gate' }) };
	};

	it('has ten evaluations in a line at once, each once for an item', () => {
		const { lines, log } = logOf();
		log.add('e', 1);
		log.add('e', 1);
		for (let item = 2; item < 10; item++) log.add('e', item);
		expect(lines).toEqual([]);
		log.add('e', 10);
		const ids = Array.from({ length: 10 }, (_, at) => `e (item ${at + 1})`).join(', ');
		expect(lines).toEqual([`Runflow accepted evaluations: ${ids} (execution 7 of 'Gate')`]);
		log.flush();
		expect(lines.length).toBe(1);
	});

	it('has what came within a quarter of a second in one line', async () => {
		const { lines, log } = logOf();
		const timers = jest.spyOn(globalThis, 'setTimeout');
		log.add('e-1', 0);
		log.add('e-2', 1);
		const planned = timers.mock.calls.filter(([, ms]) => ms === 250);
		timers.mockRestore();
		expect(planned.length).toBe(1);
		planned[0]?.[0]();
		await new Promise(process.nextTick);
		expect(lines).toEqual([expect.stringContaining(': e-1 (item 0), e-2 (item 1) (')]);
	});

	it('has the rest at the end, and what nobody waits for', () => {
		const { lines, log } = logOf();
		log.flush();
		log.givenUp([]);
		expect(lines).toEqual([]);
		log.add('e-1', 0);
		log.flush();
		log.givenUp(['e-1 (item 0)', 'e-2 (item 1)']);
		expect(lines).toEqual([
			"Runflow accepted evaluations: e-1 (item 0) (execution 7 of 'Gate')",
			'Runflow: not waited for any more: e-1 (item 0), e-2 (item 1)',
		]);
		log.unreachable(3);
		expect(lines[2]).toMatch(/^Runflow: item 3 was submitted before .* is evaluated anew\.$/);
	});
});
