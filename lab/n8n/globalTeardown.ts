/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Removes what `globalSetup` packed. */
export default async function globalTeardown(): Promise<void> {
	const tarball = process.env.RUNFLOW_TARBALL;
	if (tarball !== undefined) await rm(dirname(tarball), { recursive: true, force: true });
}
