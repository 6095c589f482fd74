import { randomBytes } from 'node:crypto';

const INHERITED = ['PATH', 'HOME', 'USER', 'LANG', 'TMPDIR'];

interface ServerEnvironmentOptions {
	inherited: NodeJS.ProcessEnv;
	userFolder: string;
	port: number;
	brokerPort: number;
	extra: Record<string, string>;
}

/**
 * The environment of an n8n process: nothing of this process's own but the usual basics (jest sets
 * NODE_ENV, a developer may have N8N_ variables set), and nothing in n8n that calls home.
 */
export function serverEnvironment(options: ServerEnvironmentOptions): NodeJS.ProcessEnv {
	const basics = INHERITED.map((name) => [name, options.inherited[name]]);
	return {
		...Object.fromEntries(basics),
		N8N_USER_FOLDER: options.userFolder,
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(options.port),
		N8N_RUNNERS_BROKER_PORT: String(options.brokerPort),
		QUEUE_HEALTH_CHECK_PORT: String(options.port),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		WEBHOOK_URL: `http://127.0.0.1:${options.port}/`,
		DB_TYPE: 'sqlite',
		GENERIC_TIMEZONE: 'UTC',
		N8N_SECURE_COOKIE: 'false',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry',
		N8N_PERSONALIZATION_ENABLED: 'false',
		...options.extra,
	};
}
