/* eslint-disable */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDataTable, readDataTable } from './dataTables';
import { startExampleSession, type ExampleSession } from './exampleSession';
import { outputOf, waitForExecution, waitForExecutions, listExecutions } from './executions';
import { activateWorkflow, triggerWebhook, importWorkflow } from './workflows';
import { FORGERIES } from '../callback/forgeries';
import { CRAFTED } from '../callback/crafted';
import { sign } from '../callback/deliver';
import { TestClient } from '../emulator/testClient';

let session: ExampleSession;
const out: string[] = [];
const say = (...a: unknown[]) => { out.push(a.map((x) => typeof x === 'string' ? x : JSON.stringify(x)).join(' ')); writeFileSync('/tmp/zz-trigger.log', out.join('\n')); };
beforeAll(async () => {
	session = await startExampleSession({ filesFolder: mkdtempSync(join(tmpdir(), 'rf-')) });
});
afterAll(async () => { await session?.end(); });

it('example', async () => {
	const { client, emulator } = session;
	const cols = ['client_ref', 'verdict', 'issues', 'cost', 'evaluation_id'].map((name) => ({ name, type: 'string' as const }));
	const table = await createDataTable(client, 'Image Verdicts', [...cols, { name: 'score', type: 'number' }], [
		{ client_ref: 'row-1' }, { client_ref: 'row-2' }, { client_ref: 'row-3' }, { verdict: 'untouched' },
	]);
	const workflow = await session.importExample('callback-to-row-and-slack.json');
	const hook = triggerWebhook(session.n8n.url, workflow, 'Runflow Trigger', 'runflow');
	await activateWorkflow(client, workflow, [hook]);
	const api = new TestClient(emulator.url);
	emulator.options.latency = 'manual';
	const submit = async (client_ref: string | undefined, outcome: object) => {
		const { body } = await api.submit({ callback_url: hook.url, ...(client_ref ? { client_ref } : {}) });
		emulator.settle(String(body.id), outcome);
		await sleep(400);
	};
	await submit('row-1', { overall_passed: true, weighted_pass_rate: 0.9, top_issues: [] });
	await submit('row-2', { overall_passed: false, weighted_pass_rate: 0.3, top_issues: ['Blurred', 'Too dark'] });
	await submit('row-3', { status_code: 'failed', failure_code: 'invalid_media' });
	await submit('row-9', { overall_passed: false, weighted_pass_rate: 0.3, top_issues: ['Cut off'] });
	await submit(undefined, { overall_passed: false, weighted_pass_rate: 0.3, top_issues: ['No ref'] });
	const list = await waitForExecutions(client, workflow.id, 5);
	for (const { id } of list) { const e = await waitForExecution(client, id); say(id, e.status, e.error ?? ''); }
	say('rows', JSON.stringify(await readDataTable(client, table), null, 1));
	say('slack', JSON.stringify(session.standIns.slack.messages, null, 1));
	say('deliveries', emulator.deliveries.map(({ status }) => status));
	emulator.reset();
});

it('hostile', async () => {
	const { client, emulator } = session;
	const trigger = (verification: string) => ({ name: 'T ' + verification, nodes: [{ id: 't1', name: 'T', type: 'n8n-nodes-runflow.runflowTrigger', typeVersion: 1, position: [0, 0], webhookId: crypto.randomUUID(), parameters: { verification }, credentials: { runflowApi: { id: session.credential.id, name: session.credential.name } } }], connections: {}, settings: { executionOrder: 'v1' } });
	const api = new TestClient(emulator.url);
	const make = async (key = 'rf_live_full', settle = true) => {
		const { body } = await api.submit({}, { authorization: `Bearer ${key}` });
		if (settle) emulator.settle(String(body.id), { overall_passed: true, weighted_pass_rate: 0.9 });
		return String(body.id);
	};
	const SECRET = 'whsec_emulator';
	const post = async (url: string, d: any) => {
		const headers: Record<string, string> = { 'content-type': 'application/json', ...(d.contentEncoding ? { 'content-encoding': d.contentEncoding } : {}), ...d.headers };
		const q = new URLSearchParams(d.query ?? {}).toString();
		try { const r = await fetch(url + (q ? '?' + q : ''), { method: 'POST', headers, body: d.body }); return `${r.status} ${(await r.text()).slice(0, 100)}`; }
		catch (e) { return 'not sent: ' + String((e as Error).cause ?? e).slice(0, 80); }
	};
	for (const mode of ['signature', 'lookup']) {
		const workflow = await importWorkflow(client, trigger(mode), { credentials: [session.credential] });
		const hook = triggerWebhook(session.n8n.url, workflow, 'T', 'runflow');
		await activateWorkflow(client, workflow, [hook]);
		emulator.requests.length = 0;
		let sent = 0; const counts: Record<string, number> = {};
		if (mode === 'signature') {
			// the forgeries sign with the test secret; the credential of the session has another one: resign genuine with the real one
			const id = await make();
			const body = `{ "id" : "${id}", "note" : "café", "score" : 0.61 }`;
			for (const [name, forge] of FORGERIES) {
				const d = forge({ body, otherId: await make() });
				const r = await post(hook.url, { ...d, headers: d.headers ?? {} }); sent++;
				counts[r.slice(0, 3)] = (counts[r.slice(0, 3)] ?? 0) + 1;
				if (!r.startsWith('401')) say(mode, name, r);
			}
			const gets = emulator.requests.filter(({ method }) => method === 'GET').length;
			await sleep(1000);
			say(mode, 'sent', sent, counts, 'lookups', gets, 'executions', (await listExecutions(client, workflow.id)).length);
			say('genuine', await post(hook.url, { body, headers: { 'Runflow-Signature': sign(body, SECRET) } }));
			const ex = await waitForExecutions(client, workflow.id, 1); say('executions', ex.length);
			// duplicates
			const many = await Promise.all(Array.from({ length: 10 }, async () => post(hook.url, { body, headers: { 'Runflow-Signature': sign(body, SECRET) } })));
			say('dups', many.map((x) => x.slice(0, 3)));
			const id2 = await make(); const body2 = JSON.stringify({ id: id2 });
			const many2 = await Promise.all(Array.from({ length: 10 }, async () => post(hook.url, { body: body2, headers: { 'Runflow-Signature': sign(body2, SECRET) } })));
			say('dups concurrent new', many2.map((x) => x.slice(0, 3))); await sleep(500);
			say('executions', (await listExecutions(client, workflow.id)).length);
			await session.n8n.kill(); await session.n8n.restart(); await activateWorkflow(client, workflow, [hook]).catch((e) => say('re-activate', String(e).slice(0, 100)));
			for (const b of [body, body2]) say('after restart', await post(hook.url, { body: b, headers: { 'Runflow-Signature': sign(b, SECRET) } }));
			await sleep(500); say('executions', (await listExecutions(client, workflow.id)).length);
		} else {
			const ids = { finished: await make(), open: await make('rf_live_full', false), foreign: await make('rf_live_other') };
			for (const [name, craft, status] of CRAFTED) {
				for (const type of ['application/octet-stream', 'application/json']) {
					const r = await post(hook.url, { body: craft(ids), headers: { 'content-type': type } }); sent++;
					counts[r.slice(0, 3)] = (counts[r.slice(0, 3)] ?? 0) + 1;
					if (!r.startsWith(String(status))) say(mode, name, type, r);
				}
			}
			const paths = emulator.requests.filter(({ method }) => method === 'GET').map(({ path }) => path);
			await sleep(1000);
			say(mode, 'sent', sent, counts, 'paths', [...new Set(paths)], 'executions', (await listExecutions(client, workflow.id)).length);
			say('genuine', await post(hook.url, { body: JSON.stringify({ id: ids.finished }) }));
			say('executions', (await waitForExecutions(client, workflow.id, 1)).length);
		}
	}
	// no secret: activation
	const { createCredential } = await import('./credentials');
	const bare = await createCredential(client, 'runflowApi', { ...session.credentialData, callbackSecret: '' }, 'Bare');
	const wf: any = trigger('signature'); wf.nodes[0].credentials.runflowApi = { id: bare.id, name: bare.name };
	const stored = await importWorkflow(client, wf, { credentials: [bare] });
	say('activate without secret', await client.send('POST', `/rest/workflows/${stored.id}/activate`, { versionId: stored.versionId }).then((x) => JSON.stringify(x).slice(0, 300), (e) => String(e).slice(0, 600)));
	say('log', String((session.n8n as any).output ?? (session.n8n as any).log ?? '').split('\n').filter((l) => /Runflow|'T'/.test(l)).slice(-12).join('\n'));
}, 240_000);
