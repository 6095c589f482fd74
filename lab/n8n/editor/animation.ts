/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { capture } from './pictures';

const MOST_FRAMES = 16;
const FRAME_MS = 250;

interface Frame {
	picture: Buffer;
	/** For how long it is shown, in milliseconds. */
	ms: number;
}

/** A film of the editor, made of screenshots. */
export class Animation {
	private readonly frames: Frame[] = [];

	constructor(private readonly page: Page) {}

	/** What the page shows when it has come to rest, for so long. */
	async show(ms: number): Promise<void> {
		this.frames.push({ picture: await capture(this.page), ms });
	}

	/** What happens until the promise is settled: a few seconds, however long it takes. */
	async follow(what: Promise<unknown>): Promise<void> {
		const taken: Buffer[] = [];
		let going = true;
		const settled = what.finally(() => {
			going = false;
		});
		while (going) {
			taken.push(await this.page.screenshot());
			await Promise.race([settled, sleep(FRAME_MS)]);
		}
		await settled;
		const every = Math.ceil(taken.length / MOST_FRAMES);
		const kept = taken.filter((_, index) => index % every === 0);
		this.frames.push(...kept.map((picture) => ({ picture, ms: FRAME_MS })));
	}

	/** Writes it as an animated WebP of the given width that starts again at its end. */
	async write(file: string, width: number): Promise<void> {
		const pictures = await Promise.all(
			this.frames.map(async ({ picture }) => await sharp(picture).resize({ width }).toBuffer()),
		);
		const film = sharp(pictures, { join: { animated: true } });
		const delay = this.frames.map(({ ms }) => ms);
		await film.webp({ loop: 0, delay, quality: 80, effort: 6 }).toFile(file);
	}
}
