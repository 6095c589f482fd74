import { noise } from './noise';
import type { Studio, Thing } from './render';
import {
	box,
	capsule,
	cut,
	ellipsoid,
	melt,
	mirror,
	move,
	rotate,
	sphere,
	torus,
	union,
	within,
	type Shape,
} from './shapes';
import { color, mix, smoothstep, type Vector } from './vector';

export interface Person {
	skin: string;
	hair: string;
	cut: 'short' | 'bob' | 'bun' | 'curls';
	clothes: string;
	backdrop: string;
	glasses?: boolean;
	beard?: boolean;
	/** Degrees; positive looks to the right of the picture. */
	turn?: number;
}

/** A sculpted head-and-shoulders portrait. */
export function portrait({
	skin,
	hair,
	cut: style,
	clothes,
	backdrop,
	glasses,
	beard,
	turn = 14,
}: Person): Studio {
	const skull = melt(
		move(ellipsoid(0.4, 0.47, 0.43), 0, 0.08, -0.03),
		move(ellipsoid(0.27, 0.3, 0.3), 0, -0.27, 0.09),
		0.24,
	);
	const nose = melt(
		move(sphere(0.062), 0, -0.06, 0.46),
		capsule([0, 0.12, 0.38], [0, -0.05, 0.44], 0.032),
		0.07,
	);
	const brows = mirror(capsule([0.075, 0.165, 0.39], [0.2, 0.16, 0.335], 0.014));
	const ears = mirror(move(rotate(ellipsoid(0.045, 0.105, 0.07), 'y', 20), 0.405, 0, -0.02));
	const neck = capsule([0, -0.3, -0.04], [0, -0.78, -0.08], 0.165);
	const head = melt(melt(melt(skull, nose, 0.05), ears, 0.04), neck, 0.1);
	const sockets = mirror(move(ellipsoid(0.085, 0.05, 0.08), 0.145, 0.055, 0.4));
	const face = melt(
		cut(head, sockets),
		mirror(move(ellipsoid(0.09, 0.07, 0.05), 0.2, -0.12, 0.3)),
		0.12,
	);
	const eyes = mirror(move(sphere(0.078), 0.145, 0.052, 0.322));
	const look = (x: number, y: number): Vector => {
		const off = Math.hypot(Math.abs(x) - 0.145, y - 0.052);
		if (off < 0.018) return [0.005, 0.005, 0.008];
		return off < 0.037 ? color('#4a3524') : color('#ece8e2');
	};
	const lips = union(
		capsule([-0.105, -0.207, 0.388], [0, -0.25, 0.428], 0.017),
		capsule([0.105, -0.207, 0.388], [0, -0.25, 0.428], 0.017),
	);
	const torso = melt(
		move(ellipsoid(0.82, 0.5, 0.38), 0, -1.32, -0.1),
		capsule([-0.55, -1.08, -0.1], [0.55, -1.08, -0.1], 0.2),
		0.25,
	);
	const collar = move(rotate(torus(0.21, 0.05), 'x', 14), 0, -0.74, -0.06);
	const knit = (x: number, y: number): Vector =>
		mix(
			color(clothes),
			[0, 0, 0],
			0.16 * (0.5 + 0.5 * Math.sin(x * 95)) + 0.1 * noise(x * 40, y * 60),
		);
	const blush = (x: number, y: number, z: number): Vector => {
		const cheek =
			smoothstep(0.2, 0.04, Math.hypot(Math.abs(x) - 0.2, y + 0.12)) * (z > 0.1 ? 0.35 : 0);
		return mix(color(skin), color('#b5543f'), cheek * 0.6);
	};
	const strands = (x: number, y: number, z: number): Vector =>
		mix(color(hair), [0.9, 0.75, 0.6], 0.05 * noise(Math.atan2(x, z) * 40, y * 3));
	const parts: Thing[] = [
		{ shape: face, color: blush, soft: true },
		{ shape: eyes, color: look, gloss: 0.03 },
		{ shape: union(brows, HAIR[style]), color: strands, gloss: style === 'curls' ? 0 : 0.015 },
		{ shape: lips, color: mix(color(skin), color('#9c2f33'), 0.5), soft: true },
	];
	if (beard) parts.push({ shape: BEARD, color: strands });
	if (glasses) parts.push({ shape: GLASSES, color: color('#191614'), gloss: 0.08 });
	const turned = parts.map(({ shape, ...rest }) => ({
		...rest,
		shape: within(rotate(shape, 'y', turn), [0, 0, 0], style === 'curls' ? 0.95 : 0.85),
		color: turnedColor(rest.color, turn),
	}));
	return {
		things: [
			{ shape: (_x, _y, z) => z + 2.2, color: color(backdrop) },
			...turned,
			{ shape: within(union(torso, collar), [0, -1.3, -0.1], 1.1), color: knit },
		],
		eye: [0, 0.02, 5.2],
		target: [0, -0.2, 0],
		zoom: 4.3,
		light: [-3.2, 3.4, 4.2],
		lightColor: [1.2, 1.1, 0.98],
		fill: [0.36, 0.38, 0.43],
	};
}

function turnedColor(paint: Thing['color'], degrees: number): Thing['color'] {
	if (typeof paint !== 'function') return paint;
	const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
	return (x, y, z) => paint(c * x - s * z, y, s * x + c * z);
}

const CAP = cut(
	move(ellipsoid(0.455, 0.5, 0.48), 0, 0.13, -0.07),
	union(
		move(rotate(box(0.5, 0.5, 0.4, 0.15), 'x', 12), 0, -0.2, 0.45),
		move(box(0.6, 0.4, 0.3, 0.1), 0, -0.42, 0.32),
	),
);

const wavy =
	(shape: Shape, depth: number, fine: number): Shape =>
	(x, y, z) =>
		shape(x, y, z) - depth * Math.sin(x * fine) * Math.sin(y * fine) * Math.sin(z * fine);

const HAIR: Record<Person['cut'], Shape> = {
	short: melt(CAP, move(rotate(ellipsoid(0.24, 0.1, 0.2), 'z', 14), 0.1, 0.6, 0.14), 0.22),
	bob: melt(
		CAP,
		cut(
			move(ellipsoid(0.53, 0.62, 0.46), 0, -0.06, -0.12),
			union(
				move(box(0.34, 0.62, 0.6, 0.16), 0, -0.2, 0.4),
				move(box(1, 0.4, 1, 0.05), 0, -0.86, 0),
			),
		),
		0.1,
	),
	bun: melt(CAP, move(sphere(0.2), 0, 0.68, -0.2), 0.08),
	curls: wavy(
		melt(
			CAP,
			cut(
				move(ellipsoid(0.62, 0.56, 0.55), 0, 0.3, -0.15),
				move(box(0.5, 0.6, 0.5, 0.2), 0, -0.22, 0.5),
			),
			0.1,
		),
		0.028,
		21,
	),
};

const BEARD = cut(
	move(ellipsoid(0.315, 0.33, 0.335), 0, -0.285, 0.085),
	union(
		move(box(0.5, 0.2, 0.6, 0.1), 0, 0.02, 0.3),
		move(ellipsoid(0.13, 0.055, 0.3), 0, -0.245, 0.4),
		move(box(0.5, 0.6, 0.3, 0), 0, -0.2, -0.28),
	),
);

const GLASSES = union(
	mirror(move(rotate(torus(0.125, 0.014), 'x', 90), 0.155, 0.045, 0.452)),
	capsule([-0.035, 0.06, 0.46], [0.035, 0.06, 0.46], 0.012),
	mirror(capsule([0.28, 0.06, 0.45], [0.42, 0.05, 0], 0.012)),
);

export const anna = (): Studio =>
	portrait({
		skin: '#e2b08f',
		hair: '#5a3018',
		cut: 'bob',
		clothes: '#2d5d62',
		backdrop: '#c98f5c',
	});
export const sam = (): Studio =>
	portrait({
		skin: '#8d5a3b',
		hair: '#17110d',
		cut: 'curls',
		clothes: '#d6a23a',
		backdrop: '#3d6a74',
		turn: -16,
	});
export const jonas = (): Studio =>
	portrait({
		skin: '#d9a37f',
		hair: '#6b4a2a',
		cut: 'short',
		clothes: '#3a4354',
		backdrop: '#b9c1bd',
		glasses: true,
		beard: true,
		turn: -10,
	});
export const mei = (): Studio =>
	portrait({
		skin: '#e7bf98',
		hair: '#15110f',
		cut: 'bun',
		clothes: '#a63b34',
		backdrop: '#8fa08a',
		turn: 18,
	});
