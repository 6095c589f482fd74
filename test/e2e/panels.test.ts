import { createCredential } from '../../lab/n8n/credentials';
import { describeUnless } from '../../lab/n8n/debian';
import { openBrowser, reasonWithoutBrowser, type Browser } from '../../lab/n8n/editor/browser';
import { Canvas } from '../../lab/n8n/editor/canvas';
import { panelFile } from '../../lab/n8n/editor/workflowFiles';
import { startSession, type Session } from '../../lab/n8n/session';
import { storeWorkflow } from '../../lab/n8n/webhookRuns';
import { importWorkflow } from '../../lab/n8n/workflows';

let session: Session;
let browser: Browser;
let canvas: Canvas;

describeUnless(reasonWithoutBrowser(), 'the panel of a node that cannot ask Runflow', () => {
	beforeAll(async () => {
		session = await startSession();
		browser = await openBrowser(session.n8n.url);
		canvas = new Canvas(browser.page);
	});

	afterAll(async () => {
		await browser?.close();
		await session?.end();
	});

	/** The open panel's text, once Job Class shows what was chosen, and how many fields are red. */
	async function opened(shown: string): Promise<{ text: string; red: number }> {
		const panel = await canvas.openNode('Judge');
		const field = panel.getByTestId('parameter-input-jobClass');
		await browser.page.waitForFunction(
			`document.querySelector('[data-test-id="parameter-input-jobClass"] input')?.value === ${JSON.stringify(shown)}`,
		);
		const red = await field.getByTestId('parameter-issues').count();
		return { text: await panel.innerText(), red };
	}

	it('has no red field without a credential', async () => {
		const file = panelFile({ additionalFields: { jobClass: '' } });
		await canvas.openWorkflow(await importWorkflow(session.client, file));
		const { text, red } = await opened("Runflow's Default");
		expect(text).not.toContain('Error fetching options');
		expect(red).toBe(0);
	});

	it('has no red field with a dead credential, keeps the job class and says why', async () => {
		const { client, credentialData } = session;
		const dead = { ...credentialData, apiKey: 'rf_live_wrong' };
		const credential = await createCredential(client, 'runflowApi', dead);
		const file = panelFile({ additionalFields: { jobClass: 'standard' } });
		await canvas.openWorkflow(await storeWorkflow({ client, credential }, file));
		const { text, red } = await opened('standard');
		expect(text).not.toContain('Error fetching options');
		expect(red).toBe(0);
		await browser.page.getByTestId('parameter-input-jobClass').locator('input').click();
		await browser.page
			.getByText(/Runflow did not accept the API key/)
			.first()
			.waitFor();
	});
});
