/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { parse } from 'csv-parse/sync';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { OWNER } from './client';
import { createDataTable } from './dataTables';
import {
	AUDIT_COLUMNS,
	AUDIT_TABLE,
	listExamples,
	PLACEHOLDER_SPREADSHEET_ID,
	PLACEHOLDER_TABLE_ID,
	PROMPT_COLUMNS,
	PROMPT_TABLE,
	VERDICT_COLUMNS,
	VERDICT_TABLE,
} from './exampleFiles';
import { publishReact, startExampleSession, type ExampleSession } from './exampleSession';
import { createLeash } from './leash';
import { freePort } from './ports';
import { readRecords, type JsonRecord } from './read';
import type { SlackMessage } from './standIns';
import { PICTURE_URLS } from './standIns/pictures';

const EDITOR_PORT = 5678;
/** So many rows are submitted by the example that alerts Slack for each image that does not pass. */
const MOST_ALERTS = 6;
const PROMPTS = ['Rust-colored armchair beside a plant', 'Small camera in tan leather'].map(
	(prompt) => ({
		prompt,
		task_type: 'product_photography',
	}),
);
const DEMO = resolve(__dirname, '..', 'demo');
const SPREADSHEET = join(DEMO, 'audit.csv');

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** The editor's usual port, or another one when that is taken. */
async function editorPort(): Promise<number> {
	const server = createServer();
	return await new Promise((done) => {
		server.once('error', () => done(freePort()));
		server.listen(EDITOR_PORT, '127.0.0.1', () => server.close(() => done(EDITOR_PORT)));
	});
}

function readRows(): JsonRecord[] {
	return readRecords(parse(readFileSync(SPREADSHEET), { columns: true }), 'rows');
}

/** Fills everything that the examples read, and imports them ready to be executed. */
async function fill(session: ExampleSession, filesFolder: string): Promise<void> {
	const { client, standIns } = session;
	const rows = readRows().map(({ image_url, task_type }) => ({ image_url, task_type }));
	await createDataTable(client, AUDIT_TABLE, AUDIT_COLUMNS, rows);
	const referenced = rows.map((row, index) => ({ ...row, client_ref: `row-${index + 1}` }));
	await createDataTable(client, VERDICT_TABLE, VERDICT_COLUMNS, referenced.slice(0, MOST_ALERTS));
	const prompts = await createDataTable(client, PROMPT_TABLE, PROMPT_COLUMNS, PROMPTS);
	const header = AUDIT_COLUMNS.map(({ name }) => name);
	const cells = rows.map(({ image_url, task_type }) => [String(image_url), String(task_type)]);
	const spreadsheet = { id: PLACEHOLDER_SPREADSHEET_ID, cells: [header, ...cells] };
	Object.assign(standIns.google.spreadsheet, spreadsheet);
	copyFileSync(SPREADSHEET, join(filesFolder, 'audit.csv'));
	await publishReact(session);
	for (const file of listExamples().filter((each) => !each.startsWith('callback'))) {
		await session.importExample(file, { [PLACEHOLDER_TABLE_ID]: prompts.id });
	}
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
	say('Starting n8n …');
	const session = await startExampleSession({
		filesFolder,
		port: await editorPort(),
		watch,
		emulator: {
			latency: { distribution: 'uniform', minMs: 2_000, maxMs: 8_000 },
			images: { urlPrefix: PICTURE_URLS, folder: join(DEMO, 'images') },
		},
		onSlackMessage: (message) => showSlackMessage(message, filesFolder),
	});
	try {
		await fill(session, filesFolder);
		say(`
n8n        ${session.n8n.url}/home/workflows
Email      ${OWNER.email}
Password   ${OWNER.password}

Every example is there and runs at the first click, with credentials and the Data Tables it asks for.
Images to try in a workflow of your own:

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
