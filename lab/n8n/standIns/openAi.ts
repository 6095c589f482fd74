import {
	isRecord,
	readArray,
	readOptionalString,
	readRecords,
	readString,
	type JsonRecord,
} from '../read';
import { pictureFor, readPicture } from './pictures';
import type { Service, ServiceAnswer, ServiceRequest } from './service';

export const OPENAI_KEY = 'sk-stand-in';

const MODELS = ['gpt-5-mini', 'gpt-image-1-mini'];

export interface OpenAiStandIn extends Service {
	/** What the model's tools answered, in order. */
	toolAnswers: string[];
	/** What images were asked for, in order. */
	imagePrompts: string[];
}

/**
 * OpenAI: images, and the Responses API with a model that follows a script. It has the image in the
 * prompt judged, asks later for a verdict that was late, and says in plain words what it learned.
 */
export function createOpenAi(): OpenAiStandIn {
	const toolAnswers: string[] = [];
	const imagePrompts: string[] = [];
	const paths: Record<string, (body: JsonRecord) => ServiceAnswer> = {
		'/v1/models': () => ({ body: { data: MODELS.map((id) => ({ id, object: 'model' })) } }),
		'/v1/images/generations': (body) => {
			const prompt = readString(body, 'prompt');
			const file = pictureFor(prompt, imagePrompts.filter((each) => each === prompt).length);
			imagePrompts.push(prompt);
			const data = [{ b64_json: readPicture(file).toString('base64') }];
			return { body: { created: 1_790_000_000, data } };
		},
		'/v1/responses': (body) => {
			const toolAnswer = readToolAnswer(body);
			if (toolAnswer !== undefined) toolAnswers.push(toolAnswer);
			const whole = response(nextStep(body, toolAnswer));
			return { body: body.stream === true ? eventStream(whole) : whole };
		},
	};
	return {
		hosts: ['api.openai.com'],
		toolAnswers,
		imagePrompts,
		answer: ({ path, authorization, body }: ServiceRequest) => {
			if (paths[path] === undefined) return undefined;
			if (authorization === `Bearer ${OPENAI_KEY}`) return paths[path](body);
			return { status: 401, body: { error: { message: 'Incorrect API key provided' } } };
		},
	};
}

function readToolAnswer({ input }: JsonRecord): string | undefined {
	const answers = readArray(input, 'input').filter(isRecord);
	const last = answers.filter(({ type }) => type === 'function_call_output').at(-1);
	return last && (readOptionalString(last, 'output') ?? JSON.stringify(last.output));
}

function nextStep({ input, tools }: JsonRecord, toolAnswer: string | undefined): JsonRecord {
	const names = readRecords(tools ?? [], 'tools').map(({ name }) => String(name));
	if (toolAnswer === undefined) {
		return call(
			names.find((name) => name.startsWith('Judge')),
			{
				image_url: /https:\/\/[^\s"\\]+/.exec(JSON.stringify(input))?.[0],
				task_type: 'product_photography',
				task_description: 'A product on a plain background',
			},
		);
	}
	const late = /Evaluation ID: ([0-9a-f-]{36})/.exec(toolAnswer)?.[1];
	const get = names.find((name) => name.startsWith('Get'));
	if (late !== undefined && get !== undefined) return call(get, { evaluation_id: late });
	return say(inPlainWords(toolAnswer));
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

function call(name: string | undefined, values: JsonRecord): JsonRecord {
	const call = { call_id: `call_${name}`, name, arguments: JSON.stringify(values) };
	return { type: 'function_call', id: `fc_${name}`, status: 'completed', ...call };
}

function say(text: string): JsonRecord {
	const content = [{ type: 'output_text', text, annotations: [] }];
	return { type: 'message', id: 'msg_1', status: 'completed', role: 'assistant', content };
}

function response(item: JsonRecord): JsonRecord {
	return {
		id: 'resp_1',
		object: 'response',
		created_at: 1_790_000_000,
		status: 'completed',
		model: 'gpt-5-mini',
		output: [item],
		parallel_tool_calls: true,
		tools: [],
		usage: { input_tokens: 10, output_tokens: 10, total_tokens: 20 },
	};
}

function eventStream(whole: JsonRecord): string {
	const [item] = readRecords(whole.output, 'output');
	const events: JsonRecord[] = [
		{ type: 'response.created', response: { ...whole, status: 'in_progress', output: [] } },
		{ type: 'response.output_item.added', output_index: 0, item },
		{ type: 'response.output_item.done', output_index: 0, item },
		{ type: 'response.completed', response: whole },
	];
	return events.map((data) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`).join('');
}
