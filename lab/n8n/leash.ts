/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';

/** Reads process ids; when its input ends, kills the last one's group and removes the folder. */
const LEASH_SCRIPT = `
pid=
while read -r line; do pid=$line; done
if [ -n "$pid" ] && kill -s KILL -- "-$pid" 2>/dev/null; then sleep 1; fi
if [ -n "$1" ]; then rm -rf -- "$1"; fi
`;

export interface Leash {
	/** Names the process group to end, `undefined` for none. */
	hold(pid: number | undefined): void;
	/** Ends the process group and removes the folder. */
	release(): Promise<void>;
}

/**
 * Ties a process group and a folder to the life of this process. The leash is a shell that waits
 * for the end of its input, so it works however this process ends, `kill -9` included.
 */
export function createLeash(folder: string | undefined): Leash {
	const shell = spawn('sh', ['-c', LEASH_SCRIPT, 'leash', folder ?? ''], {
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	shell.unref();
	if (shell.stdin instanceof Socket) shell.stdin.unref();
	return {
		hold: (pid) => void shell.stdin.write(`${pid ?? ''}\n`),
		release: async () => {
			if (shell.exitCode !== null) return;
			const exited = once(shell, 'exit');
			shell.ref();
			shell.stdin.end();
			await exited;
		},
	};
}
