/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Result } from './example';

const FILE = resolve(__dirname, '..', '..', '..', 'examples', 'troubles.md');

const HEAD = `# The examples under trouble

Made by \`npm run test:examples\` with \`UPDATE_TABLE=1\`: each example as it is here, in a real n8n, with three images unless the line says otherwise.
A trouble that cannot happen to an example is left out. What is neither published nor told by name (in Slack, in the row, in the chat), or published without a verdict of its own, fails the test.

**Published** and **told** count images, **billed** counts evaluations (in verdict-of-a-run also one that Runflow makes by itself, which costs nothing). A message that Slack refused counts as told: it stands in the execution.`;

/** What an example did under one trouble, as one line of its table. */
function lineOf(trouble: string, result: Result): string {
	const { published, reported, billed, generated } = result;
	const ended = new Map<string, number>();
	for (const { status } of result.executions) ended.set(status, (ended.get(status) ?? 0) + 1);
	const ends = [...ended].map(([status, count]) => `${count} ${status}`).sort();
	return `| ${[trouble, published, reported, billed, generated, ends.join(', ')].join(' | ')} |`;
}

/** Writes what an example did under its troubles into the page, in the place of what stood there. */
export function writeSection(file: string, results: Map<string, Result>): void {
	const name = file.replace('.json', '');
	const [, ...sections] = existsSync(FILE) ? readFileSync(FILE, 'utf8').split('\n## ') : [];
	const lines = [...results].map(([trouble, result]) => lineOf(trouble, result));
	const table = [
		'| trouble | published | told | billed | generated | executions |',
		'| --- | --- | --- | --- | --- | --- |',
		...lines,
	];
	const own = `${name}\n\n${table.join('\n')}\n`;
	const others = sections.filter((section) => !section.startsWith(`${name}\n`));
	writeFileSync(FILE, [`${HEAD}\n`, ...[...others, own].sort()].join('\n## '));
}
