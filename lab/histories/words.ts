import type { Course, Played } from './play';
import { remembersKeys } from './behavior';
import type { Made, Sent } from './runflow';

/** What users read that is not so. */
export function untrueWords(course: Course): string[] {
	return course.batches.flatMap((batch) =>
		batch.endings === undefined
			? []
			: [...batch.words].flatMap((each) => untrue(course, batch, each)),
	);
}

const SAYS_UNSENT =
	/item was not submitted|image was not submitted\.|[Nn]othing was (submitted|billed)/;
const SAYS_LOST = /An earlier attempt had no usable answer|If Runflow accepted the image/;
/** Whoever reads it looks for an evaluation before paying again. */
const SAYS_THERE = /accepted|exists|earlier attempt|keep running|go(es)? on|has the ID|not be read/;

/** Of a question that its execution asks once: then all of it is about this row. */
function untrue(course: Course, batch: Played, [row, words]: [number, string]): string[] {
	const { lineage, questions, endings, round } = batch;
	const question = questions[row];
	const all = course.batches.filter((each) => each.lineage === lineage);
	const rounds = all.filter((each) => each.questions.some((other) => other === question));
	const isTool = course.history.settings.isTool;
	const isOnce =
		rounds.every((each) => each.round === round) &&
		rounds.every((each) => each.questions.filter((other) => other === question).length === 1) &&
		(!isTool || rounds.length === 1);
	if (!isOnce || course.crashed.has(lineage)) return [];
	const isOurs = (each: Made | Sent) =>
		course.lineages.get(each.by) === lineage && each.question === question;
	const made = course.runflow.made.filter((each) => isOurs(each) && each.at <= endOf(batch));
	const sent = course.runflow.sent.filter((each) => isOurs(each) && each.at <= endOf(batch));
	const ending = endings?.get(row);
	const id = ending !== undefined && 'id' in ending ? ending.id : undefined;
	const place = `row ${row} reads in round ${round}: "${words}"`;
	const faults: string[] = [];
	if (SAYS_UNSENT.test(words) && made.length > 0) faults.push(`billed, but ${place}`);
	if (SAYS_LOST.test(words) && sent.length === 0) faults.push(`never sent, but ${place}`);
	const isUnheard =
		made.some(({ toldTo }) => toldTo.size === 0) && remembersKeys(course.history.behavior);
	const isUntold = isUnheard && id === undefined && !SAYS_THERE.test(words);
	if (isUntold) faults.push(`billed and not said: ${place}`);
	return faults;
}

function endOf({ startedAt, tookMs }: Played): number {
	return startedAt + tookMs;
}
