/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import path from 'node:path';

import { runAudit } from './audit';
import { builtPackage } from './builtPackage';
import { writeContactSheet } from './contactSheet';
import { Progress } from './progress';
import { flaws, resultTable, totals } from './table';

const OUTPUT_FOLDER = path.join(__dirname, '../../demo-output');

async function main(): Promise<void> {
	const { stdout } = process;
	const print = (text: string) => stdout.write(`${text}\n`);
	print("An audit on n8n's own engine. Runflow is an emulator on this machine, 20 times as fast;");
	print('no account, no key, no network.\n');
	const progress = new Progress(stdout);
	const types = builtPackage();
	const audit = await runAudit({
		folder: OUTPUT_FOLDER,
		types,
		onProgress: (state) => progress.show(state),
	});
	progress.end();
	print(`\n${resultTable(audit.results, stdout.isTTY)}\n`);
	for (const line of totals(audit)) print(line);
	const wrong = flaws(audit);
	print(wrong.length === 0 ? 'Nothing was lost, nothing billed twice.' : wrong.join('\n'));
	if (wrong.length > 0) process.exitCode = 1;
	const sheet = path.join(OUTPUT_FOLDER, 'contact-sheet.html');
	const message = await writeContactSheet(audit.items, sheet, types);
	print(`\nWhat Create Report has to say to a chat:\n\n${message}`);
	print(`\nResult rows    ${relative(audit.resultFile)}`);
	print(`Contact sheet  ${relative(sheet)}  (open it in a browser)`);
}

const relative = (file: string) => path.relative(process.cwd(), file);

void main();
