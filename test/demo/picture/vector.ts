export type Vector = readonly [number, number, number];

export const add = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vector, by: number): Vector => [a[0] * by, a[1] * by, a[2] * by];
export const multiply = (a: Vector, b: Vector): Vector => [a[0] * b[0], a[1] * b[1], a[2] * b[2]];
export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const normalize = (a: Vector): Vector => scale(a, 1 / Math.sqrt(dot(a, a)));
export const cross = (a: Vector, b: Vector): Vector => [
	a[1] * b[2] - a[2] * b[1],
	a[2] * b[0] - a[0] * b[2],
	a[0] * b[1] - a[1] * b[0],
];

export const clamp = (value: number, low = 0, high = 1): number =>
	Math.min(high, Math.max(low, value));

export const mix = (a: Vector, b: Vector, share: number): Vector =>
	add(scale(a, 1 - share), scale(b, share));

/** 0 below `from`, 1 above `to`, smooth in between. */
export function smoothstep(from: number, to: number, value: number): number {
	const t = clamp((value - from) / (to - from));
	return t * t * (3 - 2 * t);
}

/** A colour written `#rrggbb`, as linear light. */
export function color(hex: string): Vector {
	const channel = (at: number) => (parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2;
	return [channel(1), channel(3), channel(5)];
}
