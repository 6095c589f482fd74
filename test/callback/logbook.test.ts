import { Logbook } from '../../nodes/Runflow/callback/logbook';

it('writes a line that repeats once a minute, with the count', () => {
	const book = new Logbook();
	const write = (now: number, text = 'refused', writer = 'a') => book.line(writer, text, now);
	expect(write(0)).toBe('refused');
	for (let at = 1; at < 1_000; at += 1) expect(write(at)).toBeUndefined();
	expect([write(5, 'other'), write(5, 'refused', 'b')]).toEqual(['other', 'refused']);
	expect(write(59_999)).toBeUndefined();
	expect(write(60_000)).toBe('refused (and 1000 times more since the last such line)');
	expect(write(60_001)).toBeUndefined();
	expect(write(200_000)).toBe('refused (and 1 times more since the last such line)');
	expect(write(300_000)).toBe('refused');
});

it('remembers a thousand lines', () => {
	const book = new Logbook();
	for (let line = 0; line < 1_001; line += 1) book.line('a', `${line}`, 0);
	expect([book.line('a', '0', 1), book.line('a', '1000', 1)]).toEqual(['0', undefined]);
});
