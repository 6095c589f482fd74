/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Under jest the folder is made by globalSetup and removed by globalTeardown: a test file sees no process exit. */
const FOLDER_VARIABLE = 'RUNFLOW_TEST_ENGINE_FOLDER';

/** Makes the temporary folder that all processes of one test run share. */
export function createTemporaryFolder(): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'n8n-engine-'));
	process.env[FOLDER_VARIABLE] = folder;
	return folder;
}

export function removeTemporaryFolder(): void {
	const folder = process.env[FOLDER_VARIABLE];
	if (folder) rmSync(folder, { recursive: true, force: true });
}

/** The n8n user folder of this process; outside jest it is removed when the process ends. */
export function userFolder(): string {
	let root = process.env[FOLDER_VARIABLE];
	if (!root) {
		root = createTemporaryFolder();
		process.on('exit', removeTemporaryFolder);
	}
	const folder = path.join(root, String(process.pid));
	mkdirSync(folder, { recursive: true });
	return folder;
}
