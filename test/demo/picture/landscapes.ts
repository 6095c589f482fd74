import { clouds, hash, noise } from './noise';
import { add, clamp, color, mix, scale, smoothstep, type Vector } from './vector';

/** The light at a point of the picture, both from 0 to 1, v downwards. */
type View = (u: number, v: number) => Vector;

/** Ridges behind ridges in the morning; with `fog`, hardly any of them. */
export function mountains(fog = 0): View {
	const [high, low] = [color('#5b86ad'), color('#f6cfa0')];
	const mist = color('#e9c3a0');
	return (u, v) => {
		const sunDistance = Math.hypot((u - 0.68) * 1.6, v - 0.36);
		let light = mix(high, low, smoothstep(0, 0.5, v));
		light = add(light, scale(color('#ffdf9e'), 0.9 * Math.exp(-sunDistance * 7)));
		light = mix(light, [1.6, 1.35, 0.95], smoothstep(0.042, 0.036, sunDistance));
		const streak = clouds(u * 3 + 5, v * 22, 5);
		light = mix(
			light,
			[1, 0.78, 0.62],
			0.5 * smoothstep(0.52, 0.75, streak) * smoothstep(0.42, 0.1, v),
		);
		for (let layer = 0; layer < 6; layer++) {
			const shape = clouds(u * (1.7 + layer * 0.75) + layer * 17, layer * 3.3, 7);
			const ridge = 0.36 + layer * 0.105 - (shape - 0.42) * (0.42 - layer * 0.035);
			if (v < ridge) continue;
			const near = layer / 5;
			const rock = mix(color('#8c9bb0'), color('#16302f'), near ** 0.8);
			const forest = scale(rock, 0.72 + 0.5 * clouds(u * 90, v * 60 + layer, 3));
			const sunlit = mix(forest, color('#d99a6a'), (1 - near) * 0.25 * clouds(u * 30, v * 18, 4));
			light = mix(sunlit, mist, clamp((v - ridge) * (3.4 - near * 2.4)) * 0.75 * (1 - near * 0.5));
		}
		return fog === 0 ? light : mix(light, [0.52, 0.54, 0.56], fog);
	};
}

/** Sand in the evening sun: each dune has a lit and a shaded flank along a sharp crest. */
export function dunes(): View {
	return (u, v) => {
		let light = mix(color('#3c6e9c'), color('#f3c591'), smoothstep(0, 0.42, v));
		for (let layer = 0; layer < 5; layer++) {
			const base = 0.34 + layer * 0.13;
			const wave = noise(u * (2.4 - layer * 0.25) + layer * 9.7, layer) - 0.5;
			const crest = base + wave * (0.16 + layer * 0.03);
			if (v < crest) continue;
			const below = v - crest;
			const lean = noise(u * (2.4 - layer * 0.25) + 0.05 + layer * 9.7, layer) - 0.5 - wave;
			const edge = 0.02 + 0.11 * noise(u * 3 + layer * 5, 4 + layer);
			const flank = smoothstep(edge, edge + 0.012, below + lean * 1.5);
			const ripple =
				0.5 + 0.5 * Math.sin((below * 260) / (1 + layer) + clouds(u * 9, v * 14, 3) * 16);
			const lit = scale(color('#e9a25e'), 0.92 + 0.12 * ripple);
			const shaded = mix(color('#7c3f2c'), color('#b06a40'), clamp(below * 3));
			const sand = mix(shaded, lit, flank);
			const haze = (1 - layer / 4) * 0.45;
			light = mix(
				scale(sand, 0.94 + 0.12 * hash(Math.floor(u * 1600), Math.floor(v * 1600))),
				color('#efc196'),
				haze,
			);
		}
		return light;
	};
}

/** The sun on its way into the sea, with a path of glitter. */
export function sea(): View {
	const horizon = 0.52;
	const sunAt = 0.38;
	const sky: View = (u, v) => {
		const height = clamp((horizon - v) / horizon);
		const base = mix(
			mix(color('#ffb45e'), color('#d9607a'), smoothstep(0, 0.45, height)),
			color('#2a3a6e'),
			smoothstep(0.35, 1, height),
		);
		const distance = Math.hypot((u - sunAt) * 1.5, v - horizon + 0.1);
		const glow = add(base, scale(color('#ffcf7a'), 0.9 * Math.exp(-distance * 6)));
		const bank = clouds(u * 3.2 + 2, v * 11, 6);
		const veiled = mix(
			glow,
			mix(color('#7b3f63'), color('#ff9d6a'), bank),
			smoothstep(0.5, 0.72, bank) * smoothstep(0.02, 0.2, height) * 0.8,
		);
		return mix(veiled, [1.9, 1.5, 0.8], smoothstep(0.071, 0.066, distance));
	};
	return (u, v) => {
		if (v < horizon) return sky(u, v);
		const depth = 1 / (v - horizon + 0.012);
		const swell = clouds(u * depth * 1.1 + 3, depth * 2.6, 4) - 0.5;
		const mirrored = sky(u + swell * 0.08, horizon - (v - horizon) * 0.9 - Math.abs(swell) * 0.25);
		const water = mix(mirrored, color('#12233f'), 0.45 + 0.4 * smoothstep(-0.12, 0.22, swell));
		const path = Math.exp(-(((u - sunAt) / (0.05 + (v - horizon) * 0.32)) ** 2));
		const sparkle = smoothstep(0.62, 0.78, noise(u * depth * 9, depth * 22));
		return add(water, scale([1.5, 0.95, 0.45], path * sparkle * 0.9));
	};
}
