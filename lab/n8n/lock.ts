/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from './errorCode';

const HEARTBEAT_MS = 2_000;
const STALE_AFTER_MS = 20_000;
const RETRY_MS = 500;

async function create(path: string): Promise<boolean> {
	try {
		await writeFile(path, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (hasCode(error, 'EEXIST')) return false;
		throw error;
	}
}

async function removeIfStale(path: string): Promise<void> {
	try {
		const { mtimeMs } = await stat(path);
		if (Date.now() - mtimeMs > STALE_AFTER_MS) await rm(path, { force: true });
	} catch (error) {
		if (!hasCode(error, 'ENOENT')) throw error;
	}
}

/**
 * Runs `work` while holding the lock file `path`. The holder touches the file; a lock that nobody
 * has touched for 20 s belonged to a process that died and is taken over.
 */
export async function withLock<T>(
	path: string,
	work: () => Promise<T>,
	onWait: () => void,
): Promise<T> {
	for (let attempt = 0; !(await create(path)); attempt++) {
		if (attempt === 0) onWait();
		await removeIfStale(path);
		await sleep(RETRY_MS);
	}
	const heartbeat = setInterval(() => {
		const now = new Date();
		utimes(path, now, now).catch(() => undefined);
	}, HEARTBEAT_MS);
	try {
		return await work();
	} finally {
		clearInterval(heartbeat);
		await rm(path, { force: true });
	}
}
