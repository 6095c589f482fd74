/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installDebianPackages } from '../debian';
import { createLeash } from '../leash';
import { freePort } from '../ports';
import { until } from '../webhookRuns';

const START_TIMEOUT_MS = 60_000;
const POSTGRES_FOLDER = '/usr/lib/postgresql';
const REDIS = '/usr/bin/redis-server';

/** Why PostgreSQL and Redis cannot be had, `undefined` when they can. */
export function reasonWithoutServices(): string | undefined {
	return installDebianPackages([
		{ name: 'postgresql', file: POSTGRES_FOLDER },
		{ name: 'redis-server', file: REDIS },
	]);
}

/** A server on loopback; it ends with `end()` or with this process. */
export interface Service {
	port: number;
	end(): Promise<void>;
}

/** An empty PostgreSQL with the superuser `n8n`, who needs no password. */
export async function startPostgres(): Promise<Service> {
	const folder = mkdtempSync(join(tmpdir(), 'runflow-postgres-'));
	const data = join(folder, 'data');
	const version = readdirSync(POSTGRES_FOLDER).sort().at(-1) ?? '';
	const program = (name: string) => join(POSTGRES_FOLDER, version, 'bin', name);
	if (process.getuid?.() === 0) {
		execFileSync('chown', ['postgres', folder]);
		mkdirSync(data);
		execFileSync('chown', ['postgres', data]);
		chmodSync(data, 0o700);
	}
	const [initdb = '', ...rest] = asPostgres(program('initdb'));
	const setUp = ['-D', data, '-U', 'n8n', '-A', 'trust', '--no-sync', '-E', 'UTF8'];
	execFileSync(initdb, [...rest, ...setUp], { cwd: folder, stdio: 'ignore' });
	const settings = ['fsync=off', 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`];
	return await startService(folder, (port) => [
		...asPostgres(program('postgres')),
		...['-D', data, '-p', String(port)],
		...settings.flatMap((setting) => ['-c', setting]),
	]);
}

/** PostgreSQL refuses to run as root. */
function asPostgres(program: string): string[] {
	return process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', program] : [program];
}

export async function startRedis(): Promise<Service> {
	const folder = mkdtempSync(join(tmpdir(), 'runflow-redis-'));
	const settings = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
	return await startService(folder, (port) => [REDIS, '--port', String(port), ...settings]);
}

async function startService(
	folder: string,
	commandFor: (port: number) => string[],
): Promise<Service> {
	if (!existsSync(folder)) throw new Error(`${folder} is gone`);
	const port = await freePort();
	const [command = '', ...args] = commandFor(port);
	const leash = createLeash(folder);
	const child = spawn(command, args, { cwd: folder, detached: true, stdio: 'ignore' });
	child.unref();
	leash.hold(child.pid);
	await until(`${command} answers`, async () => await accepts(port), START_TIMEOUT_MS);
	return { port, end: leash.release };
}

async function accepts(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});
}
