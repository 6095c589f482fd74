import { Agenda } from '../../nodes/Runflow/waiting/agenda';
import { seeded } from '../../lab/simulation/simulate';

it('gives out what is due, earliest first, and nothing that is not', () => {
	const agenda = new Agenda<number>();
	const random = seeded(1);
	const times = Array.from({ length: 500 }, () => Math.floor(random() * 1_000));
	for (const time of times) agenda.add(time, time);
	const taken: number[] = [];
	for (let now = 0; now < 500; now++) {
		for (let due = agenda.takeDue(now); due !== undefined; due = agenda.takeDue(now)) {
			taken.push(due);
		}
	}
	const expected = times.filter((time) => time < 500).sort((a, b) => a - b);
	expect(taken).toEqual(expected);
	expect(agenda.size).toBe(500 - expected.length);
	expect(agenda.nextDue()).toBe(Math.min(...times.filter((time) => time >= 500)));
	expect(new Agenda().nextDue()).toBe(Infinity);
});
