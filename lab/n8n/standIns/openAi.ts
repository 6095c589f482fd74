import { isRecord, readArray, readOptionalString, readRecords, type JsonRecord } from '../read';
import type { Service } from './service';

export const OPENAI_KEY = 'sk-stand-in';

export interface OpenAiStandIn extends Service {
	/** What the model's tools answered, in order. */
	toolAnswers: string[];
}

/**
 * OpenAI's Responses API with a model that follows a script: it calls its one tool with the address
 * in the prompt, and repeats to the user what the tool answered.
 */
export function createOpenAi(): OpenAiStandIn {
	const toolAnswers: string[] = [];
	return {
		hosts: ['api.openai.com'],
		toolAnswers,
		answer: ({ method, path, authorization, body }) => {
			if (method !== 'POST' || path !== '/v1/responses') return undefined;
			if (authorization !== `Bearer ${OPENAI_KEY}`) {
				return { status: 401, body: { error: { message: 'Incorrect API key provided' } } };
			}
			const toolAnswer = readToolAnswer(body);
			if (toolAnswer !== undefined) toolAnswers.push(toolAnswer);
			const output = toolAnswer === undefined ? callTool(body) : say(`Judged: ${toolAnswer}`);
			return body.stream === true
				? { body: eventStream(response(output)) }
				: { body: response(output) };
		},
	};
}

function readToolAnswer({ input }: JsonRecord): string | undefined {
	const answers = readArray(input, 'input').filter(isRecord);
	const last = answers.filter(({ type }) => type === 'function_call_output').at(-1);
	return last && (readOptionalString(last, 'output') ?? JSON.stringify(last.output));
}

function callTool({ input, tools }: JsonRecord): JsonRecord {
	const [tool] = readRecords(tools, 'tools');
	const address = /https:\/\/[^\s"\\]+/.exec(JSON.stringify(input))?.[0];
	const answers: JsonRecord = {
		image_url: address,
		task_type: 'product_photography',
		task_description: 'A product on a plain background',
	};
	const call = { call_id: 'call_1', name: tool?.name, arguments: JSON.stringify(answers) };
	return { type: 'function_call', id: 'fc_1', status: 'completed', ...call };
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
