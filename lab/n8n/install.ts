/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { withLock } from './lock';
import { run } from './run';
import { NEWEST_VERSION, nodeVersionFor } from './versions';

/** The native modules without which n8n does not start; its other install scripts are skipped. */
const NATIVE_MODULES = ['sqlite3', 'isolated-vm'];

/** Older versions take this module from a host of its own instead of the npm registry. */
const OVERRIDES = { xlsx: '0.18.5' };

export interface N8nInstall {
	version: string;
	directory: string;
	nodeBin: string;
	n8nBin: string;
	/** The environment of this process with the installed Node first in PATH. */
	env: NodeJS.ProcessEnv;
}

interface EnsureOptions {
	version?: string;
	nodeVersion?: string;
	report?: (line: string) => void;
}

function cacheFolder(): string {
	const base = process.env.XDG_CACHE_HOME;
	const root = base === undefined || base === '' ? join(homedir(), '.cache') : base;
	return join(root, 'n8n-nodes-runflow');
}

/** Each of these npm packages carries one platform's Node binary together with its headers. */
function nodePackageName(): string {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	return `node-${platform}-${process.arch}`;
}

function describeInstall(directory: string, version: string): N8nInstall {
	const nodeBin = join(directory, 'node_modules', nodePackageName(), 'bin', 'node');
	const path = [dirname(nodeBin), process.env.PATH ?? ''].join(delimiter);
	return {
		version,
		directory,
		nodeBin,
		n8nBin: join(directory, 'node_modules', 'n8n', 'bin', 'n8n'),
		env: { ...process.env, PATH: path },
	};
}

async function installInto(
	directory: string,
	version: string,
	nodeVersion: string,
	report: (line: string) => void,
): Promise<void> {
	await rm(directory, { recursive: true, force: true });
	await mkdir(directory, { recursive: true });
	const manifest = {
		name: 'n8n-under-test',
		version: '0.0.0',
		private: true,
		overrides: OVERRIDES,
	};
	await writeFile(join(directory, 'package.json'), JSON.stringify(manifest));

	report(`installing n8n ${version} with Node ${nodeVersion} (once, about 6 minutes)`);
	const { env, nodeBin } = describeInstall(directory, version);
	const packages = [`${nodePackageName()}@${nodeVersion}`, `n8n@${version}`];
	const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
	await run('npm', ['install', '--ignore-scripts', ...quiet, ...packages], { cwd: directory, env });

	report(`building ${NATIVE_MODULES.join(' and ')} (about 2 minutes)`);
	await run('npm', ['rebuild', '--ignore-scripts=false', ...quiet, ...NATIVE_MODULES], {
		cwd: directory,
		env: { ...env, npm_config_nodedir: dirname(dirname(nodeBin)) },
	});
}

/**
 * Returns a ready n8n of the wanted version with a Node of its own, installing both from the npm
 * registry into the user's cache folder when they are not there yet. An interrupted install is
 * never taken for a finished one, and two callers at once install only once. The versions come
 * from the options, else from `N8N_VERSION` and `N8N_NODE_VERSION`, else it is the newest tested n8n, on
 * the Node that it needs.
 */
export async function ensureN8n(options: EnsureOptions = {}): Promise<N8nInstall> {
	const version = options.version ?? process.env.N8N_VERSION ?? NEWEST_VERSION;
	const nodeVersion =
		options.nodeVersion ?? process.env.N8N_NODE_VERSION ?? nodeVersionFor(version);
	const report = options.report ?? ((line) => process.stdout.write(`${line}\n`));

	const directory = join(cacheFolder(), `n8n-${version}-node-${nodeVersion}`);
	const install = describeInstall(directory, version);
	if (existsSync(directory)) return install;

	await mkdir(cacheFolder(), { recursive: true });
	return await withLock(
		`${directory}.lock`,
		async () => {
			if (existsSync(directory)) return install;
			const startedAt = Date.now();
			const partial = `${directory}.partial`;
			try {
				await installInto(partial, version, nodeVersion, report);
				await rename(partial, directory);
			} finally {
				await rm(partial, { recursive: true, force: true });
			}
			report(`n8n is ready after ${Math.round((Date.now() - startedAt) / 1000)} s`);
			return install;
		},
		() => report('waiting for another process that is installing n8n'),
	);
}
