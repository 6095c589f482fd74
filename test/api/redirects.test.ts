/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';

import { runNode } from '../../lab/engine';
import { itemWith, photo } from '../../lab/scenario/photos';
import { portOf } from '../../lab/scenario/receiver';

const SUBMIT = { operation: 'submit', taskType: 'headshot' };

const servers: Server[] = [];

/** A server that answers with what `respond` gives, as JSON, and keeps what it was asked. */
async function serve(
	respond: (request: IncomingMessage) => { status: number; location?: string; body?: object },
): Promise<{ url: string; asked: IncomingMessage[] }> {
	const asked: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		asked.push(request);
		request.resume().on('end', () => {
			const { status, location, body = {} } = respond(request);
			response.writeHead(status, location === undefined ? {} : { Location: location });
			response.end(JSON.stringify(body));
		});
	});
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${portOf(server.address())}`, asked };
}

afterEach(() => {
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
});

it.each([301, 302, 307, 308])('no request follows a redirect (%i) with the key', async (status) => {
	const elsewhere = await serve(() => ({
		status: 200,
		body: { id: 'e1', status_code: 'pending' },
	}));
	const api = await serve(() => ({ status, location: `${elsewhere.url}/v1/evaluations` }));
	const parameters = { ...SUBMIT, generatedImageUrl: 'https://images.example.com/1.png' };
	const { error } = await runNode(parameters, [{ json: {} }], {
		baseUrl: api.url,
		apiKey: 'rf_live_full',
	});
	expect(error?.message).toContain(`leads to another address (status ${status})`);
	expect([api.asked.length, elsewhere.asked.length]).toEqual([1, 0]);
});

it('no file follows a redirect of the storage', async () => {
	const elsewhere = await serve(() => ({ status: 200 }));
	const api: Awaited<ReturnType<typeof serve>> = await serve(({ method }) =>
		method === 'PUT'
			? { status: 307, location: `${elsewhere.url}/file` }
			: { status: 200, body: { asset_id: 'a1', upload_url: `${api.url}/storage` } },
	);
	const { error } = await runNode({ ...SUBMIT, imageSource: 'binary' }, [itemWith(await photo())], {
		baseUrl: api.url,
		apiKey: 'rf_live_full',
	});
	expect(error?.message).toBe('Runflow did not take the image file');
	const puts = api.asked.filter(({ method }) => method === 'PUT');
	expect(puts.map(({ headers }) => headers.authorization)).toEqual([undefined]);
	expect(elsewhere.asked).toEqual([]);
});
