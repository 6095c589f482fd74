import { isRecord, readArray, readOptionalString, readRecords, type JsonRecord } from '../read';
import type { Conversation, Step } from './assistant';

/** One of OpenAI's two ways to talk to a model. */
export interface ModelApi {
	read(body: JsonRecord): Conversation;
	/** The answer as JSON, or as an event stream where that was asked for. */
	write(step: Step, stream: boolean): unknown;
}

const CREATED = 1_790_000_000;
const MODEL = 'gpt-5-mini';

/** `/v1/responses`: what agents of version 3 use. */
export const RESPONSES: ModelApi = {
	read: ({ input, tools }) => {
		const turn = lastTurn(readArray(input, 'input').filter(isRecord));
		const last = turn.filter(({ type }) => type === 'function_call_output').at(-1);
		return {
			question: JSON.stringify(turn),
			tools: readRecords(tools ?? [], 'tools').map(({ name }) => String(name)),
			toolAnswer: last && (readOptionalString(last, 'output') ?? JSON.stringify(last.output)),
		};
	},
	write: (step, stream) => {
		const output = outputOf(step);
		const whole = {
			...{ id: 'resp_1', object: 'response', created_at: CREATED, status: 'completed' },
			...{ model: MODEL, output, parallel_tool_calls: true, tools: [] },
			usage: { input_tokens: 10, output_tokens: 10, total_tokens: 20 },
		};
		if (!stream) return whole;
		const events: JsonRecord[] = [
			{ type: 'response.created', response: { ...whole, status: 'in_progress', output: [] } },
			...output.flatMap((item, output_index) => [
				{ type: 'response.output_item.added', output_index, item },
				{ type: 'response.output_item.done', output_index, item },
			]),
			{ type: 'response.completed', response: whole },
		];
		return events.map((data) => `event: ${data.type}\n${eventData(data)}`).join('');
	},
};

/** What was said since a person wrote last; before it stands what a memory kept. */
function lastTurn(messages: JsonRecord[]): JsonRecord[] {
	return messages.slice(messages.map(({ role }) => role).lastIndexOf('user'));
}

function outputOf(step: Step): JsonRecord[] {
	if ('text' in step) {
		const content = [{ type: 'output_text', text: step.text, annotations: [] }];
		return [{ type: 'message', id: 'msg_1', status: 'completed', role: 'assistant', content }];
	}
	const { tool, calls } = step;
	return calls.map((values, at) => {
		const call = { call_id: `call_${tool}_${at}`, name: tool, arguments: JSON.stringify(values) };
		return { type: 'function_call', id: `fc_${tool}_${at}`, status: 'completed', ...call };
	});
}

/** `/v1/chat/completions`: the only one that agents before version 3 take. */
export const CHAT_COMPLETIONS: ModelApi = {
	read: ({ messages, tools }) => {
		const turn = lastTurn(readRecords(messages, 'messages'));
		const last = turn.at(-1) ?? {};
		return {
			question: JSON.stringify(turn),
			tools: readRecords(tools ?? [], 'tools').map(({ function: tool }) =>
				isRecord(tool) ? String(tool.name) : '',
			),
			toolAnswer: last.role === 'tool' ? readOptionalString(last, 'content') : undefined,
		};
	},
	write: (step, stream) => {
		const message = { role: 'assistant', ...chatMessage(step) };
		const finish_reason = 'text' in step ? 'stop' : 'tool_calls';
		const answer = { id: 'chatcmpl-1', created: CREATED, model: MODEL };
		if (!stream) {
			const usage = { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 };
			const choices = [{ index: 0, message, finish_reason }];
			return { ...answer, object: 'chat.completion', choices, usage };
		}
		const choices = [{ index: 0, delta: message, finish_reason }];
		const chunk = eventData({ ...answer, object: 'chat.completion.chunk', choices });
		return `${chunk}data: [DONE]\n\n`;
	},
};

function chatMessage(step: Step): JsonRecord {
	if ('text' in step) return { content: step.text };
	const { tool, calls } = step;
	const tool_calls = calls.map((values, index) => {
		const call = { name: tool, arguments: JSON.stringify(values) };
		return { index, id: `call_${tool}_${index}`, type: 'function', function: call };
	});
	return { content: null, tool_calls };
}

function eventData(data: JsonRecord): string {
	return `data: ${JSON.stringify(data)}\n\n`;
}
