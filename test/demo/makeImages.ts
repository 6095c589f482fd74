/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
/**
 * Draws the images of the demo anew (about a quarter of an hour): `npx tsx test/demo/makeImages.ts`, with
 * names of files to draw only those. `broken-link.jpg` is a page of text on purpose.
 */
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';

import { develop } from './picture/develop';
import * as food from './picture/food';
import * as landscapes from './picture/landscapes';
import * as people from './picture/people';
import * as posters from './picture/posters';
import * as products from './picture/products';
import { paint, photograph, type Studio } from './picture/render';
import * as rooms from './picture/rooms';

type Size = readonly [width: number, height: number];

const SQUARE: Size = [800, 800];
const UPRIGHT: Size = [720, 900];
const DESK: Size = [960, 720];
const WIDE: Size = [1120, 630];

const photo = (studio: Studio, size: Size) => develop(photograph(studio, ...size));
const view = (light: Parameters<typeof paint>[2], size: Size) => develop(paint(...size, light));
const poster = (svg: string) => sharp(Buffer.from(svg));

const IMAGES: Record<string, () => Sharp> = {
	'vase.jpg': () => photo(products.vase(), SQUARE),
	'serum.jpg': () => photo(products.serum(), UPRIGHT),
	'mug.jpg': () => photo(food.mug(), SQUARE),
	'camera.jpg': () => photo(products.camera(), DESK),
	'headphones.jpg': () => photo(products.headphones(), SQUARE),
	'doughnut.jpg': () => photo(food.doughnut(), SQUARE),
	'fruit.jpg': () => photo(food.fruit(), DESK),
	'armchair.jpg': () => photo(rooms.armchair(), UPRIGHT),
	'lamp.jpg': () => photo(rooms.lamp(), UPRIGHT),
	'anna.jpg': () => photo(people.anna(), UPRIGHT),
	'sam.jpg': () => photo(people.sam(), UPRIGHT),
	'jonas.jpg': () => photo(people.jonas(), UPRIGHT),
	'mountains.jpg': () => view(landscapes.mountains(), WIDE),
	'dunes.jpg': () => view(landscapes.dunes(), WIDE),
	'sea.jpg': () => view(landscapes.sea(), [1080, 720]),
	'concert.webp': () => poster(posters.concert()),
	'sale-story.webp': () => poster(posters.story()),
	'coffee.webp': () => poster(posters.coffee()),

	'mei-blurred.jpg': () => photo(people.mei(), UPRIGHT).blur(7),
	'camera-blurred.jpg': () => photo(products.camera('#7a4a2b', '#c9b59a'), DESK).blur(6),
	'armchair-dark.jpg': () => photo(rooms.armchair('#2f5f8b', '#b9b2a6'), UPRIGHT).linear(0.26),
	'mug-dark.jpg': () => photo(food.mug('#e0b23c', '#3f5a6b'), SQUARE).blur(8).linear(0.35),
	'vase-bright.jpg': () => photo(products.vase('#d8d2c8', '#f4f0ea'), SQUARE).linear(1.5, 70),
	'mountains-fog.jpg': () => view(landscapes.mountains(0.86), WIDE),
	'headphones-small.jpg': () => photo(products.headphones('#d9542f', '#e9d8bd'), [320, 320]),
	'concert-small.webp': () => poster(posters.concert()).resize(330, 360),
	'sale-square.webp': () =>
		poster(posters.story()).extract({ left: 0, top: 280, width: 720, height: 720 }),
	'dunes-story.jpg': () => view(landscapes.dunes(), DESK),
	'doughnut-bad.jpg': () =>
		photo(food.doughnut('#6b3f2a', '#d9c3a0'), [320, 240]).blur(6).linear(1.15, 90),
};

async function main(): Promise<void> {
	const asked = process.argv.slice(2);
	for (const [name, draw] of Object.entries(IMAGES)) {
		if (asked.length > 0 && !asked.includes(name)) continue;
		const image = draw();
		const encoded = name.endsWith('.webp')
			? image.webp({ quality: 82 })
			: image.jpeg({ quality: 88, mozjpeg: true });
		const { size } = await encoded.toFile(path.join(__dirname, 'images', name));
		process.stdout.write(`${name}: ${size} bytes\n`);
	}
}

void main();
