/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OWNER } from './client';
import { DEMO_IMAGES, fillExamples } from './exampleContents';
import { startExampleSession } from './exampleSession';
import { createLeash } from './leash';
import { freePort } from './ports';
import type { SlackMessage } from './standIns';
import { PICTURE_URLS } from './standIns/pictures';

const EDITOR_PORT = 5678;

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** The editor's usual port, or another one when that is taken. */
async function editorPort(): Promise<number> {
	const server = createServer();
	return await new Promise((done) => {
		server.once('error', () => done(freePort()));
		server.listen(EDITOR_PORT, '127.0.0.1', () => server.close(() => done(EDITOR_PORT)));
	});
}

/** A Slack message as it is read here: with its links, and the file that came with it saved. */
function showSlackMessage(message: SlackMessage, filesFolder: string): void {
	const { channel, text, buttons = {}, file } = message;
	say(`\nSlack ${channel}\n${text}`);
	for (const [label, url] of Object.entries(buttons)) say(`${label}: ${url}`);
	if (file === undefined) return;
	const path = join(filesFolder, file.name);
	writeFileSync(path, file.content);
	say(`File: ${path}`);
}

/** Ctrl-C reaches this process more than once: from the terminal, npm and tsx. */
async function untilInterrupted(): Promise<void> {
	await new Promise<void>((done) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => done());
	});
}

/** Runs n8n's editor with everything a person needs to try the node; ends with Ctrl-C. */
async function main(): Promise<void> {
	const interrupted = untilInterrupted();
	const filesFolder = mkdtempSync(join(tmpdir(), 'runflow-files-'));
	const leash = createLeash(filesFolder);
	const watch = process.argv.includes('--watch');
	say('Starting n8n, filling it with the examples … (one to three minutes)');
	const session = await startExampleSession({
		filesFolder,
		port: await editorPort(),
		watch,
		emulator: {
			latency: { distribution: 'uniform', minMs: 2_000, maxMs: 8_000 },
			images: DEMO_IMAGES,
		},
		onSlackMessage: (message) => showSlackMessage(message, filesFolder),
	});
	try {
		await fillExamples(session, filesFolder);
		say(`
n8n        ${session.n8n.url}/home/workflows
Email      ${OWNER.email}
Password   ${OWNER.password}

Every example is there, with the credentials and Data Tables it asks for: open one, click Execute
workflow. Where the verdict comes later, click it at Start by Hand; ask the agent in its chat; where
a person decides, open the Approve or Decline link that appears here.

For a workflow of your own, click Create workflow. The credential Runflow is chosen by itself, and
needs no key. Images to try in it:

passes        ${PICTURE_URLS}armchair.jpg
doesn't pass  ${PICTURE_URLS}camera-blurred.jpg
is broken     ${PICTURE_URLS}broken-link.jpg

Nothing leaves this computer: Runflow is the emulator (${session.emulator.url}), which looks at the
images in lab/demo/images; Slack, Google Sheets, OpenAI and fal are stand-ins. Slack messages appear
here, files in ${filesFolder}

Ctrl-C ends it and removes everything.`);
		await interrupted;
		say('\nStopping …');
	} finally {
		await session.end();
		await leash.release();
	}
}

void main().then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(`${String(error)}\n`);
		process.exit(1);
	},
);
