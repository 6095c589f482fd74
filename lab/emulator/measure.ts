import sharp from 'sharp';

/** What can be measured on an image; luminance from 0 (black) to 255 (white). */
export interface Measurements {
	width: number;
	height: number;
	/** Steepness of the hardest edges, 1 = from darkest to brightest within one pixel. */
	sharpness: number;
	meanLuminance: number;
	/** Distance between the 1st and the 99th percentile of the luminance. */
	luminanceRange: number;
}

const LONGEST_SIDE_PX = 1024;
const HARDEST_EDGES = 0.0005;
const SMALLEST_RANGE = 16;

function percentile(histogram: Uint32Array, share: number): number {
	const total = histogram.reduce((sum, count) => sum + count, 0);
	let seen = 0;
	return histogram.findIndex((count) => (seen += count) >= total * share);
}

function luminanceHistogram(pixels: Buffer): Uint32Array {
	const histogram = new Uint32Array(256);
	for (const value of pixels) histogram[value] = (histogram[value] ?? 0) + 1;
	return histogram;
}

/** Histogram of the absolute Laplacian (4 neighbours), 0 to 1020. */
function laplacianHistogram(pixels: Buffer, width: number, height: number): Uint32Array {
	const histogram = new Uint32Array(1021);
	const at = (index: number) => pixels[index] ?? 0;
	for (let y = 1; y < height - 1; y++) {
		for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
			const around = at(i - 1) + at(i + 1) + at(i - width) + at(i + width);
			const edge = Math.abs(around - 4 * at(i));
			histogram[edge] = (histogram[edge] ?? 0) + 1;
		}
	}
	return histogram;
}

/** Decodes the image (a path or its bytes) and measures it; rejects when it cannot be decoded. */
export async function measure(image: string | Buffer): Promise<Measurements> {
	const { autoOrient } = await sharp(image).metadata();
	const { data, info } = await sharp(image)
		.autoOrient()
		.flatten({ background: '#ffffff' })
		.resize(LONGEST_SIDE_PX, LONGEST_SIDE_PX, { fit: 'inside', withoutEnlargement: true })
		.greyscale()
		.toColourspace('b-w')
		.raw()
		.toBuffer({ resolveWithObject: true });
	const luminance = luminanceHistogram(data);
	const range = percentile(luminance, 0.99) - percentile(luminance, 0.01);
	const edges = laplacianHistogram(data, info.width, info.height);
	const sum = luminance.reduce((total, count, value) => total + count * value, 0);
	return {
		width: autoOrient.width,
		height: autoOrient.height,
		sharpness: percentile(edges, 1 - HARDEST_EDGES) / Math.max(range, SMALLEST_RANGE),
		meanLuminance: sum / data.length,
		luminanceRange: range,
	};
}
