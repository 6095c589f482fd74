/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { ensureN8n } from './install';
import { packPackage } from './pack';

/** Installs n8n when it is missing and packs the package once for all test files. */
export default async function globalSetup(): Promise<void> {
	process.stdout.write('\n');
	await ensureN8n();
	const { tarball } = await packPackage();
	process.env.RUNFLOW_TARBALL = tarball;
}
