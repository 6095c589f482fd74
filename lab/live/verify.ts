/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';

import { LiveAccount } from './account';
import type { Finding, Findings } from './finding';
import { askAccess, askForFree } from './free';
import type { Access } from './free';
import { askWithOneEvaluation } from './paid';
import { CallbackReceiver } from './receiver';

const PUBLIC_IMAGE =
	'https://upload.wikimedia.org/wikipedia/commons/4/47/PNG_transparency_demonstration_1.png';
/** Without these an evaluation cannot be submitted and read. */
const NEEDED = ['evaluations:create', 'evaluations:read'];
const INTERRUPTED = 130;

interface Options {
	baseUrl: string;
	yes?: boolean;
	image: string;
	receive?: number;
	publicUrl?: string;
	waitMinutes: number;
	lookSeconds: number;
}

const program = new Command('verify:live')
	.description('Asks a real Runflow account which assumptions of this package hold')
	.option('--base-url <url>', 'address of the API', 'https://api.runflow.io')
	.option('--image <url>', 'the image to be evaluated', PUBLIC_IMAGE)
	.option('--receive <port>', 'receive the callback on this port of this machine', Number)
	.option('--public-url <url>', "a tunnel's https address that leads to that port")
	.option('--wait-minutes <n>', 'ask about the idempotency key again after so long', Number, 0)
	.option('--look-seconds <n>', 'seconds between two looks', Number, 5)
	.option('--yes', 'spend one evaluation without asking');

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function main(options: Options): Promise<void> {
	const apiKey = process.env.RUNFLOW_API_KEY;
	if (!apiKey) {
		process.stderr.write('Set RUNFLOW_API_KEY to the key of a real account\n');
		process.exitCode = 2;
		return;
	}
	const account = new LiveAccount(options.baseUrl, apiKey);
	const access: Access = { isAccepted: false, missing: [] };
	await print(askAccess(account, access));
	if (!access.isAccepted) return;
	await print(askForFree(account, access));
	const missing = NEEDED.filter((scope) => access.missing.includes(scope));
	if (missing.length > 0) {
		say(`\nThe rest needs a key with ${missing.join(' and ')}. Nothing was spent.`);
		process.exitCode = 1;
		return;
	}
	if (options.yes || (await agreed())) await spend(account, options);
}

async function spend(account: LiveAccount, options: Options): Promise<void> {
	const { receive, publicUrl, image, waitMinutes, lookSeconds } = options;
	const receiver =
		receive === undefined ? undefined : await CallbackReceiver.listen(receive, publicUrl);
	const onAccepted = (id: string) => {
		say(`\n  Evaluation ${id} is accepted: one evaluation is spent\n`);
		process.once('SIGINT', () => {
			say(`\nInterrupted. Evaluation ${id} goes on at Runflow; read it with Get.`);
			process.exit(INTERRUPTED);
		});
	};
	try {
		const lookEveryMs = lookSeconds * 1_000;
		await print(
			askWithOneEvaluation(account, { image, lookEveryMs, receiver, waitMinutes, onAccepted }),
		);
	} finally {
		await receiver?.close();
	}
}

async function agreed(): Promise<boolean> {
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	const answer = await terminal.question('Spend one evaluation to find out the rest? (y/N) ');
	terminal.close();
	return answer.trim().toLowerCase() === 'y';
}

/** Prints each answer as it comes; a NO makes the exit code 1. */
async function print(findings: Findings): Promise<void> {
	for await (const finding of findings) {
		say(lineOf(finding));
		if (finding.holds === false) process.exitCode = 1;
	}
}

function lineOf({ question, holds, seen, matters }: Finding): string {
	const mark = holds === null ? '   ' : holds ? 'yes' : 'NO ';
	const more = matters === undefined ? '' : `\n      > ${matters}`;
	return `${mark}  ${question}: ${seen}${more}`;
}

void main(program.parse().opts<Options>());
