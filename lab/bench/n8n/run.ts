/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { Argument, Command } from 'commander';

import { REPORTS } from './report';

type Report = keyof typeof REPORTS;

function isReport(name: string): name is Report {
	return name in REPORTS;
}

async function main(): Promise<void> {
	const names = Object.keys(REPORTS);
	const { args } = new Command('npm run bench:n8n --')
		.description('Measures the packed package in a real n8n')
		.addArgument(new Argument('[reports...]', 'all of them if none is named').choices(names))
		.parse();
	for (const name of args.length > 0 ? args : names) {
		if (isReport(name)) await REPORTS[name]();
	}
	process.exit(0);
}

void main();
