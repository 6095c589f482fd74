/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error */
import { startEmulator, type Emulator, type EmulatorOptions } from '../../emulator';
import { N8nClient } from '../client';
import { createCredential, type CredentialReference } from '../credentials';
import { ensureN8n } from '../install';
import { freePort } from '../ports';
import { startN8n, type N8nCommand, type N8nServer } from '../server';
import { CALLBACK_SECRET, credentialDataFor } from '../session';
import { startPostgres, startRedis } from './services';

const WORKER_CONCURRENCY = 2;

/** n8n in queue mode: a main process, one that receives webhooks, two workers. */
export interface Cluster {
	client: N8nClient;
	emulator: Emulator;
	credential: CredentialReference;
	/** Where webhooks and callbacks go: the webhook process. */
	webhookUrl: string;
	webhook: N8nServer;
	workers: N8nServer[];
	main: N8nServer;
	end(): Promise<void>;
}

/** Starts everything, each process with a folder of its own in which the package is installed. */
export async function startCluster(options: Partial<EmulatorOptions> = {}): Promise<Cluster> {
	const ends: Array<() => Promise<void>> = [];
	const end = async () => {
		for (const each of ends.splice(0).reverse()) await each();
	};
	try {
		const emulator = await startEmulator({ callbackSecret: CALLBACK_SECRET, ...options });
		ends.push(async () => await emulator.close());
		const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
		ends.push(postgres.end, redis.end);

		const install = await ensureN8n();
		const webhookPort = await freePort();
		const webhookUrl = `http://127.0.0.1:${webhookPort}`;
		const env = queueEnvironment(postgres.port, redis.port, webhookUrl);
		const tarball = process.env.RUNFLOW_TARBALL;
		const start = async (command: N8nCommand, more: Record<string, string>, port?: number) => {
			const server = await startN8n({
				install,
				tarball,
				command,
				port,
				env: { ...env, ...more },
			});
			ends.push(async () => await server.end());
			return server;
		};
		const main = await start('start', {});
		const limit = { N8N_CONCURRENCY_PRODUCTION_LIMIT: String(WORKER_CONCURRENCY) };
		const [webhook, ...workers] = await Promise.all([
			start('webhook', {}, webhookPort),
			start('worker', limit),
			start('worker', limit),
		]);
		const client = new N8nClient(main.url);
		await client.setUpOwner();
		const data = credentialDataFor(emulator);
		const credential = await createCredential(client, 'runflowApi', data, 'Runflow');
		return { client, emulator, credential, webhookUrl, webhook, workers, main, end };
	} catch (error) {
		await end();
		throw error;
	}
}

/** A job whose worker has died is noticed after seconds and not, as usual, after a minute. */
function queueEnvironment(
	postgresPort: number,
	redisPort: number,
	webhookUrl: string,
): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: 'the-same-key-for-all-of-them',
		WEBHOOK_URL: `${webhookUrl}/`,
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgresPort),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'n8n',
		// What docs/scale.md advises where many callbacks come at once.
		DB_POSTGRESDB_POOL_SIZE: '10',
		N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		QUEUE_WORKER_LOCK_DURATION: '10000',
		QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
		QUEUE_WORKER_STALLED_INTERVAL: '5000',
	};
}
