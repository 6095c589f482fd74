/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { filesIn } from './external/prepare';
import { readExternal } from './external/settings';
import { ensureN8n } from './install';
import { packPackage } from './pack';

/**
 * Installs n8n when it is missing and packs the package once for all test files; in an n8n that
 * somebody else started both were done, and the tests' files go where its nodes may read them.
 */
export default async function globalSetup(): Promise<void> {
	process.stdout.write('\n');
	const external = readExternal();
	if (external !== undefined) {
		process.env.TMPDIR = filesIn(external.folder);
		return;
	}
	await ensureN8n();
	const { tarball } = await packPackage();
	process.env.RUNFLOW_TARBALL = tarball;
}
