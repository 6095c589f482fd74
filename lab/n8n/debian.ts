/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A Debian package and a file by which it is known to be there. */
export interface DebianPackage {
	name: string;
	file: string;
}

/**
 * Installs the packages that are missing. Returns why tests that need them cannot run, `undefined`
 * when they can.
 */
export function installDebianPackages(packages: DebianPackage[]): string | undefined {
	const missing = packages.filter(({ file }) => !existsSync(file)).map(({ name }) => name);
	if (missing.length === 0) return undefined;
	const wanted = `the Debian packages ${missing.join(' and ')} are not installed`;
	if (process.getuid?.() !== 0) return `${wanted} and this is not root`;
	try {
		execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		execFileSync('apt-get', ['install', '-y', '-qq', ...missing], { stdio: 'ignore', env });
		return undefined;
	} catch {
		return `${wanted} and apt-get could not install them`;
	}
}

/** `describe`, or a skipped one whose name says why; in CI it fails instead of being skipped. */
export function describeUnless(reason: string | undefined, name: string, tests: () => void): void {
	if (reason === undefined) return describe(name, tests);
	if (!process.env.CI) return describe.skip(`${name} (skipped: ${reason})`, tests);
	it(`${name} can run`, () => {
		throw new Error(reason);
	});
}
