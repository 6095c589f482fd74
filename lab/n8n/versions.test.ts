/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';
import { isAtLeast, NEWEST_VERSION, nodeVersionFor, TESTED_VERSIONS } from './versions';

it.each([
	['2.39.0', '2.39', true],
	['2.38.9', '2.39', false],
	['2.4.0', '2.39', false],
	['1.123.81', '2.0', false],
	['3.0.0', '2.39', true],
])('%s is at least %s: %s', (version, wanted, is) => {
	expect(isAtLeast(version, wanted)).toBe(is);
});

it('each tested version has a job in the weekly workflow and a row in the table of versions', () => {
	const workflow = readFileSync('.github/workflows/versions.yml', 'utf8');
	const matrix = /n8n: \[(.+)\]/.exec(workflow)?.[1]?.replace(/'/g, '').split(', ');
	expect(matrix).toEqual(TESTED_VERSIONS);
	const table = readFileSync('docs/compatibility.md', 'utf8');
	for (const version of TESTED_VERSIONS) expect(table).toContain(`| ${version} |`);
	expect(TESTED_VERSIONS.at(-1)).toBe(NEWEST_VERSION);
});

it('runs each version on a Node.js that it takes', () => {
	expect(TESTED_VERSIONS.map((version) => nodeVersionFor(version).split('.')[0])).toEqual([
		...['22', '22', '22', '24'],
	]);
});
