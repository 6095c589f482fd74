/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { Command } from 'commander';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { OWNER, type Owner } from './client';
import { DEMO_IMAGES, fillExamples } from './exampleContents';
import { startExampleSession } from './exampleSession';
import { startContainer, type Container } from './external/container';
import { filesIn, prepareFolder } from './external/prepare';
import { readExternal } from './external/settings';
import { createLeash } from './leash';
import { freePort } from './ports';
import type { SlackMessage } from './standIns';
import { PICTURE_URLS } from './standIns/pictures';

const EDITOR_PORT = 5678;

/** For images of one's own: a verdict on what nobody has looked at would be a lie. */
const UNREADABLE = `nothing leaves this computer, so only addresses under ${PICTURE_URLS} and files can be judged here`;

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

interface Flags {
	watch?: boolean;
	prepare?: string;
	image?: string;
	port?: number;
}

/** Makes a folder with which an n8n can be started by other means, and says how. */
async function prepare(folder: string, port = EDITOR_PORT): Promise<void> {
	const { envFile, url } = await prepareFolder(resolve(folder), port);
	say(`
Ready. Start n8n with it, for example:

  (set -a; . ${envFile}; n8n start)
  docker run --rm --network host --user "$(id -u):$(id -g)" -v ${resolve(folder)}:${resolve(folder)} --env-file ${envFile} docker.n8n.io/n8nio/n8n

then, in another terminal:

  export N8N_EXTERNAL_URL=${url} N8N_EXTERNAL_FOLDER=${resolve(folder)}
  npm run n8n             everything that is there for a person, in that n8n
  npm run test:e2e        what can be tested in it
  npm run test:versions   the basics`);
}

/** Starts n8n's image and makes it the n8n that somebody else started. */
async function startImage(image: string, port: number): Promise<Container> {
	const folder = mkdtempSync(join(tmpdir(), 'runflow-n8n-'));
	createLeash(folder);
	const prepared = await prepareFolder(folder, port);
	const container = await startContainer(image, prepared);
	Object.assign(process.env, { N8N_EXTERNAL_URL: prepared.url, N8N_EXTERNAL_FOLDER: folder });
	return container;
}

/** Runs n8n's editor with everything a person needs to try the node; ends with Ctrl-C. */
async function show({ watch = false, image, port: wanted }: Flags): Promise<void> {
	const interrupted = untilInterrupted();
	const port = wanted ?? (await editorPort());
	const container = image === undefined ? undefined : await startImage(image, port);
	try {
		await showIn(port, watch, interrupted);
	} finally {
		await container?.end();
	}
}

async function showIn(port: number, watch: boolean, interrupted: Promise<void>): Promise<void> {
	const external = readExternal();
	const parent = external ? filesIn(external.folder) : tmpdir();
	const filesFolder = mkdtempSync(join(parent, 'runflow-files-'));
	const leash = createLeash(filesFolder);
	const { email, password }: Owner = external?.owner ?? OWNER;
	say('Starting n8n, filling it with the examples … (one to three minutes)');
	const session = await startExampleSession({
		filesFolder,
		port,
		watch,
		emulator: {
			latency: { distribution: 'uniform', minMs: 2_000, maxMs: 8_000 },
			images: DEMO_IMAGES,
			balance: '1000',
			unknownImages: { unreadable: UNREADABLE },
		},
		onSlackMessage: (message) => showSlackMessage(message, filesFolder),
	});
	try {
		await fillExamples(session, filesFolder);
		say(`
n8n        ${session.n8n.url}/home/workflows
Email      ${email}
Password   ${password}

Every example is there, with the credentials and Data Tables it asks for: open one, click Execute
workflow. Where the verdict comes later, click it at Start by Hand; ask the agent in its chat; where
a person decides, open the Approve or Decline link that appears here.

Rows that have their verdict are left out, and the audit and the batch share a table: to run one
again, empty judged_url, evaluation_id and verdict in its rows.

For a workflow of your own, click Create workflow. Files of yours are judged, too; addresses of
yours are not fetched. The credential Runflow is chosen by itself, and
needs no key. Images to try in it:

passes        ${PICTURE_URLS}armchair.jpg
doesn't pass  ${PICTURE_URLS}camera-blurred.jpg
is broken     ${PICTURE_URLS}broken-link.jpg

Nothing leaves this computer: Runflow is the emulator (${session.emulator.url}), which looks at the
images in lab/demo/images; Slack, Google Sheets, OpenAI and fal are stand-ins. Slack messages appear
here, files in ${filesFolder}

Ctrl-C ends it and removes what it made.`);
		await interrupted;
		say('\nStopping …');
	} finally {
		await session.end();
		await leash.release();
	}
}

function readPort(text: string): number {
	const port = Number(text);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error('--port needs a port');
	return port;
}

async function main(): Promise<void> {
	const flags = new Command('n8n')
		.description('Runs n8n with the package, the emulator and all examples; Ctrl-C ends it.')
		.option('--watch', 'compile at every change and let n8n load it anew')
		.option('--port <number>', "the editor's port", readPort)
		.option('--image <image>', "run n8n's image with Docker or Podman instead of n8n from npm")
		.option('--prepare <folder>', 'only make a folder to start n8n with by other means')
		.parse()
		.opts<Flags>();
	if (flags.prepare === undefined) await show(flags);
	else await prepare(flags.prepare, flags.port);
}

void main().then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(`${String(error)}\n`);
		process.exit(1);
	},
);
