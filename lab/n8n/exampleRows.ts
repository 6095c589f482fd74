import type { Emulator, ScriptedOutcome } from '../emulator';
import type { JsonRecord } from './read';

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
export const BROKEN: ScriptedOutcome = { status_code: 'failed', failure_code: 'media_unreachable' };

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

interface AuditCells {
	verdict: string;
	score: string;
	issues: string;
	cost: string;
}

const BILLED = '0.400000';

/** Rows before the audit, and what must stand in them after it, as text. */
export const AUDIT: Array<[before: JsonRecord, after: AuditCells]> = [
	[row(imageUrl('good')), { verdict: 'passed', score: '0.95', issues: '', cost: BILLED }],
	[
		row(imageUrl('blurred')),
		{ verdict: 'not_passed', score: '0.4', issues: 'Blurred; Too dark', cost: BILLED },
	],
	[
		row(imageUrl('broken')),
		{ verdict: 'no_verdict', score: '', issues: 'media_unreachable', cost: '' },
	],
	[
		row('no address'),
		{
			verdict: '',
			score: '',
			issues: "'Generated Image URL' is not an address that Runflow can read",
			cost: '',
		},
	],
	[
		row(imageUrl('old'), { verdict: 'passed', score: 0.8 }),
		{ verdict: 'passed', score: '0.8', issues: '', cost: '' },
	],
	[row(imageUrl('last')), { verdict: 'passed', score: '0.95', issues: '', cost: BILLED }],
];

export const cellText = (value: unknown) => String(value ?? '');

/** Says of rows that each has its own results, in text, and the id of its own evaluation. */
export function expectAudited(emulator: Emulator, rows: JsonRecord[]): void {
	const results = rows.map((cells) => ({
		image_url: cells.image_url,
		verdict: cellText(cells.verdict),
		score: cellText(cells.score),
		issues: cellText(cells.issues),
		cost: cellText(cells.cost),
	}));
	expect(results).toEqual(AUDIT.map(([{ image_url }, expected]) => ({ image_url, ...expected })));
	const judged = rows.filter(({ cost, verdict }) => cost || verdict === 'no_verdict');
	expect(judged).toHaveLength(4);
	for (const cells of judged) {
		const evaluation = emulator.evaluation(cellText(cells.evaluation_id));
		expect(evaluation?.body.generated_image_url).toBe(cells.image_url);
	}
}
