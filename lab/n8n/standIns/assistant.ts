import { isRecord, readOptionalString, type JsonRecord } from '../read';

/** What a model knows when it is asked. */
export interface Conversation {
	/** What was written to it. */
	question: string;
	/** The names of its tools. */
	tools: string[];
	/** What the tool that it called last has answered. */
	toolAnswer?: string;
}

/** What a model does next: it calls a tool, once or more at once, or says something. */
export type Step = { tool: string; calls: JsonRecord[] } | { text: string };

/**
 * A model that follows a script. It has each image in the question judged, asks later for a verdict
 * that was late, and says in plain words what it learned.
 */
export function nextStep({ question, tools, toolAnswer }: Conversation): Step {
	const tool = (start: string) => tools.find((name) => name.startsWith(start));
	if (toolAnswer === undefined) {
		const addresses = new Set(question.match(/https:\/\/[^\s"\\]+/g));
		const calls = [...addresses].map((image_url) => ({
			image_url,
			task_type: 'product_photography',
			task_description: 'A product on a plain background',
		}));
		return { tool: tool('Judge') ?? '', calls };
	}
	const late = /Evaluation ID: ([0-9a-f-]{36})/.exec(toolAnswer)?.[1];
	const get = tool('Get');
	if (late !== undefined && get !== undefined)
		return { tool: get, calls: [{ evaluation_id: late }] };
	return { text: inPlainWords(toolAnswer) };
}

/** The last step of the script: what a person reads in the chat. */
function inPlainWords(toolAnswer: string): string {
	const parsed: unknown = JSON.parse(toolAnswer);
	const item = [parsed].flat().find(isRecord) ?? {};
	const reason = readOptionalString(item, 'reason');
	const because = reason === undefined ? '' : ` ${reason}.`;
	const score = `Its score is ${String(item.weighted_pass_rate)}.`;
	if (item.verdict === 'passed') return `Yes, you can publish this image. ${score}${because}`;
	if (item.verdict === 'not_passed')
		return `No, please don't publish this image. ${score}${because}`;
	const problem = [item.error, item.message].filter((part) => typeof part === 'string').join('. ');
	return `Please don't publish this image yet: it could not be judged.${because}${problem && ` ${problem}`}`;
}
