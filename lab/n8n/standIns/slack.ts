import { isRecord, readOptionalString, readRecords, readString, type JsonRecord } from '../read';
import type { Service, ServiceAnswer, ServiceRequest } from './service';
import type { Troubles } from './troubles';

export const SLACK_TOKEN = 'xoxb-stand-in';

const CHANNEL = { id: 'C0123456789', name: 'image-review' };
const UPLOAD_HOST = 'files.slack.com';
/** So many messages at once, and one a second after them. */
const BURST = 3;
const SECOND_MS = 1_000;
const POSTING = ['/api/chat.postMessage', '/api/files.completeUploadExternal'];

export interface SlackMessage {
	channel: string;
	text: string;
	/** The addresses behind the buttons, by their labels. */
	buttons?: Record<string, string>;
	/** Name and content of the file that came with it. */
	file?: { name: string; content: string };
}

export interface SlackStandIn extends Service {
	/** What was posted, in order. */
	messages: SlackMessage[];
	/** What was refused, in order: a text, or the name of a file. */
	refused: string[];
}

/** Slack, as far as a node needs it to post a message or a file in its one channel. */
export function createSlack(
	troubles: Troubles,
	onMessage?: (message: SlackMessage) => void,
): SlackStandIn {
	const messages: SlackMessage[] = [];
	const refused: string[] = [];
	const uploads: Array<{ name: string; content: string }> = [];
	const posted: number[] = [];
	const post = (message: SlackMessage) => {
		messages.push(message);
		onMessage?.(message);
	};
	const methods: Record<string, (request: ServiceRequest) => JsonRecord> = {
		'/api/conversations.list': () => ({ channels: [{ ...CHANNEL, is_channel: true }] }),
		'/api/chat.postMessage': ({ body }) => {
			const message = readMessage(body);
			post(message);
			const ts = `1790000000.${String(messages.length).padStart(6, '0')}`;
			return { channel: CHANNEL.id, ts, message: { text: message.text } };
		},
		'/api/files.getUploadURLExternal': ({ query }) => {
			const file_id = `F${uploads.push({ name: query.get('filename') ?? '', content: '' })}`;
			return { file_id, upload_url: `https://${UPLOAD_HOST}/upload/${file_id}` };
		},
		'/api/files.completeUploadExternal': ({ body }) => {
			const files = readRecords(body.files, 'files');
			const file = uploads[Number(readString(files[0] ?? {}, 'id').slice(1)) - 1];
			const text = readOptionalString(body, 'initial_comment') ?? '';
			post({ channel: readString(body, 'channel_id'), text, file });
			return { files };
		},
	};
	return {
		hosts: ['slack.com', UPLOAD_HOST],
		messages,
		refused,
		answer: (request): ServiceAnswer | undefined => {
			if (request.host === UPLOAD_HOST) {
				const upload = uploads[Number(request.path.replace('/upload/F', '')) - 1];
				if (upload !== undefined) upload.content = fileIn(request.raw);
				return upload && { body: { ok: true } };
			}
			const method = methods[request.path];
			if (method === undefined) return undefined;
			if (request.authorization !== `Bearer ${SLACK_TOKEN}`) {
				return { body: { ok: false, error: 'invalid_auth' } };
			}
			if (troubles.slackLimits && POSTING.includes(request.path)) {
				const recent = posted.filter((at) => at > Date.now() - BURST * SECOND_MS);
				if (recent.length >= BURST) {
					refused.push(refusedText(request.body));
					return { status: 429, body: { ok: false, error: 'ratelimited' } };
				}
				posted.push(Date.now());
			}
			if (troubles.slackRefuses && POSTING.includes(request.path)) {
				refused.push(refusedText(request.body));
				return { body: { ok: false, error: 'not_in_channel' } };
			}
			return { body: { ok: true, ...method(request) } };
		},
	};
}

function refusedText(body: JsonRecord): string {
	if (body.initial_comment !== undefined) return String(body.initial_comment);
	return readMessage(body).text;
}

/** A message is plain text, or made of blocks. */
function readMessage(body: JsonRecord): SlackMessage {
	const channel = readString(body, 'channel');
	if (!Array.isArray(body.blocks)) return { channel, text: readString(body, 'text') };
	const parts = body.blocks.filter(isRecord);
	const elements = parts.flatMap(({ elements }) => (Array.isArray(elements) ? elements : []));
	const text = parts.map(textOf).join('\n').trim();
	const buttons = elements.filter(isRecord).map((button) => [textOf(button), String(button.url)]);
	return { channel, text, buttons: Object.fromEntries(buttons) };
}

function textOf({ text }: JsonRecord): string {
	return isRecord(text) ? (readOptionalString(text, 'text') ?? '') : '';
}

/** The first part of a multipart body, or the whole body when it is none. */
function fileIn(raw: Buffer): string {
	const text = raw.toString();
	const boundary = /^--\S+/.exec(text)?.[0];
	if (boundary === undefined) return text;
	const start = text.indexOf('\r\n\r\n') + 4;
	return text.slice(start, text.indexOf(`\r\n${boundary}`, start));
}
