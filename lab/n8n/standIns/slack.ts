import { readString } from '../read';
import type { Service } from './service';

export const SLACK_TOKEN = 'xoxb-stand-in';

export interface SlackMessage {
	channel: string;
	text: string;
}

export interface SlackStandIn extends Service {
	/** What was posted, in order. */
	messages: SlackMessage[];
}

/** Slack, as far as a node needs it to post a message. */
export function createSlack(onMessage?: (message: SlackMessage) => void): SlackStandIn {
	const messages: SlackMessage[] = [];
	return {
		hosts: ['slack.com'],
		messages,
		answer: ({ method, path, authorization, body }) => {
			if (method !== 'POST' || path !== '/api/chat.postMessage') return undefined;
			if (authorization !== `Bearer ${SLACK_TOKEN}`) {
				return { body: { ok: false, error: 'invalid_auth' } };
			}
			const message = { channel: readString(body, 'channel'), text: readString(body, 'text') };
			messages.push(message);
			onMessage?.(message);
			const ts = `1790000000.${String(messages.length).padStart(6, '0')}`;
			return { body: { ok: true, channel: 'C0STANDIN', ts, message } };
		},
	};
}
