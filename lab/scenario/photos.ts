import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import sharp from 'sharp';

const SIZE = { width: 1_200, height: 900 };

/** A photo-like picture as PNG: shapes on a gradient, with the grain of a camera. */
export async function photo(): Promise<Buffer> {
	const scene = `<svg width="1200" height="900" xmlns="http://www.w3.org/2000/svg">
		<defs><linearGradient id="light" x2="0" y2="1">
			<stop stop-color="#d8c9b0"/><stop offset="1" stop-color="#7d8a99"/>
		</linearGradient></defs>
		<rect width="100%" height="100%" fill="url(#light)"/>
		<ellipse cx="600" cy="520" rx="280" ry="180" fill="#efe8dc" stroke="#222" stroke-width="6"/>
		<path d="M380 520h440M420 460h360M460 400h280" stroke="#333" stroke-width="5"/>
		<circle cx="820" cy="250" r="90" fill="#b4552d"/>
	</svg>`;
	const noise = { type: 'gaussian' as const, mean: 128, sigma: 12 };
	const grain = await sharp({ create: { ...SIZE, channels: 3, background: '#808080', noise } })
		.png()
		.toBuffer();
	const layers = [{ input: grain, blend: 'soft-light' as const }];
	return await sharp(Buffer.from(scene)).composite(layers).removeAlpha().png().toBuffer();
}

/** An item with one file in the field `data`, as an image generator hands it over. */
export function itemWith(content: Buffer, file: Partial<IBinaryData> = {}): INodeExecutionData {
	const data: IBinaryData = {
		data: content.toString('base64'),
		mimeType: 'image/jpeg',
		fileName: 'generated.jpg',
		...file,
	};
	return { json: { prompt: 'A bowl on a table' }, binary: { data } };
}
