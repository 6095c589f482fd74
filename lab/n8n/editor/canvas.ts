import type { Locator, Page } from 'playwright-core';
import type { StoredWorkflow } from '../workflows';
import { readArray } from '../read';
import { around, type Clip } from './pictures';

/** Run in the page: how much higher than its text each note is, in pixels of the workflow. */
const SPARE = `[...document.querySelectorAll('.vue-flow__node')].flatMap((node) => {
	const text = node.querySelector('h2')?.parentElement;
	return text ? [[text.querySelector('h2').textContent, node.offsetHeight - text.offsetHeight]] : [];
})`;

/** What stands under a node, in pixels. */
const LABEL = 32;

/** The canvas of n8n's editor, by its test ids. */
export class Canvas {
	constructor(private readonly page: Page) {}

	async openEmpty(): Promise<void> {
		await this.open('new');
		await this.page.getByTestId('canvas-add-button').waitFor();
	}

	async openWorkflow({ id, nodes }: StoredWorkflow): Promise<void> {
		await this.open(id);
		for (const { name, type } of nodes) {
			if (type !== 'n8n-nodes-base.stickyNote') await this.node(String(name)).waitFor();
		}
	}

	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Executes the workflow from its first trigger or the named one. */
	async start(trigger?: string): Promise<void> {
		const buttons = this.page.getByTestId('execute-workflow-button');
		if (trigger === undefined) return await buttons.first().click();
		await this.node(trigger).hover();
		await this.page.getByTestId(`execute-workflow-button-${trigger}`).click();
	}

	/** Executes the workflow and waits for the message that it has ended. */
	async execute(message: string): Promise<void> {
		await this.start();
		await this.page.getByText(message).first().waitFor();
	}

	/** Makes the whole workflow visible; resolves to where it is. */
	async fit(): Promise<Clip> {
		await this.page.getByTestId('zoom-to-fit').click();
		const nodes = await around(this.page, await this.page.locator('.vue-flow__node').all(), 48);
		return { ...nodes, height: nodes.height + LABEL };
	}

	/** How much higher than its text each note is, by its heading. */
	async spareOfNotes(): Promise<Map<string, number>> {
		const found: unknown = await this.page.evaluate(SPARE);
		const entries = readArray(found, 'notes').map((each) => readArray(each, 'note'));
		return new Map(entries.map(([heading, spare]) => [String(heading), Number(spare)]));
	}

	/** Opens the panel of a node. */
	async openNode(name: string): Promise<Locator> {
		await this.node(name).dblclick({ position: { x: 40, y: 20 } });
		const panel = this.page.getByTestId('ndv');
		await panel.waitFor();
		return panel;
	}

	/** Types into the search of the node list and waits until it shows the node. */
	async search(words: string, nodeName: string): Promise<Locator> {
		await this.page.getByTestId('node-creator-search-bar').fill(words);
		const found = this.page
			.getByTestId('node-creator-item-name')
			.getByText(nodeName, { exact: true })
			.first();
		await found.waitFor();
		return found;
	}

	private async open(workflow: string): Promise<void> {
		await this.page.goto(`/workflow/${workflow}`, { waitUntil: 'domcontentloaded' });
	}
}
