/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve(__dirname, '..', '..', 'demo', 'images');

/** Under these URLs the emulator finds the pictures. */
export const PICTURE_URLS = 'https://images.example.com/';

/** What a generator makes of a word in the prompt, one file after the other. */
const PICTURES: Array<[word: RegExp, files: string[]]> = [
	[/armchair/i, ['armchair.jpg']],
	[/camera.*blurred/i, ['camera.jpg']],
	[/camera/i, ['camera-blurred.jpg']],
	[/doughnut/i, ['doughnut-bad.jpg']],
	[/mug/i, ['mug-dark.jpg']],
	[/vase/i, ['vase-bright.jpg', 'vase.jpg', 'mug-dark.jpg', 'camera-blurred.jpg']],
];

/**
 * The file that a generator gives for a prompt, the `nth` time that it is asked (from 0). An armchair
 * succeeds at once, a camera becomes sharp when the prompt says that it was blurred, a doughnut is a
 * broken file, a mug stays dark, and of four vases one is good.
 */
export function pictureFor(prompt: string, nth = 0): string {
	const files = PICTURES.find(([word]) => word.test(prompt))?.[1] ?? ['armchair.jpg'];
	return files[nth % files.length] ?? '';
}

export function readPicture(file: string): Buffer {
	return readFileSync(join(FOLDER, file));
}
