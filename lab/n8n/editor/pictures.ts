/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';

const FOLDER = resolve(__dirname, '..', '..', '..', 'docs', 'pictures');
const SETTLE_MS = 600;

/** Run in the page: a picture shows an address that somebody may have. */
const WITHOUT_LOOPBACK = `{
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const { data } = texts.currentNode;
		const shown = data.replace(/http:\\/\\/(127\\.0\\.0\\.1|localhost):\\d+/g, 'https://n8n.example.com');
		if (shown !== data) texts.currentNode.data = shown;
	}
	for (const field of document.querySelectorAll('input')) {
		if (/^http:\\/\\/127\\./.test(field.value)) field.value = 'https://api.runflow.io';
	}
}`;

interface Clip {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Takes a picture of the editor for the documentation, only with `UPDATE_PICTURES=1`. */
export async function takePicture(page: Page, name: string, clip?: Clip): Promise<void> {
	if (process.env.UPDATE_PICTURES !== '1') return;
	await page.mouse.move(0, 0);
	await page.waitForTimeout(SETTLE_MS);
	await page.evaluate(WITHOUT_LOOPBACK);
	const screenshot = await page.screenshot({ clip });
	const picture = sharp(screenshot).png({ palette: true, colours: 128, compressionLevel: 9 });
	await picture.toFile(join(FOLDER, `${name}.png`));
}

/** Closes the messages in the corner. */
export async function dismissMessages(page: Page): Promise<void> {
	const close = page.locator('.el-notification__closeBtn');
	for (const button of await close.all()) await button.click();
	await page.locator('.el-notification').first().waitFor({ state: 'detached' });
}
