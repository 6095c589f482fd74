/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type Socket } from 'node:net';

/** The body of a mail, decoded, and its content type. */
export interface Mail {
	type: string;
	body: string;
}

export interface MailServer {
	port: number;
	mails: Mail[];
	close(): Promise<void>;
}

/** A mail server on loopback that keeps what it gets. */
export async function startMailServer(): Promise<MailServer> {
	const mails: Mail[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
		converse(socket, mails);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return {
		port: address.port,
		mails,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function converse(socket: Socket, mails: Mail[]): void {
	let read = '';
	let isData = false;
	socket.setEncoding('utf8').write('220 stand-in\r\n');
	socket.on('data', (chunk) => {
		read += chunk.toString();
		for (;;) {
			const end = isData ? '\r\n.\r\n' : '\r\n';
			const at = read.indexOf(end);
			if (at < 0) return;
			const said = read.slice(0, at);
			read = read.slice(at + end.length);
			if (isData) mails.push(mailOf(said.replace(/^\.\./gm, '.')));
			else if (said === 'QUIT') return void socket.end('221 bye\r\n');
			isData = !isData && said === 'DATA';
			socket.write(isData ? '354 go on\r\n' : '250 ok\r\n');
		}
	});
}

/** One part: the headers, then the body in its transfer encoding. */
function mailOf(source: string): Mail {
	const at = source.indexOf('\r\n\r\n');
	const headers = source.slice(0, at).replace(/\r\n\s+/g, ' ');
	const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1] ?? '';
	const encoded = source.slice(at + 4);
	const encoding = header('Content-Transfer-Encoding').toLowerCase();
	const bytes =
		encoding === 'base64'
			? Buffer.from(encoded, 'base64')
			: Buffer.from(encoding === 'quoted-printable' ? fromPrintable(encoded) : encoded, 'latin1');
	const type = header('Content-Type').split(';')[0] ?? '';
	return { type, body: bytes.toString('utf8').replace(/\r\n/g, '\n') };
}

function fromPrintable(text: string): string {
	return text
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
