/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { INodeParameters } from 'n8n-workflow';

import { runNode } from '../../lab/engine';
import { portOf } from '../../lab/scenario/receiver';

const KEY = 'sk/odd+key_7f3a';
const ID = '6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11';
const escaped = (text: string) =>
	[...text].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const FORMS: Array<[name: string, write: (key: string) => string]> = [
	['as it is', (key) => key],
	['with escaped slashes', (key) => key.replaceAll('/', '\\/')],
	['all of it escaped', escaped],
	['as in an address', encodeURIComponent],
];

let server: Server;
let status: number;
let write: (key: string) => string;

/** Repeats what came with the request, in every field that is read. */
beforeEach(async () => {
	server = createServer((request, response) => {
		const said = write(String(request.headers.authorization).slice('Bearer '.length));
		const fields = ['client_ref', 'task_type', 'failure_code', 'generated_image_url', 'cost'];
		const repeated = fields.map((name) => `"${name}":"${said}"`).join(',');
		const issue = `"top_issues":["${said}"],"top_strengths":[{"label":"${said}"}]`;
		const good = `{"id":"${ID}","status_code":"completed","overall_passed":false,${repeated},${issue},"items":[{"code":"${said}","name":"${said}","price":"${said}","is_active":true}]}`;
		const bad = `{"code":"${said}","message":"Key ${said}","errors":[{"field":"${said}","message":"${said}"}]}`;
		response.writeHead(status, { 'Content-Type': 'application/json' });
		response.end(status < 300 ? good : bad);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
	server.closeAllConnections();
	server.close();
});

const SUBMIT = { generatedImageUrl: 'https://images.example.com/1.png', taskType: 'headshot' };
const CALLS: INodeParameters[] = [
	{ operation: 'submit', ...SUBMIT },
	{ operation: 'submitAndWait', ...SUBMIT, options: { simple: false } },
	{ operation: 'get', evaluationId: ID, options: { simple: false } },
	{ operation: 'sendFeedback', evaluationId: ID, feedback: 'positive' },
	{ operation: 'listJobClasses' },
];

describe.each(FORMS)('a key that is repeated %s', (_, form) => {
	it.each([200, 422])('is in no item and in no error (%i)', async (answer) => {
		[status, write] = [answer, form];
		for (const parameters of CALLS) {
			const run = await runNode(parameters, [{ json: {} }], {
				baseUrl: `http://127.0.0.1:${portOf(server.address())}`,
				apiKey: KEY,
				onError: 'continueRegularOutput',
			});
			const told = JSON.stringify([run.after, run.error, run.hints]);
			expect(run.after.flat()).toHaveLength(1);
			for (const [, other] of FORMS) expect(told).not.toContain(other(KEY));
			expect(told).not.toContain('odd+key');
			expect(told).toContain('…');
		}
	});
});
