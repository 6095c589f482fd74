/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run } from './run';

const PACKAGE_ROOT = resolve(__dirname, '..', '..');

export interface PackedPackage {
	tarball: string;
	remove(): Promise<void>;
}

/** Packs a package folder as `npm publish` would, into a temporary folder. */
export async function packFolder(folder: string): Promise<PackedPackage> {
	const target = await mkdtemp(join(tmpdir(), 'runflow-pack-'));
	const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', target];
	const printed = await run('npm', args, { cwd: folder });
	const name = printed.trim().split('\n').pop();
	if (name === undefined || name === '') throw new Error('npm pack named no file');
	return {
		tarball: join(target, name),
		remove: async () => await rm(target, { recursive: true, force: true }),
	};
}

/** Builds this package and packs it. */
export async function packPackage(): Promise<PackedPackage> {
	await run('npm', ['run', '--silent', 'build'], { cwd: PACKAGE_ROOT });
	return await packFolder(PACKAGE_ROOT);
}

/**
 * Installs a packed package where n8n keeps community packages. n8n strips the peer dependencies
 * before it installs one; `--legacy-peer-deps` has the same effect: n8n's own copies are used.
 */
export async function installPackage(
	tarball: string,
	userFolder: string,
	env: NodeJS.ProcessEnv,
): Promise<void> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	await mkdir(nodesFolder, { recursive: true });
	// Without a prefix npm installs into the nearest folder above that has a package.json.
	const flags = [
		'--prefix',
		nodesFolder,
		'--ignore-scripts',
		'--legacy-peer-deps',
		'--omit=dev',
		'--no-audit',
		'--no-fund',
	];
	await run('npm', ['install', ...flags, tarball], { cwd: nodesFolder, env });
}
