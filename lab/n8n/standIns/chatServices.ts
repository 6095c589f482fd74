import { isRecord, readOptionalString, readString } from '../read';
import {
	readByDiscord,
	readByTeams,
	readByTelegram,
	readByTelegramHtml,
	readByTelegramV2,
	type Reading,
} from './chats';
import type { Service, ServiceAnswer, ServiceRequest } from './service';

export const DISCORD_TOKEN = 'discord-stand-in';
export const TELEGRAM_TOKEN = '123456:stand-in';
export const MICROSOFT_CODE = '0.stand-in';
const MICROSOFT_TOKEN = 'eyJ.stand-in';

/** A message as it was sent, and what its readers see of it. */
export interface ChatMessage extends Reading {
	service: 'Discord' | 'Telegram' | 'Teams';
	/** How the sender said that it is to be read. */
	format: string;
	sent: string;
}

export interface ChatServices extends Service {
	messages: ChatMessage[];
}

/** Discord, Telegram and Microsoft Teams as far as a node posts a message; each refuses what it refuses. */
export function createChatServices(): ChatServices {
	const messages: ChatMessage[] = [];
	const take = (message: ChatMessage, answer: object, refusal: object): ServiceAnswer => {
		messages.push(message);
		return message.refused === undefined ? { body: answer } : { status: 400, body: refusal };
	};
	const services: Record<string, (request: ServiceRequest) => ServiceAnswer | undefined> = {
		'discord.com': ({ path, body }) => {
			if (!path.endsWith('/messages')) return undefined;
			const sent = readString(body, 'content');
			const read = readByDiscord(sent);
			return take(
				{ service: 'Discord', format: 'content', sent, ...read },
				{ id: '1', content: sent },
				{ code: 50035, message: read.refused },
			);
		},
		'api.telegram.org': ({ path, body }) => {
			if (path !== `/bot${TELEGRAM_TOKEN}/sendMessage`) return undefined;
			const sent = readString(body, 'text');
			const format = readOptionalString(body, 'parse_mode') ?? '';
			const read = (TELEGRAM_READERS[format] ?? readByTelegram)(sent);
			return take(
				{ service: 'Telegram', format, sent, ...read },
				{ ok: true, result: { message_id: 1 } },
				{ ok: false, error_code: 400, description: `Bad Request: ${read.refused}` },
			);
		},
		'graph.microsoft.com': ({ path, body, authorization }) => {
			if (authorization !== `Bearer ${MICROSOFT_TOKEN}`) return { status: 401, body: {} };
			if (!path.endsWith('/messages') || !isRecord(body.body)) return undefined;
			const sent = readString(body.body, 'content');
			const format = readString(body.body, 'contentType');
			const read = readByTeams(sent, format);
			return take(
				{ service: 'Teams', format, sent, ...read },
				{ id: '1', body: body.body },
				{ error: { code: 'BadRequest', message: read.refused } },
			);
		},
		'login.microsoftonline.com': ({ path, body }) => {
			if (!path.endsWith('/oauth2/v2.0/token')) return undefined;
			if (body.code !== MICROSOFT_CODE) return { status: 400, body: { error: 'invalid_grant' } };
			const token = { access_token: MICROSOFT_TOKEN, token_type: 'Bearer', expires_in: 3_599 };
			return { body: { ...token, refresh_token: '0.refresh' } };
		},
	};
	return {
		hosts: Object.keys(services),
		messages,
		answer: (request) => services[request.host]?.(request),
	};
}

const TELEGRAM_READERS: Record<string, (text: string) => Reading> = {
	Markdown: readByTelegram,
	HTML: readByTelegramHtml,
	MarkdownV2: readByTelegramV2,
};
