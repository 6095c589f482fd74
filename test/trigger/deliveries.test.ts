import type { IDataObject } from 'n8n-workflow';

import { Deliveries } from '../../nodes/Runflow/trigger/duplicates';

let triggers = 0;

/** A trigger that nothing has come to yet, and what n8n stores for it. */
function trigger(stored: IDataObject = {}) {
	triggers += 1;
	const name = `trigger ${triggers}`;
	return { stored, open: (isTest = false) => new Deliveries(name, stored, isTest) };
}

const count = (length: number) => Array.from({ length }, (_, at) => `e${at}`);

it('lets an evaluation start one execution, in this process and after a restart', () => {
	const { stored, open } = trigger();
	expect([open().claim('a'), open().claim('a'), open().claim('b')]).toEqual([true, false, true]);
	expect([open().isKnown('a'), open().isKnown('c')]).toEqual([true, false]);
	expect(stored).toEqual({ seen: ['a', 'b'] });
	const restarted = trigger(stored);
	expect([restarted.open().claim('a'), restarted.open().claim('c')]).toEqual([false, true]);
});

it('tells callbacks of one moment apart, before n8n has stored anything', () => {
	const { open } = trigger();
	const [first, second] = [open(), open()];
	expect([first.claim('a'), second.claim('a')]).toEqual([true, false]);
});

it('stores a new array each time, and nothing for what is known', () => {
	const { stored, open } = trigger();
	open().claim('a');
	const before = stored.seen;
	open().claim('a');
	expect(stored.seen).toBe(before);
	open().claim('b');
	expect(stored.seen).not.toBe(before);
});

it('the test URL neither knows nor remembers', () => {
	const { stored, open } = trigger({ seen: ['a'] });
	const test = open(true);
	expect([test.isKnown('a'), test.claim('a'), test.claim('b')]).toEqual([false, true, true]);
	expect(stored).toEqual({ seen: ['a'] });
	expect(open().claim('b')).toBe(true);
});

it('stores the last thousand, and this process remembers five thousand', () => {
	const { stored, open } = trigger();
	const deliveries = open();
	for (const id of count(5_001)) deliveries.claim(id);
	expect(stored.seen).toEqual(count(5_001).slice(-1_000));
	expect(['e0', 'e1'].map((id) => deliveries.isKnown(id))).toEqual([false, true]);
});

it.each([[undefined], ['a'], [[1, null, { a: 1 }]]])('reads nothing from %j', (seen) => {
	const { open } = trigger({ seen });
	expect(['a', '1', 'null'].map((id) => open().isKnown(id))).toEqual([false, false, false]);
});

it('two triggers are apart', () => {
	const [one, other] = [trigger(), trigger()];
	one.open().claim('a');
	expect(other.open().claim('a')).toBe(true);
});
