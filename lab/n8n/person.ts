/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { parse } from 'csv-parse/sync';
import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs';
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
	VERDICT_COLUMNS,
	VERDICT_TABLE,
} from './exampleFiles';
import { startExampleSession, type ExampleSession } from './exampleSession';
import { createLeash } from './leash';
import { freePort } from './ports';
import { readRecords, type JsonRecord } from './read';

const EDITOR_PORT = 5678;
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

async function fill(session: ExampleSession, filesFolder: string): Promise<void> {
	const rows = readRows().map(({ image_url, task_type }) => ({ image_url, task_type }));
	await createDataTable(session.client, AUDIT_TABLE, AUDIT_COLUMNS, rows);
	const references = rows.map((_, index) => ({ client_ref: String(index + 1) }));
	await createDataTable(session.client, VERDICT_TABLE, VERDICT_COLUMNS, references);
	const header = AUDIT_COLUMNS.map(({ name }) => name);
	const cells = rows.map(({ image_url, task_type }) => [String(image_url), String(task_type)]);
	const spreadsheet = { id: PLACEHOLDER_SPREADSHEET_ID, cells: [header, ...cells] };
	Object.assign(session.standIns.google.spreadsheet, spreadsheet);
	copyFileSync(SPREADSHEET, join(filesFolder, 'audit.csv'));
	for (const file of listExamples()) await session.importExample(file);
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
			images: { urlPrefix: 'https://images.example.com/', folder: join(DEMO, 'images') },
		},
		onSlackMessage: ({ channel, text }) => say(`\nSlack ${channel}\n${text}`),
	});
	try {
		await fill(session, filesFolder);
		say(`
n8n        ${session.n8n.url}
Email      ${OWNER.email}
Password   ${OWNER.password}

The examples are there, with credentials and the Data Tables they ask for. Nothing leaves this
computer: Runflow is the emulator (${session.emulator.url}), which looks at the images in
lab/demo/images; Slack, Google Sheets and OpenAI are stand-ins. Slack messages appear here, files in
${filesFolder}
${watch ? '\nA change below nodes or credentials is compiled and shows in the editor by itself.\n' : ''}
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
