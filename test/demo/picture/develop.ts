import sharp, { type Sharp } from 'sharp';

import { hash } from './noise';
import type { Picture } from './render';

/** From light to an image, with a vignette and a little grain. */
export function develop({ width, height, pixels }: Picture, grain = 3): Sharp {
	const bytes = Buffer.alloc(pixels.length);
	for (const [index, light] of pixels.entries()) {
		const pixel = Math.floor(index / 3);
		const [x, y] = [pixel % width, Math.floor(pixel / width)];
		const off = ((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2) * 2;
		const speck = (hash(x, y, 7) + hash(x, y, 8) - 1) * grain;
		const value = 255 * (light * (1 - 0.22 * off)) ** (1 / 2.2) + speck;
		bytes[index] = Math.round(Math.min(255, Math.max(0, value)));
	}
	return sharp(bytes, { raw: { width, height, channels: 3 } });
}
