import type { Message } from './message';
import { sentences } from './sentences';

export const MOST_IDS_NAMED = 50;
const MOST_REASONS_NAMED = 3;

/** One answer that cannot be turned into an item. */
export const UNREADABLE_RESULT: Message = {
	message: 'The evaluation of this item could not be read',
	description: 'Read it again with Get. It is not billed again',
};

/** How a batch stood when it ended with an error. */
export interface Standing {
	judged: number;
	underWay: number;
	/** Submitted without a usable answer: they may be billed, and a retry pays for none again. */
	unheard: number;
	/** Not submitted, the failed ones included. */
	left: number;
	/** Decimal string of credits. */
	costOfTheRest?: string;
}

/** How a batch stood when its time was up. */
export interface Lateness {
	/** Of all evaluations of the batch. */
	total: number;
	/** How long it waited. */
	seconds: number;
	isOurs: boolean;
	/** Why the last looks told nothing, when that is the reason. */
	outage?: Message;
}

/** What a user reads when evaluations were not finished in time. */
export function timeoutMessage(ids: string[], lateness: Lateness): Message {
	const { total, seconds, isOurs, outage } = lateness;
	const time = seconds === 1 ? '1 second' : `${seconds} seconds`;
	const subject = total === 1 ? 'The evaluation was' : `${ids.length} of ${total} evaluations were`;
	const goOn = ids.length === 1 ? 'It goes on at Runflow' : 'They go on at Runflow';
	const advice = isOurs
		? 'Choose Retry in the executions list to wait for the verdicts again: only what failed at Runflow is billed again. Get and Wait read them too'
		: "Read the verdicts later with Get or Wait instead of submitting again, or raise 'Timeout (Seconds)'";
	const state = outage === undefined ? 'not finished' : 'not read, because of an outage,';
	return {
		message: `${subject} ${state} within ${time}`,
		description: sentences(
			outage && `The last answer: ${outage.message}`,
			goOn,
			advice,
			idList(ids),
		),
	};
}

/** What exists already when a batch fails, and how to get it without paying again. */
export function paidNote(ids: string[]): string | undefined {
	if (ids.length === 0) return undefined;
	const subject = ids.length === 1 ? '1 evaluation exists' : `${ids.length} evaluations exist`;
	return sentences(
		`${subject} already. After that, choose Retry in the executions list: they are read, and only what failed at Runflow is billed again. A new execution may bill them again. Get and Wait read them too`,
		idList(ids),
	);
}

/** How far a batch came before the balance ran out; undefined for a single image. */
export function standingNote(standing: Standing): string | undefined {
	const { judged, underWay, unheard, left, costOfTheRest } = standing;
	const total = judged + underWay + unheard + left;
	if (total < 2) return undefined;
	const parts = [`Of ${total} images, ${judged} ${isOrAre(judged)} judged`];
	if (underWay > 0) parts.push(`${underWay} ${isOrAre(underWay)} under way`);
	if (unheard > 0) parts.push(`${unheard} had no usable answer`);
	const cost = costOfTheRest === undefined ? '' : ` and will cost ${costOfTheRest} credits`;
	return `${parts.join(', ')}, ${left} ${isOrAre(left)} left${cost}`;
}

function isOrAre(count: number): string {
	return count === 1 ? 'is' : 'are';
}

/**
 * What becomes of images that nobody waits for here.
 * @param callbackUrls one for each of them, '' for none
 */
export function submittedNote(count: number, callbackUrls: string[]): string {
	const urls = [...new Set(callbackUrls)];
	const [url = ''] = urls;
	const verdicts = count === 1 ? 'The verdict' : 'The verdicts';
	const go = count === 1 ? 'goes' : 'go';
	if (urls.includes('')) {
		const some = urls.length > 1 ? ' of those without a Callback URL' : '';
		return sentences(
			`${count} submitted`,
			`Get or Wait reads the verdict${some} later by the 'id'`,
		);
	}
	const to = urls.length === 1 ? url : `${urls.length} callback URLs`;
	const isTest = urls.some((each) => each.includes('/webhook-test/'));
	return sentences(
		`${count} submitted`,
		`${verdicts} ${go} to ${to}; nothing more comes out here`,
		isTest ? 'A test URL works once, while the trigger listens' : undefined,
	);
}

/**
 * The rows that came to nothing before any request; undefined for none.
 * @param done what has not happened to them: submitted or read
 * @param messages why, one for each
 */
export function leftOutNote(done: string, messages: string[]): string | undefined {
	if (messages.length === 0) return undefined;
	const reasons = [...new Set(messages)];
	const named = reasons.slice(0, MOST_REASONS_NAMED).map((reason) => {
		const count = messages.filter((message) => message === reason).length;
		return reasons.length === 1 ? reason : `${reason} (${count})`;
	});
	const rest = reasons.length - named.length;
	return `${messages.length} not ${done}: ${named.join(', ')}${rest > 0 ? ', and more' : ''}`;
}

/** For rows that may mean the same image by mistake; undefined where each has its own. */
export function sameImagesNote(addresses: string[]): string | undefined {
	const different = new Set(addresses).size;
	if (different === addresses.length) return undefined;
	const images = different === 1 ? 'image' : 'images';
	return `${addresses.length} items, ${different} different ${images}`;
}

/** How many evaluations were there before; undefined when none is known to have been. */
export function foundNote(count: number): string | undefined {
	if (count === 0) return undefined;
	const subject = count === 1 ? '1 was judged' : `${count} were judged`;
	return `${subject} before and not billed again`;
}

/**
 * For an execution that was started in the editor and cost something.
 * @param canBePinned n8n pins only a node with one output
 * @param areAddresses whether Runflow is known to recognize these images when they come again
 */
export function buildingNote(canBePinned: boolean, areAddresses: boolean): string {
	const ways = [
		...(canBePinned ? ['pin the output'] : []),
		...(areAddresses
			? ["set 'Evaluate Again' under 'About the Evaluation' to Only When Something Changed"]
			: []),
	];
	const advice = ways.length === 0 ? undefined : `While you build, ${ways.join(', or ')}`;
	return sentences('Every Execute Step evaluates and bills again', advice);
}

function idList(ids: string[]): string {
	const rest = ids.length - MOST_IDS_NAMED;
	const named = ids.slice(0, MOST_IDS_NAMED).join(', ');
	const label = ids.length === 1 ? 'Evaluation ID' : 'Evaluation IDs';
	return `${label}: ${named}${rest > 0 ? ` and ${rest} more, all of them in n8n's log` : ''}`;
}
