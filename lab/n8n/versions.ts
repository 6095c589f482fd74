/** The versions of n8n that the package is run in, the newest last. */
export const TESTED_VERSIONS = ['1.123.81', '2.14.2', '2.30.8', '2.41.1'];

export const NEWEST_VERSION = '2.41.1';

const NODE_22 = '22.23.3';
const NODE_24 = '24.21.0';

/** Whether a version such as `2.30.8` is at least `2.30`. */
export function isAtLeast(version: string, wanted: string): boolean {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
	return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** The Node.js that an n8n needs: 2.39 and newer refuse to start on Node 22. */
export function nodeVersionFor(version: string): string {
	return isAtLeast(version, '2.39') ? NODE_24 : NODE_22;
}
