/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import { TestClient } from '../../lab/emulator/testClient';
import { describeUnless } from '../../lab/n8n/debian';
import { openBrowser, reasonWithoutBrowser, type Browser } from '../../lab/n8n/editor/browser';
import { Canvas } from '../../lab/n8n/editor/canvas';
import { around, dismissMessages, takePicture, type Clip } from '../../lab/n8n/editor/pictures';
import { gateFile, panelFile, reportFile } from '../../lab/n8n/editor/workflowFiles';
import { readString, type JsonRecord } from '../../lab/n8n/read';
import { startSession, type Session } from '../../lab/n8n/session';
import { storeWorkflow } from '../../lab/n8n/webhookRuns';
import { rowOfNodes } from '../../lab/n8n/workflowFile';

const IMAGES = {
	urlPrefix: 'https://images.example.com/',
	folder: resolve(__dirname, '..', '..', 'lab', 'demo', 'images'),
};
const WIDE = { width: 1600, height: 800 };
const TALL = { width: 1280, height: 1000 };
/** Between a parameter and the edge of its panel, in pixels. */
const EDGE = 17;
/** What a closed collection takes below the last parameter, in pixels. */
const OPTIONS = 110;
const USUAL = { width: 1280, height: 800 };

let session: Session;
let browser: Browser;
let canvas: Canvas;

describeUnless(reasonWithoutBrowser(), 'the editor in a browser', () => {
	beforeAll(async () => {
		session = await startSession({ emulator: { images: IMAGES } });
		browser = await openBrowser(session.n8n.url);
		canvas = new Canvas(browser.page);
	});

	afterAll(async () => {
		await browser?.close();
		await session?.end();
	});

	const store = async (file: JsonRecord) => await storeWorkflow(session, file);

	const byId = (id: string): Locator => browser.page.getByTestId(id);

	it('finds the node by what a builder types, with its actions and triggers', async () => {
		await canvas.openEmpty();
		await byId('canvas-add-button').getByTestId('canvas-plus-button').click();
		for (const words of ['image evaluation', 'quality gate', 'reject image']) {
			await canvas.search(words, 'Runflow');
		}
		const creator = byId('node-creator');
		const found = await canvas.search('image quality', 'Runflow');
		const column = await around(browser.page, [creator], 0);
		const { y, height } = await around(browser.page, [found], 60);
		await takePicture(browser.page, 'node-search', { ...column, height: y + height - column.y });
		await (await canvas.search('Runflow', 'Runflow')).click();
		for (const text of ['On any verdict', 'On image passed', 'Actions (9)']) {
			await creator.getByText(text, { exact: true }).waitFor();
		}
		await creator.getByText('Actions (9)').click();
		await creator.getByText('Submit image and wait for verdict').click();
		await byId('ndv').waitFor();
		const operation = byId('parameter-input-operation').locator('input');
		expect(await operation.inputValue()).toBe('Submit and Wait');
		expect(await byId('ndv').innerText()).toMatch(
			/Image Source[^]*Generated Image URL[^]*Task Type[^]*Split by Verdict[^]*About the Evaluation[^]*Waiting and Verdict/,
		);
	});

	it('offers the job classes with their prices, and Wait Mode with what it needs', async () => {
		const { page } = browser;
		const offered = page.locator('.el-select-dropdown__item:visible');
		await add(0, 'Job Class Name or ID');
		await byId('parameter-input-jobClass').locator('input').click();
		await offered.filter({ hasText: 'Standard (0.40 credits)' }).click();
		await add(1, 'Wait Mode');
		await byId('parameter-input-waitMode').locator('input').click();
		await offered.filter({ hasText: 'Callback' }).click();
		await byId('ndv')
			.getByText(/every item comes out without a verdict\. Where not to use it/)
			.waitFor();
	});

	it('shows no red field when the task type is an expression without data', async () => {
		const additionalFields = { jobClass: 'standard' };
		await canvas.openWorkflow(await store(panelFile({ additionalFields })));
		const panel = await canvas.openNode('Judge');
		await browser.page.waitForFunction(
			`document.querySelector('[data-test-id="parameter-input-jobClass"] input')?.value === 'Standard (0.40 credits)'`,
		);
		expect(await panel.innerText()).not.toContain('Error fetching options');
	});

	it('creates a credential whose test fails with a wrong key and then succeeds', async () => {
		await byId('node-credentials-select').click();
		await byId('node-credentials-select-item-new').click();
		const dialog = byId('editCredential-modal');
		const key = byId('parameter-input-apiKey').locator('input');
		await key.fill('rf_live_wrong');
		await byId('parameter-input-baseUrl').locator('input').fill(session.emulator.url);
		await byId('credential-save-button').click();
		await dialog.getByText('Couldn’t connect with these settings').waitFor();
		await dialog.getByText('More details').click();
		await dialog.getByText(/Runflow did not accept this API key/).waitFor();
		await dismissMessages(browser.page);
		await browser.page.setViewportSize(TALL);
		const clip = await around(browser.page, [dialog], 0);
		const last = await around(browser.page, [byId('parameter-input-previousCallbackSecret')], EDGE);
		const height = last.y + last.height - clip.y;
		await takePicture(browser.page, 'credential', { ...clip, height });
		await browser.page.setViewportSize(USUAL);

		await key.fill('rf_live_full');
		await byId('credential-save-button').click();
		await browser.page.getByText('Credential saved').waitFor();
		await dialog.waitFor({ state: 'detached' });
		const chosen = byId('node-credentials-select').locator('input');
		expect(await chosen.inputValue()).toBe('Runflow account');
	});

	it('shows three labelled outputs, and what came out of them', async () => {
		const { page } = browser;
		await canvas.openWorkflow(await store(gateFile()));
		const labels = await canvas.node('Judge').getByTestId('canvas-node-output-handle').all();
		expect(await Promise.all(labels.map(async (label) => await label.innerText()))).toEqual([
			'No Verdict',
			'Not Passed',
			'Passed',
		]);

		await canvas.execute('Workflow executed successfully');
		const counts = byId('edge-label').or(page.locator('.vue-flow__edge-label'));
		expect(await counts.allInnerTexts()).toEqual(
			expect.arrayContaining(['1 item', '5 items', '2 items']),
		);
		await dismissMessages(page);
		await takePicture(page, 'canvas', { x: 180, y: 120, width: 1035, height: 570 });

		await page.setViewportSize(WIDE);
		await canvas.openNode('Judge');
		const output = byId('output-panel');
		await output
			.getByText(
				/5 evaluations in \d+ s: 2 passed, 2 not passed, 1 without a verdict, 1\.60 credits/,
			)
			.waitFor();
		await output.getByText('Not Passed Branch (2 items)').click();
		expect(await output.innerText()).toMatch(/verdict[^]*top_issues[^]*not_passed/);
		await widenOutput();
		const { height, ...clip } = await panelBetween('operation', 'splitByVerdict');
		await takePicture(page, 'submit-and-wait', { ...clip, height: height + OPTIONS });
		await page.setViewportSize(USUAL);
	});

	it('sums up what came out, and says where the message and the file are', async () => {
		const { page } = browser;
		await canvas.openWorkflow(await store(reportFile()));
		await canvas.execute('Workflow executed successfully');
		await dismissMessages(page);
		await page.setViewportSize(WIDE);
		await canvas.openNode('Report');
		const output = byId('output-panel');
		await output.getByText(/The message for a chat is the field 'text'/).waitFor();
		await output.getByText('Table', { exact: true }).click();
		await widenOutput();
		const { height, ...clip } = await panelBetween('operation', 'title');
		await takePicture(page, 'create-report', { ...clip, height: height + OPTIONS });
		await page.setViewportSize(USUAL);
	});

	it('shows an error as a sentence with what to do', async () => {
		await canvas.openWorkflow(await store(gateFile({ emptyTaskTypeOfItem: 3 })));
		const before = session.emulator.evaluations.length;
		await canvas.execute('Row 4 of 5 has no task type');
		const panel = await canvas.openNode('Judge');
		await panel.getByText('Row 4 of 5 has no task type').first().waitFor();
		await panel.getByText(/Filter such rows out before/).waitFor();
		expect(session.emulator.evaluations).toHaveLength(before);
		await dismissMessages(browser.page);
		const output = byId('output-panel');
		const shown = [output.getByText('OUTPUT'), panel.getByText('Other info')];
		const { y, height } = await around(browser.page, shown, 24);
		const { x, width } = await around(browser.page, [output], 0);
		await takePicture(browser.page, 'error', { x, y, width, height });
	});

	it("receives a verdict at the trigger's test URL while its panel listens", async () => {
		const trigger = {
			name: 'Runflow Trigger',
			...{ type: 'n8n-nodes-runflow.runflowTrigger', typeVersion: 1.1 },
			extra: { webhookId: '0b5f2c1e-4d3a-4c8b-9e6f-7a8b9c0d1e2f' },
		};
		await canvas.openWorkflow(await store(rowOfNodes('React', [trigger])));
		const panel = await canvas.openNode('Runflow Trigger');
		await panel.getByText('Receive verdicts from Runflow').waitFor();
		await panel
			.getByText(/Copy the Production URL from Webhook URLs above .* Callback URL/)
			.first()
			.waitFor();
		await panel.getByText('Webhook URLs', { exact: true }).click();
		const url = `${session.n8n.url}/webhook-test/${String(trigger.extra.webhookId)}/runflow`;
		await panel.getByText(url).waitFor();
		await browser.page.setViewportSize(TALL);
		const { width } = await around(browser.page, [byId('parameter-input-events')], EDGE);
		const clip = await panelBetween('events', 'simple');
		await takePicture(browser.page, 'trigger', { ...clip, width });
		await browser.page.setViewportSize(USUAL);

		await panel.getByTestId('trigger-execute-button').click();
		await panel.getByText('Listening for test event').first().waitFor();
		const id = await submit(url);
		await byId('output-panel').getByText(id).first().waitFor();
	});

	/** Adds a field to one of the collections of the open panel. */
	async function add(collection: number, field: string): Promise<void> {
		await byId('ndv').getByTestId('collection-parameter-add').nth(collection).click();
		const offered = browser.page.locator('.el-select-dropdown__item:visible');
		await offered.filter({ hasText: field }).click();
	}

	/** The open panel without its input, down to the second of two parameters of which one is on top. */
	async function panelBetween(first: string, last: string): Promise<Clip> {
		const { page } = browser;
		const panel = await around(page, [byId('ndv')], 0);
		const parameters = [first, last].map((name) => byId(`parameter-input-${name}`));
		const { x, y, height } = await around(page, parameters, EDGE);
		const width = panel.x + panel.width - x;
		return { x, y: panel.y, width, height: y + height - EDGE / 2 - panel.y };
	}

	/** Drags the panel of the parameters to the left. */
	async function widenOutput(): Promise<void> {
		const { page } = browser;
		await byId('panel-drag-button').hover();
		await page.mouse.down();
		await page.mouse.move(420, 60, { steps: 5 });
		await page.mouse.up();
	}

	async function submit(callback_url: string): Promise<string> {
		const client = new TestClient(session.emulator);
		const generated_image_url = 'https://images.example.com/vase.jpg';
		const { body } = await client.submit({ generated_image_url, callback_url });
		await client.close();
		return readString(body, 'id');
	}
});
