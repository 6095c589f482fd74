import { PriorityQueue } from '../../nodes/Runflow/waiting/priorityQueue';
import { seeded } from '../../lab/simulation/simulate';

it('gives out what is due, earliest first, and nothing that is not', () => {
	const queue = new PriorityQueue<number>();
	const random = seeded(1);
	const times = Array.from({ length: 500 }, () => Math.floor(random() * 1_000));
	for (const time of times) queue.add(time, time);
	const taken: number[] = [];
	for (let now = 0; now < 500; now++) {
		for (let due = queue.takeDue(now); due !== undefined; due = queue.takeDue(now)) {
			taken.push(due);
		}
	}
	const expected = times.filter((time) => time < 500).sort((a, b) => a - b);
	expect(taken).toEqual(expected);
	expect(queue.size).toBe(500 - expected.length);
	expect(queue.nextDue).toBe(Math.min(...times.filter((time) => time >= 500)));
	expect(new PriorityQueue().nextDue).toBe(Infinity);
});
