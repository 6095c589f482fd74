import { createHash } from 'node:crypto';

function digest(seed: number, parts: Array<string | number>): Buffer {
	return createHash('sha256')
		.update([seed, ...parts].join('\u0000'))
		.digest();
}

/** A number in [0, 1) that depends on nothing but the seed and the parts. */
export function draw(seed: number, ...parts: Array<string | number>): number {
	return digest(seed, parts).readUIntBE(0, 6) / 2 ** 48;
}

/** One of the choices, by the seed and the parts. */
export function pick<T>(choices: T[], seed: number, ...parts: Array<string | number>) {
	return choices[Math.floor(draw(seed, ...parts) * choices.length)];
}

/** A UUID (version 4 in form) that depends on nothing but the seed and the parts. */
export function seededUuid(seed: number, ...parts: Array<string | number>): string {
	const bytes = digest(seed, parts);
	bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
	bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
	const hex = bytes.toString('hex', 0, 16);
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		hex.slice(12, 16),
		hex.slice(16, 20),
		hex.slice(20),
	].join('-');
}

/** A normally distributed number (mean 0, deviation 1), by Box and Muller. */
export function drawNormal(seed: number, ...parts: Array<string | number>): number {
	const radius = Math.sqrt(-2 * Math.log(1 - draw(seed, ...parts, 'radius')));
	return radius * Math.cos(2 * Math.PI * draw(seed, ...parts, 'angle'));
}
