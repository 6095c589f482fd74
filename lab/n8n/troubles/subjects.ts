import type { Emulator, ScriptedOutcome, Submission } from '../../emulator';
import { imageUrl } from '../exampleRows';

/** What a workflow is to make or judge an image of; none of its texts stands in another one's. */
export interface Subject {
	name: string;
	prompt: string;
	/** Where its image is, when none is generated. */
	url: string;
}

/** @param twins whether the first two have the same prompt and the same image */
export function makeSubjects(count: number, twins = false): Subject[] {
	const subjects = Array.from({ length: count }, (_, index) => {
		const name = `Subject-${String(index + 1).padStart(2, '0')}`;
		return { name, prompt: `A mug for ${name}, daylight`, url: imageUrl(name.toLowerCase()) };
	});
	const [first] = subjects;
	return subjects.map((each, index) =>
		twins && index === 1 && first ? { ...first, name: each.name } : each,
	);
}

/** The run of Runflow that made a subject's image. */
export const runIdOf = ({ name }: Subject): string =>
	`00000000-0000-4000-8000-${name.replace(/\D/g, '').padStart(12, '0')}`;

/** Whether two subjects are of one image. */
export const areTwins = (a: Subject, b: Subject): boolean => a.prompt === b.prompt;

export function subjectOf(subjects: Subject[], body: Submission): Subject | undefined {
	return subjects.find(
		({ name, prompt, url }) =>
			body.generation_prompt === prompt ||
			body.client_ref === name ||
			body.generated_image_url.startsWith(url),
	);
}

export const passes = (weighted_pass_rate: number): ScriptedOutcome => ({
	...{ overall_passed: true, weighted_pass_rate, top_issues: [], primary_action_code: null },
});
const fails = (weighted_pass_rate: number): ScriptedOutcome => ({
	...{
		overall_passed: false,
		weighted_pass_rate,
		top_issues: [`Too dark (${weighted_pass_rate})`],
	},
	primary_action_code: 'regenerate',
});

/** What the judges say of a subject's images, one after the other; the last is said again. */
const VERDICTS: ScriptedOutcome[][] = [
	[passes(0.95)],
	[fails(0.7), passes(0.8)],
	[fails(0.3), fails(0.6), fails(0.5)],
];

/** Lets the emulator judge each subject's images by the list above, the subjects in turn. */
export function judgeSubjects(
	emulator: Emulator,
	subjects: Subject[],
	special?: (subject: Subject) => ScriptedOutcome | undefined,
): void {
	const asked = new Map<Subject, number>();
	emulator.options.outcome = (body) => {
		const subject = subjectOf(subjects, body);
		if (subject === undefined) return undefined;
		const nth = asked.get(subject) ?? 0;
		asked.set(subject, nth + 1);
		const list = VERDICTS[subjects.indexOf(subject) % VERDICTS.length] ?? [];
		return special?.(subject) ?? list[Math.min(nth, list.length - 1)];
	};
}
