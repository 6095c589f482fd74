import {
	FinishedEvaluations,
	GoingOn,
	sharedBy,
} from '../../../nodes/Runflow/operations/parking/memory';

const evaluation = (id: string) => ({ id, status_code: 'completed' });

it('forgets the oldest when it holds too much, and knows an id in any case', () => {
	const { length } = JSON.stringify(evaluation('a'));
	const memory = new FinishedEvaluations(2 * length);
	for (const id of ['a', 'B', 'c', 'c']) memory.add(evaluation(id));
	expect(['a', 'b', 'C'].map((id) => memory.get(id)?.id)).toEqual([undefined, 'B', 'c']);
});

it('shares the pace of an account, and a memory for each set of details', () => {
	const plain = sharedBy('account', [], 0);
	const detailed = sharedBy('account', ['judges'], 0);
	const other = sharedBy('another', [], 0);
	expect(detailed.pace).toBe(plain.pace);
	expect(other.pace).not.toBe(plain.pace);
	expect(detailed.finished).not.toBe(plain.finished);
	expect(sharedBy('account', [], 9).finished).toBe(plain.finished);
});

it('takes a run that a callback made go on for parked again after a while, if n8n lost it', () => {
	const goingOn = new GoingOn();
	goingOn.add('7/node/0', 1_000);
	expect([goingOn.has('7/node/0', 9_000), goingOn.has('7/node/1', 9_000)]).toEqual([true, false]);
	expect(goingOn.has('7/node/0', 11_000)).toBe(false);
});
