/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { createInterface } from 'node:readline/promises';
import Table from 'cli-table3';
import { Command } from 'commander';

import { LiveAccount } from './account';
import { checkForFree, checkWithOneEvaluation } from './checks';
import type { Finding } from './checks';

interface Options {
	baseUrl: string;
	yes?: boolean;
	callbackUrl?: string;
}

const program = new Command('verify:live')
	.description('Asks a real Runflow account which assumptions of this package hold')
	.option('--base-url <url>', 'address of the API', 'https://api.runflow.io')
	.option('--callback-url <url>', 'where the evaluation is to be reported, to see that body')
	.option('--yes', 'spend one evaluation without asking');

async function main(): Promise<void> {
	const { baseUrl, yes, callbackUrl } = program.parse().opts<Options>();
	const apiKey = process.env.RUNFLOW_API_KEY;
	if (!apiKey) {
		process.stderr.write('Set RUNFLOW_API_KEY to the key of a real account\n');
		process.exitCode = 2;
		return;
	}
	const account = new LiveAccount(baseUrl, apiKey);
	print(await checkForFree(account));
	if (yes || (await agreed())) print(await checkWithOneEvaluation(account, callbackUrl));
}

async function agreed(): Promise<boolean> {
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	const answer = await terminal.question('Spend one evaluation to find out the rest? (y/N) ');
	terminal.close();
	return answer.trim().toLowerCase() === 'y';
}

function print(findings: Finding[]): void {
	const table = new Table({
		head: ['Assumption', 'Holds', 'Seen'],
		colWidths: [42, 8, 70],
		wordWrap: true,
	});
	for (const { assumption, holds, seen } of findings) {
		table.push([assumption, holds === null ? '' : holds ? 'yes' : 'NO', seen]);
	}
	process.stdout.write(`${table.toString()}\n`);
}

void main();
