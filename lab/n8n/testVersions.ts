/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { readExternal } from './external/settings';
import { TESTED_VERSIONS } from './versions';

const ROOT = resolve(__dirname, '..', '..');
const JEST = [
	...['node_modules/jest/bin/jest.js', '--runInBand', '--config', 'test/e2e/jest.config.js'],
	...['test/e2e/basics', 'test/e2e/versions'],
];

/** Runs the basics in n8n of one version; true when all of them passed. */
async function passesIn(version: string): Promise<boolean> {
	process.stdout.write(`\nn8n ${version}\n`);
	const env = { ...process.env, N8N_VERSION: version };
	const child = spawn(process.execPath, JEST, { cwd: ROOT, env, stdio: 'inherit' });
	const [code] = await once(child, 'close');
	return code === 0;
}

/**
 * Each version named on the command line, else each that is tested, the newest first; only the n8n
 * that somebody else started, where there is one.
 */
async function main(): Promise<void> {
	const external = readExternal();
	const named = external ? [`at ${external.url}`] : process.argv.slice(2);
	const versions = named.length > 0 ? named : [...TESTED_VERSIONS].reverse();
	const lines: string[] = [];
	for (const version of versions) {
		const passed = await passesIn(version);
		lines.push(`n8n ${version}: ${passed ? 'passed' : 'FAILED'}`);
		if (!passed) process.exitCode = 1;
	}
	process.stdout.write(`\n${lines.join('\n')}\n`);
}

void main();
