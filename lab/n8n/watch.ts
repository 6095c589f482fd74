/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { copyFile, cp, mkdir, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createLeash } from './leash';

const PACKAGE_ROOT = resolve(__dirname, '..', '..');
const COPIED = new Set(['.svg', '.json']);

/**
 * Compiles the package into the folder where n8n keeps community packages, now and after each
 * change; resolves after the first time. The compiler ends with this process. n8n's reload (`N8N_DEV_RELOAD`) needs the real files there:
 * behind a link it finds no loaded module to forget.
 */
export async function watchPackage(
	userFolder: string,
	report: (line: string) => void,
): Promise<void> {
	const folder = join(userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-runflow');
	const dist = join(folder, 'dist');
	await mkdir(dist, { recursive: true });
	await copyFile(join(PACKAGE_ROOT, 'package.json'), join(folder, 'package.json'));
	await cp(join(PACKAGE_ROOT, 'nodes'), join(dist, 'nodes'), {
		recursive: true,
		filter: async (file) => COPIED.has(extname(file)) || (await stat(file)).isDirectory(),
	});

	const args = [require.resolve('typescript/lib/tsc'), '--watch', '--preserveWatchOutput'];
	const compiler = spawn(process.execPath, [...args, '--outDir', dist], {
		cwd: PACKAGE_ROOT,
		detached: true,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	createLeash(undefined).hold(compiler.pid);
	await new Promise<void>((done, fail) => {
		compiler.once('exit', () => fail(new Error('The compiler ended')));
		createInterface(compiler.stdout).on('line', (line) => {
			if (line !== '') report(line);
			if (/Found \d+ errors?\. Watching/.test(line)) done();
		});
	});
}
