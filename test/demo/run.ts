/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import path from 'node:path';

import { sumDecimals } from '../../nodes/Runflow/verdict/decimals';
import { runAudit, type Audit } from './audit';
import { builtPackage } from './builtPackage';
import { writeContactSheet } from './contactSheet';
import { Progress } from './progress';
import { resultTable, totals } from './table';

const OUTPUT_FOLDER = path.join(__dirname, '../../demo-output');

async function main(): Promise<void> {
	const { stdout } = process;
	const print = (text: string) => stdout.write(`${text}\n`);
	print(
		"Auditing a spreadsheet of images on n8n's engine; Runflow is an emulator on this machine.\n",
	);
	const progress = new Progress(stdout);
	const audit = await runAudit({
		folder: OUTPUT_FOLDER,
		types: builtPackage(),
		onProgress: (state) => progress.show(state),
	});
	progress.end();
	print(`\n${resultTable(audit.results, stdout.isTTY)}\n`);
	for (const line of totals(audit)) print(line);
	const sheet = path.join(OUTPUT_FOLDER, 'contact-sheet.html');
	await writeContactSheet(audit, sheet);
	print(`\nResult rows    ${relative(audit.resultFile)}`);
	print(`Contact sheet  ${relative(sheet)}  (open it in a browser)`);
	for (const flaw of flaws(audit)) {
		print(`WRONG: ${flaw}`);
		process.exitCode = 1;
	}
}

const relative = (file: string) => path.relative(process.cwd(), file);

/** What must never happen. */
function flaws({ input, results, billed, billedTwice }: Audit): string[] {
	const found: string[] = [];
	const cost = sumDecimals(results.map((row) => row.cost));
	if (cost !== sumDecimals([billed])) found.push(`the rows cost ${cost}, billed was ${billed}`);
	if (billedTwice.length > 0) found.push(`billed twice: ${billedTwice.join(', ')}`);
	if (results.length !== input.length) found.push(`${input.length - results.length} rows are lost`);
	return found;
}

void main();
