import type { Verdict } from '../verdict';

interface Card {
	/** Class of its section and cards. */
	css: string;
	heading: string;
	/** What the legend and the filter call it. */
	name: string;
	chip: string;
	note: string;
}

/** How the page shows each verdict. */
export const KINDS: Record<Verdict, Card> = {
	not_passed: {
		css: 'n',
		heading: 'Not passed',
		name: 'not passed',
		chip: '✕ Not passed',
		note: 'lowest score first',
	},
	no_verdict: {
		css: 'u',
		heading: 'No verdict',
		name: 'no verdict',
		chip: '? No verdict',
		note: 'not judged',
	},
	passed: {
		css: 'p',
		heading: 'Passed',
		name: 'passed',
		chip: '✓ Passed',
		note: 'lowest score first',
	},
};

/** The worst first. */
export const WORST_FIRST: Verdict[] = ['not_passed', 'no_verdict', 'passed'];
