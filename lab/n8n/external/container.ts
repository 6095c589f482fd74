/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { isReady } from '../ready';
import type { Prepared } from './prepare';

const ENGINES = ['docker', 'podman'];
const START_TIMEOUT_MS = 300_000;
const POLL_MS = 500;

export interface Container {
	/** Stops and removes it. */
	end(): Promise<void>;
}

/**
 * What starts n8n's image on a prepared folder: on the host's network, since the stand-ins listen on
 * loopback, and as the user who owns the folder.
 */
export function containerArguments(
	image: string,
	name: string,
	{ folder, envFile }: Prepared,
	user: string,
): string[] {
	return [
		...['run', '--rm', '--name', name, '--network', 'host', '--user', user],
		...['--volume', `${folder}:${folder}`, '--env-file', envFile, image],
	];
}

/** Starts n8n's image with Docker or Podman; resolves when n8n answers. */
export async function startContainer(image: string, prepared: Prepared): Promise<Container> {
	const engine = ENGINES.find((each) => spawnSync(each, ['--version']).status === 0);
	if (engine === undefined) throw new Error('--image needs Docker or Podman');
	const name = `runflow-n8n-${process.pid}`;
	const user = `${process.getuid?.() ?? 1000}:${process.getgid?.() ?? 1000}`;
	const args = containerArguments(image, name, prepared, user);
	const child = spawn(engine, args, { stdio: ['ignore', 'ignore', 'inherit'] });
	const end = async () => {
		const exited = child.exitCode === null ? once(child, 'exit') : undefined;
		spawnSync(engine, ['rm', '--force', name]);
		await exited;
	};
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isReady(prepared.url))) {
		if (child.exitCode !== null) throw new Error(`${engine} ended with ${child.exitCode}`);
		if (Date.now() > deadline) {
			await end();
			throw new Error(`n8n did not answer at ${prepared.url}`);
		}
		await sleep(POLL_MS);
	}
	return { end };
}
