/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { Argument, Command, Option } from 'commander';

import { ENGINES, isEngineName } from './engines';
import { REPORTS } from './report';

type Report = keyof typeof REPORTS;

function isReport(name: string): name is Report {
	return name in REPORTS;
}

async function main(): Promise<void> {
	const names = Object.keys(REPORTS);
	const engines = Object.keys(ENGINES);
	const command = new Command('npm run bench:n8n --')
		.description('Measures the packed package in a real n8n')
		.addArgument(new Argument('[reports...]', 'all of them if none is named').choices(names))
		.addOption(
			new Option(
				'--engine <names...>',
				'expression engines of rows, trigger and burst; parked takes the first',
			)
				.choices(engines)
				.default(engines),
		)
		.option(
			'--callbacks <number>',
			'callbacks of each kind to rows, to each receiver of trigger, of one burst, or executions parked',
		)
		.parse();
	const { args } = command;
	const { engine, callbacks } = command.opts<{ engine: string[]; callbacks?: string }>();
	const chosen = {
		engines: engine.filter(isEngineName).map((name) => ENGINES[name]),
		callbacks: callbacks === undefined ? undefined : Number(callbacks),
	};
	for (const name of args.length > 0 ? args : names) {
		if (isReport(name)) await REPORTS[name](chosen);
	}
	process.exit(0);
}

void main();
