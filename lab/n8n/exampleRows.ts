import type { ScriptedOutcome } from '../emulator';
import { readString, type JsonRecord } from './read';

export const imageUrl = (name: string) => `https://images.example.com/${name}.jpg`;

export const GOOD: ScriptedOutcome = {
	overall_passed: true,
	weighted_pass_rate: 0.95,
	top_issues: [],
	primary_action_code: null,
};
export const BLURRED: ScriptedOutcome = {
	overall_passed: false,
	weighted_pass_rate: 0.4,
	top_issues: ['Blurred', 'Too dark'],
	primary_action_code: 'regenerate',
};
export const BROKEN: ScriptedOutcome = { status_code: 'failed', failure_code: 'invalid_media' };

/** The later an image stands in the lists below, the sooner its verdict comes. */
export const OUTCOMES: Record<string, ScriptedOutcome> = {
	[imageUrl('good')]: { ...GOOD, latencyMs: 700 },
	[imageUrl('blurred')]: { ...BLURRED, latencyMs: 400 },
	[imageUrl('broken')]: { ...BROKEN, latencyMs: 100 },
	[imageUrl('last')]: { ...GOOD, latencyMs: 10 },
};

const row = (image_url: string, more: JsonRecord = {}): JsonRecord => ({
	image_url,
	task_type: 'product_photography',
	...more,
});

/** What an audit writes, as text. */
interface AuditCells {
	verdict: string;
	reason: RegExp;
	score: string;
	cost: string;
}

const NOTHING = /^$/;
const BILLED = '0.4';

/** Rows before the audit, and what must stand in them after it. */
export const AUDIT: Array<[before: JsonRecord, after: AuditCells]> = [
	[row(imageUrl('good')), { verdict: 'passed', score: '0.95', reason: NOTHING, cost: BILLED }],
	[
		row(imageUrl('blurred')),
		{ verdict: 'not_passed', score: '0.4', reason: /^Blurred; Too dark$/, cost: BILLED },
	],
	[
		row(imageUrl('broken')),
		{ verdict: 'no_verdict', score: '', reason: /could not read the image/, cost: '' },
	],
	[
		row('no address'),
		{ verdict: 'no_verdict', score: '', reason: /Generated Image URL|URL/, cost: '' },
	],
	[row(imageUrl('last')), { verdict: 'passed', score: '0.95', reason: NOTHING, cost: BILLED }],
];

const cellText = (value: unknown) => String(value ?? '');

/** Says of audited rows that each has its own results. */
export function expectAudited(rows: JsonRecord[]): void {
	expect(rows.map(({ image_url }) => image_url)).toEqual(AUDIT.map(([{ image_url }]) => image_url));
	for (const [index, [, after]] of AUDIT.entries()) {
		const cells = rows[index] ?? {};
		expect(cellText(cells.verdict)).toBe(after.verdict);
		expect(cellText(cells.reason)).toMatch(after.reason);
		expect(cellText(cells.weighted_pass_rate)).toBe(after.score);
		expect(cellText(cells.cost_credits)).toBe(after.cost);
	}
}

/** The ids of the evaluations that an audit wrote, by image. */
export function evaluationIds(rows: JsonRecord[]): Map<string, string> {
	const written = rows.filter(({ evaluation_id }) => cellText(evaluation_id) !== '');
	return new Map(
		written.map((cells) => [readString(cells, 'image_url'), readString(cells, 'evaluation_id')]),
	);
}
