import {
	FinishedEvaluations,
	GoingOn,
	sharedBy,
} from '../../../nodes/Runflow/operations/parking/memory';

const evaluation = (id: string) => ({ id, status_code: 'completed' });
const HOUR = 3_600_000;

it('forgets the oldest when it holds too much, of whatever account, and knows an id in any case', () => {
	const { length } = JSON.stringify(evaluation('a'));
	const memory = new FinishedEvaluations(3 * length);
	memory.add('one', evaluation('a'), 0);
	for (const id of ['B', 'c', 'c']) memory.add('two', evaluation(id), 0);
	expect(memory.get('one', 'a', 0)?.id).toBe('a');
	memory.add('two', evaluation('d'), 0);
	expect(memory.get('one', 'a', 0)).toBeUndefined();
	expect(['b', 'C', 'd'].map((id) => memory.get('two', id, 0)?.id)).toEqual(['B', 'c', 'd']);
	expect(memory.get('one', 'b', 0)).toBeUndefined();
});

it('forgets what is old, and begins again with an evaluation that it sees again', () => {
	const memory = new FinishedEvaluations();
	for (const id of ['a', 'b']) memory.add('one', evaluation(id), 0);
	memory.add('one', evaluation('a'), 1_000);
	const known = (now: number) => ['a', 'b'].map((id) => memory.get('one', id, now)?.id);
	expect(known(HOUR - 1)).toEqual(['a', 'b']);
	expect(known(HOUR)).toEqual(['a', undefined]);
	expect(known(HOUR + 1_000)).toEqual([undefined, undefined]);
});

it('shares the pace of an account, and a memory for each set of details', () => {
	let now = 0;
	const shared = (account: string, ...details: string[]) => sharedBy(account, details, () => now);
	const plain = shared('account');
	plain.finished.add(evaluation('a'));
	expect(shared('account').finished.get('A')?.id).toBe('a');
	expect(shared('account', 'judges').finished.get('a')).toBeUndefined();
	expect(shared('another').finished.get('a')).toBeUndefined();
	expect(shared('acc', 'ount').finished.get('a')).toBeUndefined();
	expect(shared('account', 'judges').pace).toBe(plain.pace);
	expect(shared('another').pace).not.toBe(plain.pace);
	now = HOUR;
	expect(plain.finished.get('a')).toBeUndefined();
});

it('takes a run that a callback made go on for parked again after a while, if n8n lost it', () => {
	const goingOn = new GoingOn();
	const has = (run: string, now: number) => goingOn.has(run, now, now);
	goingOn.add('7/node/0', 1_000);
	expect([has('7/node/0', 9_000), has('7/node/1', 9_000)]).toEqual([true, false]);
	expect(has('7/node/0', 11_000)).toBe(false);
	goingOn.add('8/node/0', 5_000);
	expect(has('7/node/0', 9_000)).toBe(true);
});

it('a callback that has waited in line since before never makes it go on again', () => {
	const goingOn = new GoingOn();
	goingOn.add('7/node/0', 30_000);
	for (const other of ['8/node/0', '9/node/0']) goingOn.add(other, 150_000);
	expect(goingOn.has('7/node/0', 164_000, 29_000)).toBe(true);
	expect(goingOn.has('7/node/0', 45_000, 31_000)).toBe(false);
});
