/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { DEMO_IMAGES, demoRows, fillExamples } from '../exampleContents';
import { startExampleSession } from '../exampleSession';
import type { SlackMessage } from '../standIns';
import { storeWorkflow } from '../webhookRuns';
import type { StoredWorkflow } from '../workflows';
import { Animation } from './animation';
import { openBrowser, reasonWithoutBrowser } from './browser';
import { Canvas } from './canvas';
import { dismissMessages, picturePath, writePicture } from './pictures';
import { gateFile } from './workflowFiles';

const ENDED = 'Workflow executed successfully';
const MANUAL = 'Start by Hand';
const CANVAS = { width: 1600, height: 900 };
const FILM = { width: 1120, height: 620 };
const FILM_ROWS = 12;
const FILM_WIDTH = 840;
const LONG_MS = 1_800;
const BALANCE = '1000';
/** Below what the example warns at. */
const LOW_BALANCE = '12.6';
/** Around the text of a note, in pixels of the workflow. */
const LEAST_SPARE = 24;
const MOST_SPARE = 48;
const EXECUTION_MS = 120_000;

/** The examples that the gallery shows; of those that differ in one node, one. */
const SHOWN = [
	'gate-and-publish',
	'regenerate-until-it-passes',
	'best-of-four',
	'audit-data-table',
	'callback-to-row-and-slack',
	'borderline-to-a-human',
	'verdict-of-a-run',
	'one-report-for-each-client',
	'how-often-people-agree',
	'balance-every-morning',
	'gate-with-a-queue',
	'mcp-image-check',
];

/** Says of notes that are not as high as their texts; then nothing else is done. */
async function checkNotes(page: Page, name: string, workflow: StoredWorkflow): Promise<void> {
	const canvas = new Canvas(page);
	await canvas.openWorkflow(workflow);
	await canvas.fit();
	for (const [heading, spare] of await canvas.spareOfNotes()) {
		if (spare >= LEAST_SPARE && spare <= MOST_SPARE) continue;
		process.stdout.write(`${name}: ${heading} is ${spare} pixels higher than its text\n`);
		process.exitCode = 1;
	}
}

/** An example's canvas after it has run. */
async function showExample(page: Page, name: string, workflow: StoredWorkflow): Promise<void> {
	const canvas = new Canvas(page);
	await canvas.openWorkflow(workflow);
	const triggers = workflow.nodes.filter(({ type }) => String(type).endsWith('Trigger'));
	if (!triggers.some(({ type }) => String(type).endsWith('.mcpTrigger'))) {
		await canvas.start(triggers.length > 1 ? MANUAL : undefined);
		await page.getByText(ENDED).first().waitFor({ timeout: EXECUTION_MS });
		await dismissMessages(page);
	}
	await page.addStyleTag({
		content: '[class*="executionButtons"] { opacity: 0 }',
	});
	await writePicture(page, `example-${name}`, await canvas.fit());
}

/** Rows go in, three outputs fill, and each of them is looked at. */
async function film(page: Page, workflow: StoredWorkflow): Promise<void> {
	const canvas = new Canvas(page);
	const animation = new Animation(page);
	await page.setViewportSize(FILM);
	await canvas.openWorkflow(workflow);
	await canvas.fit();
	await animation.show(LONG_MS);
	await canvas.start();
	const ended = page.getByText(ENDED).first().waitFor({ timeout: EXECUTION_MS });
	await animation.follow(ended);
	await dismissMessages(page);
	await animation.show(LONG_MS);
	await canvas.openNode('Judge');
	for (const output of ['Passed', 'Not Passed', 'No Verdict']) {
		await page
			.getByTestId('output-panel')
			.getByText(new RegExp(`^${output} Branch`))
			.click();
		await animation.show(LONG_MS);
	}
	await animation.write(picturePath('gate.webp'), FILM_WIDTH);
}

/** Approves what Slack is asked about, as a person does with the buttons. */
function approve({ buttons = {} }: SlackMessage): void {
	const url = buttons.Approve;
	// n8n takes clients that do not look like a browser for link previews, and parks after it has asked.
	const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x64) Firefox/140.0' };
	if (url !== undefined) setTimeout(() => void fetch(url, { headers }), LONG_MS);
}

/** Makes the pictures of the examples and the film of the gate, in a real n8n. */
async function main(): Promise<void> {
	const reason = reasonWithoutBrowser();
	if (reason !== undefined) throw new Error(reason);
	const filesFolder = mkdtempSync(join(tmpdir(), 'runflow-files-'));
	const session = await startExampleSession({
		filesFolder,
		emulator: {
			images: DEMO_IMAGES,
			latency: { distribution: 'uniform', minMs: 500, maxMs: 2_500 },
		},
		onSlackMessage: approve,
	});
	const browser = await openBrowser(session.n8n.url);
	try {
		const workflows = await fillExamples(session, filesFolder);
		await browser.page.setViewportSize(CANVAS);
		for (const [file, workflow] of workflows) await checkNotes(browser.page, file, workflow);
		if (process.exitCode === 1) return;
		const rows = demoRows().slice(0, FILM_ROWS);
		await film(browser.page, await storeWorkflow(session, gateFile({ rows })));
		await browser.page.setViewportSize(CANVAS);
		for (const [file, workflow] of workflows) {
			const name = file.replace('.json', '');
			session.emulator.options.balance = name.startsWith('balance') ? LOW_BALANCE : BALANCE;
			if (SHOWN.includes(name)) await showExample(browser.page, name, workflow);
		}
	} finally {
		await browser.close();
		await session.end();
		rmSync(filesFolder, { recursive: true, force: true });
	}
}

void main();
