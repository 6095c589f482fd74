/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';

const FOLDER = resolve(__dirname, '..', '..', '..', 'docs', 'pictures');
const SETTLE_MS = 600;
const MARGIN = 16;

/** Run in the page: a picture shows an address that somebody may have, and nothing that floats over it. */
const TIDY = `{
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const { data } = texts.currentNode;
		const shown = data.replace(/http:\\/\\/(127\\.0\\.0\\.1|localhost):\\d+/g, 'https://n8n.example.com');
		if (shown !== data) texts.currentNode.data = shown;
	}
	for (const field of document.querySelectorAll('input')) {
		if (/^http:\\/\\/127\\./.test(field.value)) field.value = 'https://api.runflow.io';
	}
	for (const links of document.querySelectorAll('[data-test-id="floating-nodes"]')) {
		links.style.display = 'none';
	}
}`;

export interface Clip {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Where a picture of the documentation is. */
export const picturePath = (file: string): string => join(FOLDER, file);

/** What the page shows when everything has come to rest. */
export async function capture(page: Page, clip?: Clip): Promise<Buffer> {
	await page.mouse.move(0, 0);
	await page.waitForTimeout(SETTLE_MS);
	await page.evaluate(TIDY);
	return await page.screenshot({ clip });
}

/** Writes a picture of the editor for the documentation. */
export async function writePicture(page: Page, name: string, clip?: Clip): Promise<void> {
	const picture = sharp(await capture(page, clip));
	const small = picture.png({ palette: true, colours: 128, compressionLevel: 9 });
	await small.toFile(picturePath(`${name}.png`));
}

/** The same for a test: only with `UPDATE_PICTURES=1`. */
export async function takePicture(page: Page, name: string, clip?: Clip): Promise<void> {
	if (process.env.UPDATE_PICTURES === '1') await writePicture(page, name, clip);
}

/** Where all of these elements are, with a margin that stays inside the page. */
export async function around(page: Page, elements: Locator[], margin = MARGIN): Promise<Clip> {
	const boxes = await Promise.all(elements.map(async (each) => await each.boundingBox()));
	const found = boxes.filter((box) => box !== null);
	const { width = 0, height = 0 } = page.viewportSize() ?? {};
	const left = Math.max(0, Math.min(...found.map(({ x }) => x)) - margin);
	const top = Math.max(0, Math.min(...found.map(({ y }) => y)) - margin);
	const right = Math.min(width, Math.max(...found.map((box) => box.x + box.width)) + margin);
	const bottom = Math.min(height, Math.max(...found.map((box) => box.y + box.height)) + margin);
	return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Closes the messages in the corner. */
export async function dismissMessages(page: Page): Promise<void> {
	const close = page.locator('.el-notification__closeBtn');
	for (const button of await close.all()) await button.click();
	await page.locator('.el-notification').first().waitFor({ state: 'detached' });
}
