import { clouds, noise } from './noise';
import type { Studio, Thing } from './render';
import {
	box,
	capsule,
	cut,
	cylinder,
	lathe,
	melt,
	move,
	rotate,
	smoothed,
	sphere,
	union,
	within,
} from './shapes';
import { add, color, mix, scale, smoothstep, type Vector } from './vector';

interface Room {
	wall: Thing['color'] | string;
	view?: Partial<Studio>;
}

/** A corner of a room with floor boards and light from a window on the left. */
function room(things: Thing[], { wall, view = {} }: Room): Studio {
	const boards = (x: number, _y: number, z: number): Vector => {
		const plank = Math.floor(x * 2.2);
		const gap = Math.abs(x * 2.2 - plank - 0.5) > 0.485 ? 0.55 : 1;
		const grain = clouds(x * 22 + plank * 7, z * 1.4 + plank * 3, 3);
		const tone = mix(color('#8a5a35'), color('#c79a66'), grain * 0.7 + noise(plank, 2) * 0.3);
		return mix([0.02, 0.01, 0.01], tone, gap);
	};
	const pane = cut(
		move(box(0.05, 4, 5, 0), -3.2, 3, 1),
		union(
			move(box(1, 0.72, 0.5, 0), -3.2, 2.75, 1.35),
			move(box(1, 0.72, 0.5, 0), -3.2, 2.75, 2.55),
		),
	);
	return {
		things: [
			{ shape: (_x, y) => y, color: boards },
			{ shape: (_x, _y, z) => z + 1.3, color: typeof wall === 'string' ? color(wall) : wall },
			{ shape: move(box(6, 0.09, 0.03, 0.01), 0, 0.09, -1.28), color: color('#efeae0') },
			{ shape: pane, color: color('#e8e2d6') },
			...things,
		],
		eye: [0.7, 1.35, 6.4],
		target: [0.1, 0.95, 0],
		zoom: 3.1,
		light: [-9, 6.4, 5.4],
		lightColor: [2.1, 1.75, 1.3],
		fill: [0.34, 0.37, 0.42],
		...view,
	};
}

/** A round armchair beside a plant. */
export function armchair(cloth = '#b5562f', wall = '#cfd6cd'): Studio {
	const seat = move(box(0.62, 0.17, 0.55, 0.14), 0, 0.5, 0.05);
	const cushion = move(box(0.5, 0.11, 0.5, 0.1), 0, 0.7, 0.1);
	const back = move(rotate(box(0.64, 0.5, 0.16, 0.15), 'x', -10), 0, 0.88, -0.46);
	const arms = union(
		move(box(0.14, 0.3, 0.5, 0.13), -0.64, 0.66, 0),
		move(box(0.14, 0.3, 0.5, 0.13), 0.64, 0.66, 0),
	);
	const legs = [-0.5, 0.5].flatMap((x) =>
		[-0.35, 0.45].map((z) => capsule([x, 0.4, z], [x * 1.15, 0, z * 1.1], 0.035)),
	);
	const weave = (x: number, y: number, z: number): Vector =>
		mix(color(cloth), color('#000000'), 0.35 * noise(x * 70 + z * 31, y * 70 + z * 43));
	const pose = (shape: ReturnType<typeof sphere>) =>
		within(move(rotate(shape, 'y', 22), -0.1, 0, 0.1), [-0.1, 0.75, 0.1], 1.15);
	const pot = lathe([
		[0, 0],
		[0.2, 0],
		[0.26, 0.42],
		[0.22, 0.42],
		[0, 0.36],
	]);
	const leaves = Array.from({ length: 9 }, (_, index) => {
		const lean = 0.25 + noise(index * 3.1, 4) * 0.4;
		const turn = index * 2.4;
		const tip: Vector = [
			Math.cos(turn) * lean,
			1.15 + noise(index * 1.7, 9) * 0.6,
			Math.sin(turn) * lean * 0.7,
		];
		const blade = rotate(rotate(flat(0.1, 0.46), 'z', -lean * 60), 'y', (-turn * 180) / Math.PI);
		return within(
			move(blade, tip[0] * 0.8, tip[1] - 0.25, tip[2] * 0.8),
			[tip[0] * 0.8, tip[1] - 0.25, tip[2] * 0.8],
			0.5,
		);
	});
	const stems = Array.from({ length: 9 }, (_, index) => {
		const turn = index * 2.4;
		return capsule([0, 0.36, 0], [Math.cos(turn) * 0.16, 0.8, Math.sin(turn) * 0.12], 0.014);
	});
	const beside = (shape: ReturnType<typeof sphere>) =>
		within(move(shape, 1.18, 0, -0.55), [1.18, 0.95, -0.55], 1.2);
	return room(
		[
			{ shape: pose(union(melt(seat, back, 0.06), cushion, arms)), color: weave },
			{ shape: pose(union(...legs)), color: color('#5d3b22') },
			{ shape: beside(pot), color: color('#e4d8c4'), gloss: 0.02 },
			{ shape: beside(union(...leaves)), color: color('#3f6b3c'), gloss: 0.03 },
			{ shape: beside(union(...stems)), color: color('#4d6b3a') },
		],
		{ wall },
	);
}

/** A leaf standing on its stalk. */
function flat(width: number, height: number): ReturnType<typeof sphere> {
	return (x, y, z) => {
		const along = Math.min(1, Math.max(-1, y / height));
		const half = width * (1 - along * along);
		return (
			Math.max(Math.abs(x) - half, Math.abs(z + 0.35 * x * x) - 0.008, Math.abs(y) - height) * 0.6
		);
	};
}

/** A table lamp on a sideboard, lit. */
export function lamp(shade = '#f0d9a8', wall = '#5c6f7a'): Studio {
	const wood = (x: number, y: number, z: number): Vector =>
		mix(color('#6d4226'), color('#a9764a'), clouds(x * 1.5 + z, (y + z * 0.3) * 16, 3));
	const board = move(box(1.7, 0.36, 0.5, 0.02), 0, 0.36, -0.6);
	const grooves = union(
		move(box(0.006, 0.3, 0.1, 0), 0, 0.36, -0.08),
		move(box(0.006, 0.3, 0.1, 0), -0.85, 0.36, -0.08),
		move(box(0.006, 0.3, 0.1, 0), 0.85, 0.36, -0.08),
	);
	const foot = lathe(
		smoothed([
			[0, 0.74],
			[0.2, 0.74],
			[0.24, 0.84],
			[0.2, 1.0],
			[0.07, 1.14],
			[0.04, 1.36],
			[0, 1.36],
		]),
	);
	const hood = lathe(
		[
			[0.4, 1.26],
			[0.26, 1.74],
			[0.25, 1.74],
			[0.38, 1.26],
		],
		0.008,
	);
	const books = ['#a8442f', '#e3c16f', '#2f5f6b'].map((cover, index) => ({
		shape: move(
			rotate(box(0.3 - index * 0.02, 0.045, 0.2, 0.01), 'y', 8 - index * 9),
			0.85,
			0.77 + index * 0.092,
			-0.5,
		),
		color: color(cover),
	}));
	const glowing = (_x: number, y: number): Vector =>
		mix(color(shade), color('#fff3d2'), smoothstep(1.6, 1.3, y));
	const lit = (x: number, y: number): Vector =>
		add(
			color(wall),
			scale(color('#e0a45a'), 0.5 * smoothstep(1.3, 0.1, Math.hypot(x + 0.35, (y - 1.35) * 0.8))),
		);
	return room(
		[
			{ shape: cut(board, grooves), color: wood, gloss: 0.03 },
			{
				shape: within(move(foot, -0.35, 0, -0.55), [-0.35, 1.04, -0.55], 0.4),
				color: color('#3d7a78'),
				gloss: 0.1,
			},
			{
				shape: within(move(hood, -0.35, 0, -0.55), [-0.35, 1.5, -0.55], 0.5),
				color: glowing,
				glow: 0.8,
			},
			...books,
			{ shape: move(sphere(0.1), 0.82, 1.1, -0.5), color: color('#d9d3c7'), gloss: 0.05 },
			{ shape: move(cylinder(0.36, 0.012, 0.01), 0.55, 1.72, -1.28), color: color('#d9a45b') },
		],
		{
			wall: lit,
			view: {
				target: [0.08, 1.02, -0.6],
				zoom: 3.9,
				lightColor: [1.25, 1.1, 0.9],
				fill: [0.3, 0.33, 0.38],
			},
		},
	);
}
