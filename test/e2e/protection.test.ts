import { testCredential } from '../../lab/n8n/credentials';
import { outputOf, waitForExecution, waitForExecutions } from '../../lab/n8n/executions';
import { startSession, type Session } from '../../lab/n8n/session';
import {
	judgeNode,
	makeRows,
	postRows,
	publishWebhook,
	webhookFile,
	webhookOf,
} from '../../lab/n8n/webhookRuns';

const LONG_MS = 180_000;

/** Judges two images in an n8n whose protection against internal addresses is on. */
async function judge(env: Record<string, string>, work: (session: Session) => Promise<void>) {
	const session = await startSession({ env: { N8N_SSRF_PROTECTION_ENABLED: 'true', ...env } });
	try {
		await work(session);
	} finally {
		await session.end();
	}
}

async function execution(session: Session) {
	const webhook = webhookOf(session.n8n.url, 'protected');
	const file = webhookFile('protected', [judgeNode('poll')]);
	const published = await publishWebhook(session, webhook, file);
	await postRows(webhook, makeRows('protected', 2));
	const [{ id } = { id: '' }] = await waitForExecutions(session.client, published.workflow.id);
	return await waitForExecution(session.client, id);
}

it(
	'says at once, in the words of n8n, that n8n blocked the request and nothing was sent',
	async () => {
		await judge({}, async (session) => {
			const { status, error, runs } = await execution(session);
			expect(status).toBe('error');
			expect(error?.message).toBe('n8n blocked the request to Runflow');
			expect(error?.description).toMatch(
				/The request was blocked because it resolves to a restricted IP address.*administrator.*Nothing was sent/s,
			);
			expect(error?.description).not.toMatch(/billed/);
			expect(runs.Judge?.[0]?.executionTimeMs).toBeLessThan(2_000);
			expect(session.emulator.requests).toEqual([]);

			const { client, credential, credentialData } = session;
			const test = await testCredential(client, credential, credentialData);
			expect(test).toMatchObject({
				status: 'Error',
				message: expect.stringContaining('restricted IP address'),
			});
		});
	},
	LONG_MS,
);

it(
	'judges where the administrator of n8n allows the address',
	async () => {
		await judge({ N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.1/32' }, async (session) => {
			expect(outputOf(await execution(session), 'Judge')).toHaveLength(2);
		});
	},
	LONG_MS,
);
