import { smoothstep } from './vector';

/** A number in [0, 1) that depends on nothing but the lattice point. */
export function hash(x: number, y: number, z = 0): number {
	let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(z, 1274126177);
	h = Math.imul(h ^ (h >>> 13), 1103515245);
	return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** Smooth noise in the plane, 0 to 1, one bump per unit. */
export function noise(x: number, y: number, seed = 0): number {
	const [column, row] = [Math.floor(x), Math.floor(y)];
	const [u, v] = [smoothstep(0, 1, x - column), smoothstep(0, 1, y - row)];
	const lerp = (a: number, b: number, t: number) => a + (b - a) * t;
	return lerp(
		lerp(hash(column, row, seed), hash(column + 1, row, seed), u),
		lerp(hash(column, row + 1, seed), hash(column + 1, row + 1, seed), u),
		v,
	);
}

/** Noise on noise, 0 to 1: clouds, ridges, stone. */
export function clouds(x: number, y: number, octaves = 5, seed = 0): number {
	let [sum, weight, size] = [0, 0.5, 1];
	for (let octave = 0; octave < octaves; octave++) {
		sum += weight * noise(x * size, y * size, seed + octave);
		weight /= 2;
		size *= 2.03;
	}
	return sum / (1 - 0.5 ** octaves);
}
