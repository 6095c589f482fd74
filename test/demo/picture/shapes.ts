import type { Vector } from './vector';

/** Signed distance from a point to the surface of a shape, negative inside; y points up. */
export type Shape = (x: number, y: number, z: number) => number;

/** Much faster than Math.hypot. */
const length = (x: number, y: number, z = 0): number => Math.sqrt(x * x + y * y + z * z);

export function sphere(radius: number): Shape {
	return (x, y, z) => length(x, y, z) - radius;
}

export function ellipsoid(a: number, b: number, c: number): Shape {
	return (x, y, z) => {
		const near = length(x / a, y / b, z / c);
		const slope = length(x / (a * a), y / (b * b), z / (c * c));
		return slope === 0 ? -Math.min(a, b, c) : (near * (near - 1)) / slope;
	};
}

/** Half sizes, rounding included. */
export function box(width: number, height: number, depth: number, round = 0.02): Shape {
	return (x, y, z) => {
		const [a, b, c] = [
			Math.abs(x) - width + round,
			Math.abs(y) - height + round,
			Math.abs(z) - depth + round,
		];
		const outside = length(Math.max(a, 0), Math.max(b, 0), Math.max(c, 0));
		return outside + Math.min(Math.max(a, b, c), 0) - round;
	};
}

/** Upright, with half its height. */
export function cylinder(radius: number, height: number, round = 0.02): Shape {
	return (x, y, z) => {
		const a = length(x, z) - radius + round;
		const b = Math.abs(y) - height + round;
		return Math.min(Math.max(a, b), 0) + length(Math.max(a, 0), Math.max(b, 0)) - round;
	};
}

export function capsule(from: Vector, to: Vector, radius: number): Shape {
	const [dx, dy, dz] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
	const square = dx * dx + dy * dy + dz * dz;
	return (x, y, z) => {
		const [px, py, pz] = [x - from[0], y - from[1], z - from[2]];
		const t = Math.min(1, Math.max(0, (px * dx + py * dy + pz * dz) / square));
		return length(px - t * dx, py - t * dy, pz - t * dz) - radius;
	};
}

/** Lying flat. */
export function torus(radius: number, thickness: number): Shape {
	return (x, y, z) => length(length(x, z) - radius, y) - thickness;
}

export type Outline = ReadonlyArray<readonly [number, number]>;

/** The same closed outline with its corners cut off. */
export function smoothed(outline: Outline): Outline {
	return outline.flatMap(([x, y], index) => {
		const [toX, toY] = outline[(index + 1) % outline.length] ?? [x, y];
		return [
			[x * 0.75 + toX * 0.25, y * 0.75 + toY * 0.25],
			[x * 0.25 + toX * 0.75, y * 0.25 + toY * 0.75],
		] as const;
	});
}

/** A closed outline of [distance from the axis, height] turned around the y axis. */
export function lathe(outline: Outline, round = 0.02): Shape {
	const edges = outline.map((from, index) => {
		const to = outline[(index + 1) % outline.length] ?? from;
		const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
		return { x: from[0], y: from[1], dx, dy, square: dx * dx + dy * dy, top: to[1] };
	});
	return (x, y, z) => {
		const across = length(x, z);
		let [nearest, side] = [Infinity, 1];
		for (const edge of edges) {
			const [px, py] = [across - edge.x, y - edge.y];
			const t = Math.min(1, Math.max(0, (px * edge.dx + py * edge.dy) / edge.square));
			const [ex, ey] = [px - t * edge.dx, py - t * edge.dy];
			nearest = Math.min(nearest, ex * ex + ey * ey);
			if (edge.y > y !== edge.top > y && px < (edge.dx * py) / edge.dy) side = -side;
		}
		return side * Math.sqrt(nearest) - round;
	};
}

export function move(shape: Shape, dx: number, dy: number, dz: number): Shape {
	return (x, y, z) => shape(x - dx, y - dy, z - dz);
}

/** Turns by degrees around the axis. */
export function rotate(shape: Shape, axis: 'x' | 'y' | 'z', degrees: number): Shape {
	const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
	if (axis === 'x') return (x, y, z) => shape(x, c * y + s * z, c * z - s * y);
	if (axis === 'y') return (x, y, z) => shape(c * x - s * z, y, s * x + c * z);
	return (x, y, z) => shape(c * x + s * y, c * y - s * x, z);
}

export function mirror(shape: Shape): Shape {
	return (x, y, z) => shape(Math.abs(x), y, z);
}

export function union(...shapes: Shape[]): Shape {
	return (x, y, z) => {
		let nearest = Infinity;
		for (const shape of shapes) nearest = Math.min(nearest, shape(x, y, z));
		return nearest;
	};
}

/** Both shapes, melted into each other over the width `by`. */
export function melt(one: Shape, other: Shape, by: number): Shape {
	return (x, y, z) => {
		const [a, b] = [one(x, y, z), other(x, y, z)];
		const h = Math.max(by - Math.abs(a - b), 0) / by;
		return Math.min(a, b) - h * h * by * 0.25;
	};
}

export function cut(shape: Shape, away: Shape): Shape {
	return (x, y, z) => Math.max(shape(x, y, z), -away(x, y, z));
}

export function shell(shape: Shape, thickness: number): Shape {
	return (x, y, z) => Math.abs(shape(x, y, z)) - thickness;
}

/** The same shape, cheaper: outside of the ball around it only the distance to the ball counts. */
export function within(shape: Shape, center: Vector, radius: number): Shape {
	return (x, y, z) => {
		const far = length(x - center[0], y - center[1], z - center[2]) - radius;
		return far > 0.2 ? far : shape(x, y, z);
	};
}

/** Floor and back wall of a studio, joined by a curve. */
export function cove(depth: number, curve: number): Shape {
	return melt(
		(_x, y) => y,
		(_x, _y, z) => z + depth,
		curve,
	);
}
