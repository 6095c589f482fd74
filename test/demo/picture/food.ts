import { clouds, noise } from './noise';
import type { Studio } from './render';
import {
	box,
	capsule,
	cut,
	cylinder,
	ellipsoid,
	lathe,
	melt,
	move,
	rotate,
	shell,
	sphere,
	torus,
	union,
	within,
} from './shapes';
import { studio } from './studio';
import { color, mix, smoothstep, type Vector } from './vector';

/** A mug, a saucer, a few beans. */
export function mug(glaze = '#c8553d', backdrop = '#86aaa3'): Studio {
	const wall = lathe(
		[
			[0, 0.12],
			[0.36, 0.12],
			[0.42, 0.2],
			[0.42, 0.86],
			[0.37, 0.86],
			[0.37, 0.24],
			[0, 0.2],
		],
		0.02,
	);
	const handle = move(rotate(torus(0.2, 0.055), 'x', 90), 0.46, 0.5, 0);
	const outside = cut(handle, cylinder(0.4, 2));
	const saucer = lathe(
		[
			[0, 0.03],
			[0.4, 0.03],
			[0.74, 0.12],
			[0.72, 0.15],
			[0.38, 0.07],
			[0, 0.07],
		],
		0.015,
	);
	const beans: Vector[] = [
		[-0.78, 0.05, 0.62],
		[-0.6, 0.05, 0.82],
		[0.86, 0.05, 0.5],
		[-0.98, 0.05, 0.4],
	];
	const bean = ([x, y, z]: Vector, index: number) =>
		move(
			rotate(
				cut(ellipsoid(0.1, 0.055, 0.065), move(box(0.2, 0.02, 0.008, 0), 0, 0.05, 0)),
				'y',
				index * 55,
			),
			x,
			y,
			z,
		);
	const crema = (x: number, _y: number, z: number): Vector =>
		mix(color('#5a2f14'), color('#c08a52'), clouds(x * 5 + 9, z * 5, 4) ** 2 * 1.6);
	return studio(
		[
			{
				shape: within(melt(wall, outside, 0.06), [0.1, 0.5, 0], 0.85),
				color: color(glaze),
				gloss: 0.03,
			},
			{ shape: move(cylinder(0.375, 0.02, 0.01), 0, 0.76, 0), color: crema, gloss: 0.02 },
			{ shape: within(saucer, [0, 0.09, 0], 0.8), color: color('#efe9de'), gloss: 0.05 },
			{ shape: union(...beans.map(bean)), color: color('#3b2012'), gloss: 0.03 },
		],
		backdrop,
		{ target: [0.02, 0.42, 0], eye: [0.7, 2.1, 4.7], zoom: 4.0 },
	);
}

/** A glazed ring doughnut with sprinkles, on a plate. */
export function doughnut(icing = '#e58ba5', backdrop = '#eac48d'): Studio {
	const dough = move(torus(0.46, 0.27), 0, 0.36, 0);
	const wave = (x: number, z: number) =>
		0.05 * Math.sin(Math.atan2(z, x) * 7) + 0.03 * Math.sin(Math.atan2(z, x) * 3);
	const glaze = (x: number, y: number, z: number) =>
		Math.max(move(torus(0.46, 0.3), 0, 0.36, 0)(x, y, z), (0.4 + wave(x, z) - y) * 0.7) - 0.012;
	const sprinkles = (pick: number) =>
		union(
			...Array.from({ length: 14 }, (_, index) => {
				const angle = index * 0.449 + pick * 0.13 + noise(index * 3.3, pick) * 0.4;
				const around = (noise(index * 7.1, pick + 5) - 0.5) * 2.1;
				const across = 0.46 + 0.31 * Math.sin(around);
				const [x, y, z] = [
					Math.cos(angle) * across,
					0.36 + 0.31 * Math.cos(around),
					Math.sin(angle) * across,
				];
				const turn = noise(index * 2.7, pick + 9) * 6;
				const [dx, dz] = [Math.cos(turn) * 0.04, Math.sin(turn) * 0.04];
				return capsule([x - dx, y, z - dz], [x + dx, y, z + dz], 0.016);
			}),
		);
	const near = (shape: ReturnType<typeof sphere>) => within(shape, [0, 0.4, 0], 0.85);
	const plate = lathe(
		[
			[0, 0.02],
			[0.6, 0.02],
			[1.05, 0.12],
			[1.03, 0.15],
			[0.6, 0.06],
			[0, 0.06],
		],
		0.015,
	);
	const colors = ['#f7f3ea', '#f2b632', '#3f8fb0', '#5a9c5a'];
	return studio(
		[
			{ shape: near(dough), color: color('#c98a45'), soft: true },
			{ shape: near(glaze), color: color(icing), gloss: 0.05, soft: true },
			...colors.map((paint, index) => ({ shape: near(sprinkles(index)), color: color(paint) })),
			{ shape: within(plate, [0, 0.08, 0], 1.1), color: color('#4d7c8a'), gloss: 0.05 },
		],
		backdrop,
		{ target: [0, 0.32, 0], eye: [0.4, 2.9, 4.2], zoom: 3.8 },
	);
}

/** Oranges and a pear in a bowl. */
export function fruit(backdrop = '#4a5a52'): Studio {
	const bowl = cut(shell(move(sphere(0.85), 0, 0.9, 0), 0.03), move(box(2, 1, 2, 0), 0, 1.72, 0));
	const peel = (shape: ReturnType<typeof sphere>) => (x: number, y: number, z: number) =>
		shape(x, y, z) + 0.004 * noise(x * 42 + z * 23, y * 42 - z * 11);
	const orange = (x: number, y: number, z: number) =>
		within(peel(move(sphere(0.34), x, y, z)), [x, y, z], 0.36);
	const pear = melt(move(sphere(0.32), 0, 0, 0), move(sphere(0.17), 0.08, 0.42, 0), 0.35);
	const stem = capsule([0.1, 0.55, 0], [0.18, 0.74, 0.02], 0.018);
	const blush = (x: number, y: number, z: number): Vector =>
		mix(color('#b9b83c'), color('#c2622f'), smoothstep(0.35, 0.8, clouds(x * 2 + 4, y * 2 + z, 4)));
	return studio(
		[
			{ shape: within(bowl, [0, 0.5, 0], 0.95), color: color('#ece4d4'), gloss: 0.05 },
			{
				shape: union(orange(-0.36, 0.72, 0.12), orange(0.3, 0.7, 0.32), orange(-0.02, 0.74, -0.4)),
				color: color('#e8862a'),
				gloss: 0.03,
				soft: true,
			},
			{
				shape: within(move(pear, 0.18, 1.08, -0.08), [0.22, 1.3, -0.08], 0.6),
				color: blush,
				gloss: 0.03,
				soft: true,
			},
			{ shape: move(stem, 0.18, 1.08, -0.08), color: color('#4a3320') },
			{ shape: orange(1.18, 0.33, 0.42), color: color('#e8862a'), gloss: 0.03, soft: true },
		],
		backdrop,
		{ target: [0.18, 0.68, 0], eye: [0.6, 1.8, 5.2], zoom: 3.4 },
	);
}
