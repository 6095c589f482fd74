import type { Shape } from './shapes';
import {
	add,
	clamp,
	cross,
	dot,
	mix,
	multiply,
	normalize,
	scale,
	smoothstep,
	subtract,
	type Vector,
} from './vector';

/** Something to photograph. */
export interface Thing {
	shape: Shape;
	color: Vector | ((x: number, y: number, z: number) => Vector);
	/** How much it mirrors the studio when seen from the front, 0 to 1. */
	gloss?: number;
	/** Light of its own, in multiples of its colour. */
	glow?: number;
	/** Light goes a little way through it, as through skin or wax. */
	soft?: boolean;
}

export interface Studio {
	things: Thing[];
	eye: Vector;
	target: Vector;
	/** Focal length; 1 sees 90 degrees of the height. */
	zoom: number;
	/** Where the main light stands, and its colour. */
	light: Vector;
	lightColor: Vector;
	/** Light from everywhere. */
	fill: Vector;
}

export interface Picture {
	width: number;
	height: number;
	/** Linear light, three values a pixel. */
	pixels: Float32Array;
}

const FAR = 40;
type Point = readonly [number, number];
const CORNERS: Point[] = [
	[0.15, 0.25],
	[0.75, 0.15],
	[0.25, 0.85],
	[0.85, 0.75],
];
const INSIDE: Point[] = [
	[0.5, 0.05],
	[0.05, 0.55],
	[0.45, 0.45],
	[0.95, 0.4],
	[0.6, 0.65],
	[0.55, 0.95],
];

/** Takes the photograph. */
export function photograph(studio: Studio, width: number, height: number): Picture {
	const forward = normalize(subtract(studio.target, studio.eye));
	const right = normalize(cross(forward, [0, 1, 0]));
	const up = cross(right, forward);
	return paint(width, height, (u, v) => {
		const across = (u * 2 - 1) * (width / height);
		const offset = add(scale(right, across), scale(up, 1 - v * 2));
		const direction = normalize(add(scale(forward, studio.zoom), offset));
		return lightAlong(studio, studio.eye, direction, 2);
	});
}

/** Fills a picture by asking for the light at points from 0 to 1, at more of them where it changes. */
export function paint(
	width: number,
	height: number,
	light: (u: number, v: number) => Vector,
): Picture {
	const pixels = new Float32Array(width * height * 3);
	for (let index = 0; index < width * height; index++) {
		const [x, y] = [index % width, Math.floor(index / width)];
		const sample = (dx: number, dy: number) => toned(light((x + dx) / width, (y + dy) / height));
		const corners = CORNERS.map(([dx, dy]) => sample(dx, dy));
		const samples = isEven(corners) ? corners : [...corners, ...INSIDE.map((at) => sample(...at))];
		const sum = samples.reduce((total, each) => add(total, each), [0, 0, 0]);
		pixels.set(scale(sum, 1 / samples.length), index * 3);
	}
	return { width, height, pixels };
}

function isEven(samples: Vector[]): boolean {
	const brightness = samples.map(([r, g, b]) => r + g + b);
	return Math.max(...brightness) - Math.min(...brightness) < 0.05;
}

/** Bright light rolls off as on film. */
function toned(light: Vector): Vector {
	const curve = (x: number) => clamp((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14));
	return [curve(light[0]), curve(light[1]), curve(light[2])];
}

function lightAlong(studio: Studio, from: Vector, direction: Vector, bounces: number): Vector {
	const hit = march(studio.things, from, direction);
	return hit ? shade(studio, hit, direction, bounces) : softboxes(studio, direction);
}

interface Hit {
	thing: Thing;
	at: Vector;
}

function march(things: Thing[], from: Vector, direction: Vector): Hit | undefined {
	let travelled = 0.01;
	for (let step = 0; step < 160 && travelled < FAR; step++) {
		const [x, y, z] = add(from, scale(direction, travelled));
		let nearest = Infinity;
		let found: Thing | undefined;
		for (const thing of things) {
			const distance = thing.shape(x, y, z);
			if (distance >= nearest) continue;
			nearest = distance;
			found = thing;
		}
		if (found && nearest < 0.0006 * (1 + travelled)) return { thing: found, at: [x, y, z] };
		travelled += nearest * 0.85;
	}
	return undefined;
}

function distanceTo(things: Thing[], [x, y, z]: Vector): number {
	let nearest = Infinity;
	for (const { shape } of things) nearest = Math.min(nearest, shape(x, y, z));
	return nearest;
}

function shade(studio: Studio, { thing, at }: Hit, view: Vector, bounces: number): Vector {
	const { things, light, lightColor, fill } = studio;
	const normal = normalOf(thing.shape, at);
	const albedo = typeof thing.color === 'function' ? thing.color(...at) : thing.color;
	const toLight = normalize(subtract(light, at));
	const wrap = thing.soft ? 0.35 : 0;
	const facing = Math.max(0, (dot(normal, toLight) + wrap) / (1 + wrap));
	const direct = facing > 0 ? facing * litShare(things, at, normal, light) : 0;
	const open = openness(things, at, normal);
	const sky = scale(fill, open * (0.62 + 0.38 * normal[1]));
	const diffuse = multiply(albedo, add(scale(lightColor, direct), sky));
	const lit = add(diffuse, scale(albedo, thing.glow ?? 0));
	const gloss = thing.gloss ?? 0;
	if (gloss === 0 || bounces === 0) return lit;
	const grazing = (1 - Math.max(0, -dot(normal, view))) ** 5;
	const mirrored = subtract(view, scale(normal, 2 * dot(normal, view)));
	const seen = lightAlong(studio, add(at, scale(normal, 0.01)), mirrored, bounces - 1);
	return mix(lit, seen, clamp(gloss + (1 - gloss) * grazing * 0.6));
}

function normalOf(shape: Shape, [x, y, z]: Vector): Vector {
	const e = 0.003;
	return normalize([
		shape(x + e, y, z) - shape(x - e, y, z),
		shape(x, y + e, z) - shape(x, y - e, z),
		shape(x, y, z + e) - shape(x, y, z - e),
	]);
}

/** How much of the large main light is seen from here. */
function litShare(things: Thing[], at: Vector, normal: Vector, light: Vector): number {
	const start = add(at, scale(normal, 0.012));
	const way = subtract(light, start);
	const length = Math.sqrt(dot(way, way));
	const direction = scale(way, 1 / length);
	let share = 1;
	for (let travelled = 0.01, step = 0; step < 60 && travelled < length; step++) {
		const distance = distanceTo(things, add(start, scale(direction, travelled)));
		share = Math.min(share, 0.5 + (0.5 * distance) / (0.11 * travelled));
		if (share <= 0) return 0;
		travelled += clamp(distance, 0.015, 0.4);
	}
	return smoothstep(0, 1, share);
}

/** How much of the surroundings is seen from here: creases and contacts are darker. */
function openness(things: Thing[], at: Vector, normal: Vector): number {
	let hidden = 0;
	for (const [index, weight] of [0.9, 0.6, 0.4, 0.25, 0.15].entries()) {
		const reach = 0.03 + 0.11 * index;
		hidden += weight * Math.max(0, reach - distanceTo(things, add(at, scale(normal, reach))));
	}
	return clamp(1 - 1.6 * hidden);
}

/** What mirrors see beyond the things: a dim room, the main light, a strip light opposite. */
function softboxes({ light, lightColor, fill }: Studio, direction: Vector): Vector {
	const main = smoothstep(0.86, 0.9, dot(direction, normalize(light)));
	const strip = normalize([-light[0], light[1] * 0.4, light[2] * 0.5]);
	const side = smoothstep(0.93, 0.95, dot(direction, strip)) * 0.5;
	const room = scale(fill, 0.45 + 0.55 * clamp(direction[1]));
	return add(room, scale(lightColor, main * 1.5 + side));
}
