/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import { isRecord, type JsonRecord } from '../read';
import type { TestAuthority } from './authority';
import type { Service, ServiceAnswer, ServiceRequest } from './service';

const ESTABLISHED = 'HTTP/1.1 200 Connection Established\r\n\r\n';
const REFUSED = 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n';

export interface Proxy {
	url: string;
	/** Requests that no service answered, such as `POST slack.com/api/files.upload`. */
	unexpected: string[];
	close(): Promise<void>;
}

/**
 * Starts an HTTP proxy on loopback that lets nothing out: for the services' hosts it ends the TLS
 * connection itself and lets the service answer, for everything else it says 502 and notes it.
 */
export async function startProxy(
	services: Service[],
	authority: TestAuthority,
	port = 0,
): Promise<Proxy> {
	const unexpected: string[] = [];
	const sockets = new Set<Duplex>();
	const secureContext = createSecureContext({ cert: authority.certificate, key: authority.key });
	const web = createServer((request, response) => {
		void respond(services, request, response, unexpected);
	});
	const proxy = createServer((request, response) => {
		unexpected.push(`${request.method} ${request.url}`);
		response.writeHead(502).end();
	});
	proxy.on('connect', (request, socket: Duplex) => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
		const host = (request.url ?? '').split(':')[0] ?? '';
		if (services.every(({ hosts }) => !hosts.includes(host))) {
			// An n8n that somebody else started may call home: not all of its versions can be told not to.
			const callsHome = port !== 0 && host.endsWith('.n8n.io');
			if (!callsHome) unexpected.push(`CONNECT ${request.url}`);
			socket.end(REFUSED);
			return;
		}
		socket.write(ESTABLISHED);
		const secure = new TLSSocket(socket, { isServer: true, secureContext });
		secure.on('error', () => secure.destroy());
		web.emit('connection', secure);
	});
	return {
		url: `http://127.0.0.1:${await listen(proxy, port)}`,
		unexpected,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => proxy.close(resolve));
		},
	};
}

async function listen(server: Server, port: number): Promise<number> {
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return address.port;
}

async function respond(
	services: Service[],
	incoming: IncomingMessage,
	response: ServerResponse,
	unexpected: string[],
): Promise<void> {
	const request = await readRequest(incoming);
	const service = services.find(({ hosts }) => hosts.includes(request.host));
	const answer = service?.answer(request);
	if (answer === undefined) unexpected.push(`${request.method} ${request.host}${request.path}`);
	write(response, answer ?? { status: 502, body: { error: 'not expected' } });
}

async function readRequest(incoming: IncomingMessage): Promise<ServiceRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
	const host = incoming.headers.host ?? '';
	const url = new URL(incoming.url ?? '', `https://${host}`);
	const raw = Buffer.concat(chunks);
	return {
		host: url.hostname,
		method: incoming.method ?? '',
		path: decodeURIComponent(url.pathname),
		query: url.searchParams,
		authorization: incoming.headers.authorization ?? '',
		body: parseBody(incoming.headers['content-type'] ?? '', raw),
		raw,
	};
}

function parseBody(contentType: string, raw: Buffer): JsonRecord {
	const text = raw.toString();
	if (contentType.startsWith('application/x-www-form-urlencoded')) {
		return Object.fromEntries(new URLSearchParams(text));
	}
	if (!contentType.startsWith('application/json') || text === '') return {};
	const parsed: unknown = JSON.parse(text);
	return isRecord(parsed) ? parsed : {};
}

function write(response: ServerResponse, { status = 200, body }: ServiceAnswer): void {
	const stream = typeof body === 'string';
	response.writeHead(status, { 'content-type': stream ? 'text/event-stream' : 'application/json' });
	response.end(stream ? body : JSON.stringify(body));
}
