/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';

const KEPT_OUTPUT_CHARACTERS = 4_000;

interface RunOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
}

/**
 * Runs a command to its end and resolves to what it wrote to stdout. Rejects with the end of its
 * output when the exit code is not 0.
 */
export async function run(command: string, args: string[], options: RunOptions): Promise<string> {
	return await new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd: options.cwd,
			env: options.env ?? process.env,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let stdout = '';
		let all = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			stdout += text;
			all += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			all += text;
		});
		child.on('error', reject);
		child.on('close', (code) => {
			if (code === 0) return resolve(stdout);
			const tail = all.slice(-KEPT_OUTPUT_CHARACTERS);
			reject(new Error(`${command} ${args.join(' ')} ended with ${String(code)}\n${tail}`));
		});
	});
}
