import { clouds, noise } from './noise';
import type { Studio } from './render';
import {
	box,
	capsule,
	cut,
	cylinder,
	ellipsoid,
	lathe,
	move,
	rotate,
	smoothed,
	sphere,
	torus,
	union,
	within,
} from './shapes';
import { studio } from './studio';
import { color, mix, smoothstep, type Vector } from './vector';

/** Glazed stoneware with dried stalks. */
export function vase(glaze = '#2f6f6a', backdrop = '#cf9f74'): Studio {
	const body = lathe(
		smoothed(
			smoothed([
				[0, 0.02],
				[0.26, 0.02],
				[0.44, 0.3],
				[0.46, 0.5],
				[0.34, 0.78],
				[0.15, 0.95],
				[0.14, 1.06],
				[0.2, 1.14],
				[0.15, 1.14],
				[0.1, 1.04],
				[0, 0.9],
			]),
		),
		0.025,
	);
	const stalk = (x: number, y: number, z: number) =>
		within(capsule([0, 0.9, 0], [x, y, z], 0.011), [x / 2, 1.3, z / 2], 0.75);
	const ear = (x: number, y: number, z: number) =>
		within(rotate2(ellipsoid(0.05, 0.19, 0.05), x, y, z), [x, y, z], 0.24);
	const tips: Vector[] = [
		[-0.34, 1.68, 0.05],
		[0.02, 1.84, -0.06],
		[0.34, 1.62, 0.08],
		[0.17, 1.72, -0.12],
	];
	const speckled = (x: number, y: number, z: number): Vector => {
		const drip = smoothstep(0.62, 0.66, y + 0.12 * noise(Math.atan2(x, z) * 3, 1) - 0.03);
		const base = mix(color('#b08a63'), color(glaze), drip);
		return mix(base, color('#3a2a1c'), noise(x * 60, y * 60 + z * 40) > 0.86 ? 0.6 : 0);
	};
	return studio(
		[
			{ shape: within(body, [0, 0.57, 0], 0.75), color: speckled, gloss: 0.06 },
			{ shape: union(...tips.map((tip) => stalk(...tip))), color: color('#a88a52') },
			{ shape: union(...tips.map((tip) => ear(...tip))), color: color('#d3b27a'), soft: true },
		],
		backdrop,
		{ target: [0, 0.92, 0], eye: [0.5, 1.35, 5.6], zoom: 3.4 },
	);
}

function rotate2(shape: ReturnType<typeof sphere>, x: number, y: number, z: number) {
	return move(rotate(shape, 'z', -x * 50), x, y, z);
}

/** A dropper bottle of amber glass on a stone. */
export function serum(backdrop = '#cda083'): Studio {
	const label = (_x: number, y: number, z: number): Vector => {
		if (z < 0.1 || y < 0.62 || y > 1.02) return color('#8a3f10');
		const line = (at: number, half: number) => Math.abs(y - at) < half;
		const print = Math.abs(_x) < 0.13 && (line(0.92, 0.022) || line(0.84, 0.008));
		const small = Math.abs(_x) < 0.09 && (line(0.76, 0.006) || line(0.72, 0.006));
		return print || small ? color('#2b2622') : color('#f6efe2');
	};
	const stone = move(box(0.75, 0.17, 0.5, 0.12), 0, 0.17, 0);
	const marble = (x: number, y: number, z: number): Vector => {
		const vein = Math.abs(clouds(x * 2.2 + 3, z * 2.2 + y * 2, 5) - 0.5) * 12;
		return mix(color('#a6a09a'), color('#efeae4'), smoothstep(0, 0.7, vein));
	};
	const glass = lathe(
		[
			[0, 0.38],
			[0.3, 0.38],
			[0.32, 0.42],
			[0.32, 1.1],
			[0.28, 1.18],
			[0.13, 1.26],
			[0.12, 1.32],
			[0, 1.32],
		],
		0.02,
	);
	const cap = union(move(cylinder(0.15, 0.11, 0.02), 0, 1.42, 0), move(sphere(0.11), 0, 1.6, 0));
	return studio(
		[
			{ shape: stone, color: marble, gloss: 0.03 },
			{ shape: within(glass, [0, 0.85, 0], 0.65), color: label, gloss: 0.12 },
			{ shape: cap, color: color('#1d1b1a'), gloss: 0.05 },
			{ shape: move(sphere(0.19), 0.62, 0.19, 0.62), color: color('#c9673b'), gloss: 0.03 },
			{ shape: move(cylinder(0.42, 0.9, 0.02), -1.0, 0.9, -0.9), color: color('#c58f6d') },
		],
		backdrop,
		{ target: [0, 0.86, 0], zoom: 3.3 },
	);
}

/** A small rangefinder camera. */
export function camera(leather = '#26282b', backdrop = '#b9c4c4'): Studio {
	const body = box(0.78, 0.42, 0.2, 0.12);
	const top = move(box(0.77, 0.1, 0.19, 0.06), 0, 0.44, 0);
	const ring = (radius: number, half: number, z: number, round = 0.02) =>
		move(rotate(cylinder(radius, half, round), 'x', 90), 0.06, -0.02, z);
	const barrel = union(ring(0.34, 0.09, 0.24), ring(0.29, 0.12, 0.36), ring(0.31, 0.04, 0.47));
	const hollow = cut(barrel, ring(0.23, 0.12, 0.52, 0));
	const glass = move(sphere(0.3), 0.06, -0.02, 0.2);
	const dials = union(
		move(cylinder(0.12, 0.05, 0.015), 0.5, 0.58, 0),
		move(cylinder(0.06, 0.05, 0.015), 0.26, 0.57, 0),
		move(cylinder(0.1, 0.04, 0.015), -0.52, 0.57, 0),
		move(box(0.17, 0.04, 0.08, 0.02), -0.12, 0.56, 0),
	);
	const windows = union(
		move(box(0.13, 0.06, 0.02, 0.02), -0.5, 0.42, 0.19),
		move(box(0.07, 0.05, 0.02, 0.02), 0.02, 0.43, 0.19),
	);
	const grain = (x: number, y: number): Vector =>
		mix(color(leather), color('#0c0c0d'), noise(x * 55, y * 55) * 0.8);
	const turned = (shape: ReturnType<typeof box>) =>
		within(move(rotate(shape, 'y', -16), 0, 0.44, 0), [0, 0.48, 0.1], 1.05);
	return studio(
		[
			{ shape: turned(body), color: grain, gloss: 0.02 },
			{ shape: turned(union(top, dials)), color: color('#c9c7c2'), gloss: 0.25 },
			{ shape: turned(hollow), color: color('#17181a'), gloss: 0.08 },
			{ shape: turned(glass), color: color('#141a2e'), gloss: 0.35 },
			{ shape: turned(windows), color: color('#10141c'), gloss: 0.3 },
			{ shape: turned(move(sphere(0.035), 0.5, 0.28, 0.2)), color: color('#c3241f'), gloss: 0.05 },
		],
		backdrop,
		{ target: [0, 0.46, 0], eye: [0.3, 1.35, 4.8], zoom: 3.6 },
	);
}

/** Over-ear headphones standing on the table. */
export function headphones(cloth = '#e8e2d6', backdrop = '#8fa3a6'): Studio {
	const band = cut(rotate(torus(0.62, 0.06), 'x', 90), move(box(1, 0.5, 1, 0), 0, -0.52, 0));
	const cup = (x: number) => {
		const shape = rotate(cylinder(0.34, 0.1, 0.09), 'z', 90);
		return move(rotate(shape, 'y', x * 10), x * 0.63, -0.14, 0);
	};
	const pad = (x: number) => move(rotate(torus(0.23, 0.1), 'z', 90), x * 0.5, -0.14, 0);
	const ring = (x: number) => move(rotate(torus(0.3, 0.022), 'z', 90), x * 0.74, -0.14, 0);
	const pose = (shape: ReturnType<typeof sphere>) =>
		within(move(rotate(shape, 'y', 32), 0, 0.49, 0), [0, 0.6, 0], 1.1);
	return studio(
		[
			{ shape: pose(band), color: color(cloth) },
			{ shape: pose(union(cup(-1), cup(1))), color: color(cloth), gloss: 0.03 },
			{ shape: pose(union(pad(-1), pad(1))), color: color('#2b2624') },
			{ shape: pose(union(ring(-1), ring(1))), color: color('#d9a45b'), gloss: 0.4 },
		],
		backdrop,
		{ target: [0, 0.6, 0], zoom: 4.2, eye: [0.4, 1.5, 5.2] },
	);
}
