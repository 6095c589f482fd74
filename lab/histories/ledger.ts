import { PARKED_GRACE_MS } from '../../nodes/Runflow/api/policy';
import type { Ending } from '../../nodes/Runflow/billing/types';
import { remembersKeys } from './behavior';
import type { Course, Played } from './play';
import { PRICE } from './runflow';
import type { Made } from './runflow';
import { untrueWords } from './words';

/** How long a batch may take beyond twice its timeout: answers to what was sent last. */
const MARGIN_MS = 70_000;

/** What went wrong in a history; nothing, if all is well. */
export function faultsIn(course: Course): string[] {
	return [
		...course.batches.flatMap((batch) => faultsOfBatch(course, batch)),
		...handedOutTwice(course),
		...untold(course),
		...billedTwice(course),
		...overLimit(course),
		...untrueWords(course),
	];
}

function faultsOfBatch(course: Course, batch: Played): string[] {
	const { process, questions, endings, wasThere, tookMs } = batch;
	if (endings === undefined) return [];
	const faults: string[] = [];
	const livedMs = tookMs - process.stoodStillMs;
	if (livedMs > longestMs(course, questions.length)) faults.push(`it took ${livedMs} ms`);
	for (const [row, question] of questions.entries()) {
		const ending = endings.get(row);
		if (ending === undefined) faults.push(`row ${row} is missing`);
		if (ending?.kind !== 'done') continue;
		const made = course.runflow.made.find(({ id }) => id === ending.evaluation.id);
		if (made === undefined) faults.push(`row ${row} has an evaluation that nobody made`);
		else if (made.question !== question) faults.push(`row ${row} has another image's verdict`);
		else if (made.by === process && wasThere.has(row)) faults.push(`row ${row} was billed now`);
	}
	return faults;
}

/** Where the account takes one at a time after a refusal, the rows wait one after the other. */
function longestMs({ history }: Course, rows: number): number {
	const { submits, inFlightCap } = history.behavior;
	const isNarrow = submits.includes('429') || inFlightCap < rows;
	const timeoutMs = 1_000 * history.settings.timeoutSeconds;
	const parkedMs = history.settings.mode === 'callback' ? timeoutMs + PARKED_GRACE_MS : 0;
	return timeoutMs * (isNarrow ? Math.max(2, rows) : 2) + parkedMs + MARGIN_MS;
}

/** Under Always each row of each round has a verdict of its own, made for its execution. */
function handedOutTwice(course: Course): string[] {
	const { history, batches, runflow, lineages } = course;
	const { asks, isTool } = history.settings;
	if (asks !== 'always' || isTool) return [];
	return batches.flatMap((batch) => {
		const { lineage, endings } = batch;
		const ids = verdictsIn(endings).map(({ id }) => id);
		// An API that takes no image twice has one verdict for all who ask at once.
		const isOne = history.behavior.refusesDuplicates;
		const faults = new Set(ids).size < ids.length && !isOne ? ['two rows share a verdict'] : [];
		for (const id of ids) {
			const made = runflow.made.find((each) => each.id === id);
			if (made === undefined) continue;
			const isOthers = lineages.get(made.by) !== lineage;
			const isAtOnce = isOne && made.at >= startOf(batches, lineage);
			if (isOthers && !isAtOnce) faults.push('a verdict of an earlier execution');
			if (!isOthers && !isOfSameRound(course, batch, made))
				faults.push('a verdict of another round');
		}
		return faults;
	});
}

/** Whether the request that made an evaluation belongs to a try of the same round. */
function isOfSameRound(course: Course, batch: Played, { by, sent, question }: Made): boolean {
	const { batches } = course;
	const first = batches.filter((each) => each.process === by && each.startedAt <= sent.at).at(-1);
	const [then, now] = [first ?? batch, batch].map((each) => roundOf(course, each, question));
	return then === now;
}

/**
 * What a crash has forgotten is found again by the image alone: of changed rows, the first round that
 * asks for an image in a Retry is the first that asked for it.
 */
function roundOf({ batches, crashed, history }: Course, batch: Played, question: string): string {
	const { lineage, round, process } = batch;
	const hasOtherRows = history.executions.some((each) => each.hasOtherRows);
	if (!crashed.has(lineage) || !hasOtherRows) return `round ${round}`;
	const remembered = batches.filter(
		(each) =>
			each.lineage === lineage &&
			each.round < round &&
			each.startedAt <= batch.startedAt &&
			(each.process === process || !each.process.isDead) &&
			each.questions.some((other) => other === question),
	);
	return `time ${new Set(remembered.map((each) => each.round)).size}`;
}

function startOf(batches: Played[], lineage: number): number {
	return Math.min(
		...batches.filter((each) => each.lineage === lineage).map(({ startedAt }) => startedAt),
	);
}

/** Every id that an answer told to a process stands in an item, an error or its log. */
function untold({ runflow, batches }: Course): string[] {
	const written = new Set(batches.flatMap(({ process }) => process.log));
	const log = [...written].join('\n');
	const items = new Set(batches.flatMap(({ endings }) => [...(endings?.values() ?? [])].map(idOf)));
	const isTold = ({ id }: Made) => items.has(id) || log.includes(id);
	const hasReader = ({ toldTo }: Made) => [...toldTo].some(({ isDead }) => !isDead);
	return runflow.made
		.filter((made) => hasReader(made) && !isTold(made))
		.map(({ id }) => `${id} is told to nobody`);
}

/** More evaluations of a question than it was asked, without a reason that lies at Runflow. */
function billedTwice(course: Course): string[] {
	const { runflow, history } = course;
	const questions = new Set(runflow.made.map(({ question }) => question));
	return [...questions].flatMap((question) => {
		const all = runflow.made.filter((each) => each.question === question);
		const most = isShared(course)
			? Math.max(...lineagesOf(course).map((each) => asked(course, each, question)))
			: undefined;
		const groups =
			most === undefined ? byLineage(course, all) : [{ made: all, most, isOne: false }];
		return [...groups, ...byExecution(course, all)].flatMap(({ made, most, isOne }) => {
			const excused = made.filter((each) => isExcused(course, each, isOne)).length;
			if (made.length <= most + excused) return [];
			return [`${made.length} bills for ${most} of ${question} (${history.behavior.keys})`];
		});
	});
}

function byLineage(course: Course, all: Made[]) {
	return lineagesOf(course).map((lineage) => {
		const made = all.filter(({ by }) => course.lineages.get(by) === lineage);
		const most = Math.max(...made.map(({ question }) => asked(course, lineage, question)), 0);
		return { made, most, isOne: false };
	});
}

/** Retry On Fail bills nothing again, not even what failed at Runflow. */
function byExecution(course: Course, all: Made[]) {
	return [...course.lineages].map(([process, lineage]) => {
		const made = all.filter(({ by }) => by === process);
		const most = Math.max(...made.map(({ question }) => asked(course, lineage, question)), 0);
		return { made, most, isOne: true };
	});
}

/** Whether all executions together are to be billed once: the key is everybody's and is remembered. */
function isShared({ history }: Course): boolean {
	const { asks, image, mode } = history.settings;
	const { keys, knowsUploadKeys } = history.behavior;
	const isSameAsset = image === 'address' || knowsUploadKeys;
	const isSameBody = (mode === 'poll' && isSameAsset) || keys === 'replay';
	return asks !== 'always' && isSameBody && remembersKeys(history.behavior);
}

/**
 * What failed at Runflow is asked anew by a Retry in the executions list. An API that forgets keys creates another one for
 * what nobody was told of, or for what a crash has lost.
 */
function isExcused({ history, crashed, lineages }: Course, made: Made, isOne: boolean): boolean {
	if (made.isFailure && !isOne) return true;
	if (remembersKeys(history.behavior)) return false;
	const lineage = lineages.get(made.by);
	const isTold = [...made.toldTo].some((process) => lineages.get(process) === lineage);
	return !isTold || (lineage !== undefined && crashed.has(lineage));
}

/** How often a question was asked in an execution: by rows and rounds, whatever is tried again. */
function asked({ batches, history }: Course, lineage: number, question: string): number {
	const counts = new Map<string, number>();
	const { asks, isTool } = history.settings;
	const tries = new Map<string, Set<Played>>();
	for (const batch of batches.filter((each) => each.lineage === lineage)) {
		const count = batch.questions.filter((each) => each === question).length;
		const place = String(batch.round);
		tries.set(place, (tries.get(place) ?? new Set()).add(batch));
		const once = asks === 'always' ? count : Math.min(1, count);
		counts.set(
			place,
			isTool ? (counts.get(place) ?? 0) + once : Math.max(counts.get(place) ?? 0, once),
		);
	}
	return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/**
 * Maximum Cost holds for an execution and its retries. After a crash nobody knows which of the
 * evaluations that anyone may ask for were billed by it, or by an API that forgets keys.
 */
function overLimit(course: Course): string[] {
	const { maximumCost, asks } = course.history.settings;
	if (maximumCost === undefined) return [];
	return lineagesOf(course).flatMap((lineage) => {
		const made = course.runflow.made.filter(({ by }) => course.lineages.get(by) === lineage);
		const isKnown = asks === 'always' && remembersKeys(course.history.behavior);
		const isUncounted = course.crashed.has(lineage) && (!isKnown || asksInOtherOrder(course));
		const unknown = remembersKeys(course.history.behavior)
			? 0
			: made.filter(({ toldTo }) => toldTo.size === 0).length;
		const spent = PRICE * (made.length - unknown);
		return spent > maximumCost + 1e-9 && !isUncounted ? [`${spent} spent of ${maximumCost}`] : [];
	});
}

/** What a crashed execution paid is known when it is asked for again: others may come before it. */
function asksInOtherOrder({ history }: Course): boolean {
	const { executions, settings, behavior } = history;
	const mayOvertake = settings.isTool && behavior.submits.some((fault) => fault !== 'fine');
	return mayOvertake || executions.some(({ hasOtherRows }) => hasOtherRows);
}

function lineagesOf({ lineages }: Course): number[] {
	return [...new Set(lineages.values())];
}

function verdictsIn(endings: Map<number, Ending> | undefined) {
	const all = [...(endings?.values() ?? [])];
	return all.flatMap((ending) => (ending.kind === 'done' ? [ending.evaluation] : []));
}

function idOf(ending: Ending): string | undefined {
	if (ending.kind === 'done' || ending.kind === 'open') return ending.evaluation.id;
	return 'id' in ending ? ending.id : undefined;
}
