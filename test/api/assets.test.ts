import { RunflowClient } from '../../nodes/Runflow/api/client';
import type { HttpRequest } from '../../nodes/Runflow/api/http';

/** Where the content of a file goes when the API hands out this address. */
async function uploadTo(uploadUrl: string, baseUrl = 'https://api.runflow.io'): Promise<string[]> {
	const sent: HttpRequest[] = [];
	const body = { asset_id: 'a1', upload_url: uploadUrl };
	const http = {
		isStopped: () => false,
		send: async (request: HttpRequest) => {
			sent.push(request);
			return { status: 200, headers: {}, body };
		},
	};
	const file = { fileName: 'a.png', mimeType: 'image/png', bytes: 1 };
	const opened = { ...file, open: async () => Buffer.from('x') };
	await new RunflowClient(http, baseUrl).upload(opened, 'key');
	return sent.filter(({ method }) => method === 'PUT').map(({ url }) => url);
}

it.each([
	'http://localhost:pw@127.0.0.2/x',
	'http://127.0.0.1:80@example.com/x',
	'https://user:pw@storage.example.com/x',
	'http://storage.example.com/x',
	'http://localhost.example.com/x',
	'http://localhost:9000/x',
	'http://[::1]:9000/x',
	'ftp://storage.example.com/x',
	'//storage.example.com/x',
	'file:///etc/passwd',
	...['https://localhost/x', 'https://127.0.0.1/x', 'https://[::1]/x', 'https://0x7f.1/x'],
	...['https://169.254.169.254/latest', 'https://[fe80::1]/x', 'https://10.0.0.7/x'],
	...['https://192.168.1.2/x', 'https://minio/x', 'https://storage.internal/x'],
])('sends no file to %s', async (url) => {
	expect(await uploadTo(url)).toEqual([]);
});

it.each([
	['https://storage.example.com/x?signature=1', undefined],
	['HTTPS://storage.example.com/x', undefined],
	['http://localhost:9000/x', 'http://127.0.0.1:4010'],
	['https://10.0.0.7/x', 'https://10.0.0.8/runflow'],
	['https://storage.example.com/x', 'https://10.0.0.8/runflow'],
	['http://[::1]:9000/x', ' http://localhost:4010/ '],
])('sends a file to %s from a Base URL %s', async (url, baseUrl) => {
	expect(await uploadTo(url, baseUrl)).toEqual([url]);
});

it('sends none to another machine over plain http, wherever the API is', async () => {
	expect(await uploadTo('http://127.0.0.2/x', 'http://127.0.0.1:4010')).toEqual([]);
});
