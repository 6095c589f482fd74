import type { Studio, Thing } from './render';
import { cove } from './shapes';
import { color } from './vector';

/** A seamless backdrop, a large light from the left and whatever is to be sold. */
export function studio(things: Thing[], backdrop: string, view: Partial<Studio> = {}): Studio {
	return {
		things: [{ shape: cove(2.6, 2.2), color: color(backdrop) }, ...things],
		eye: [0.5, 1.25, 5.2],
		target: [0, 0.72, 0],
		zoom: 3.8,
		light: [-3.4, 5.2, 3.6],
		lightColor: [1.18, 1.1, 0.98],
		fill: [0.3, 0.32, 0.36],
		...view,
	};
}
