/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { N8nInstall } from './install';

const INHERITED = ['PATH', 'HOME', 'USER', 'LANG', 'TMPDIR'];

const CALLS_HOME = 'mcp-registry';

interface Place {
	userFolder: string;
	port: number;
	brokerPort: number;
}

interface ServerEnvironmentOptions extends Place {
	install: N8nInstall;
	extra: Record<string, string>;
}

/**
 * The environment of an n8n process: nothing of this process's own but the usual basics (jest sets
 * NODE_ENV, a developer may have N8N_ variables set), and nothing in n8n that calls home.
 */
export function serverEnvironment(options: ServerEnvironmentOptions): NodeJS.ProcessEnv {
	const { install } = options;
	const basics = INHERITED.map((name) => [name, install.env[name]]);
	return {
		...Object.fromEntries(basics),
		...n8nSettings(options),
		...disabledModules(install),
		...options.extra,
	};
}

/** What an n8n on loopback is told, whoever starts it; each call makes another encryption key. */
export function n8nSettings({ userFolder, port, brokerPort }: Place): Record<string, string> {
	return {
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		QUEUE_HEALTH_CHECK_PORT: String(port),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		DB_TYPE: 'sqlite',
		GENERIC_TIMEZONE: 'UTC',
		N8N_SECURE_COOKIE: 'false',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
	};
}

/** n8n does not start when it is told to leave out a module that it does not have. */
function disabledModules({ directory }: N8nInstall): NodeJS.ProcessEnv {
	const modules = join(directory, 'node_modules', 'n8n', 'dist', 'modules');
	return existsSync(join(modules, CALLS_HOME)) ? { N8N_DISABLED_MODULES: CALLS_HOME } : {};
}
