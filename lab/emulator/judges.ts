import type { Measurements } from './measure';
import type { Finding, FindingIssue } from './types';

/** What the judges compare the measurements with. */
export interface Expectation {
	/** Width divided by height; null: any will do. */
	aspectRatio: number | null;
	aspectText: string;
}

const SMALLEST_SIDE_PX = 512;
const SOFTEST_EDGE = 0.1;
const DARKEST_MEAN = 40;
const BRIGHTEST_MEAN = 242;
const FLATTEST_RANGE = 40;
const ASPECT_TOLERANCE = 0.03;

interface Judgement {
	value: number;
	limit: number;
	passed: boolean;
	issue: Omit<FindingIssue, 'category'>;
	issueLabel: string;
	strengthLabel: string;
	evidence: string;
}

interface Judge {
	name: string;
	description: string;
	category: string;
	weight: number;
	gate: boolean;
	action: string;
	judge(measured: Measurements, expected: Expectation): Judgement | null;
}

const JUDGES: Judge[] = [
	{
		name: 'resolution',
		description: 'Is the image large enough to publish?',
		category: 'technical_quality',
		weight: 0.25,
		gate: true,
		action: 'upscale',
		judge({ width, height }) {
			const value = Math.min(width, height);
			return {
				value,
				limit: SMALLEST_SIDE_PX,
				passed: value >= SMALLEST_SIDE_PX,
				issue: {
					subcategory: 'low_resolution',
					detail: `The shorter side has ${value} px, ${SMALLEST_SIDE_PX} are needed`,
				},
				issueLabel: 'Resolution too low',
				strengthLabel: 'resolution',
				evidence: `${width} x ${height} px`,
			};
		},
	},
	{
		name: 'sharpness',
		description: 'Are the edges in focus?',
		category: 'technical_quality',
		weight: 0.3,
		gate: true,
		action: 'regenerate',
		judge({ sharpness }) {
			const value = Number(sharpness.toFixed(3));
			return {
				value,
				limit: SOFTEST_EDGE,
				passed: value >= SOFTEST_EDGE,
				issue: { subcategory: 'blur', detail: 'Even the hardest edges are blurred' },
				issueLabel: 'Image is blurred',
				strengthLabel: 'sharpness',
				evidence: `edge steepness ${value}`,
			};
		},
	},
	{
		name: 'exposure',
		description: 'Is the image neither too dark nor blown out?',
		category: 'lighting',
		weight: 0.3,
		gate: false,
		action: 'regenerate',
		judge({ meanLuminance }) {
			const value = Math.round(meanLuminance);
			const dark = value < DARKEST_MEAN;
			return {
				value,
				limit: dark ? DARKEST_MEAN : BRIGHTEST_MEAN,
				passed: !dark && value <= BRIGHTEST_MEAN,
				issue: {
					subcategory: dark ? 'underexposed' : 'overexposed',
					detail: `The mean luminance is ${value} of 255`,
				},
				issueLabel: dark ? 'Image too dark' : 'Image blown out',
				strengthLabel: 'lighting',
				evidence: `mean luminance ${value} of 255`,
			};
		},
	},
	{
		name: 'tonal_range',
		description: 'Does the image use enough of the tonal range?',
		category: 'lighting',
		weight: 0.15,
		gate: false,
		action: 'regenerate',
		judge({ luminanceRange }) {
			return {
				value: luminanceRange,
				limit: FLATTEST_RANGE,
				passed: luminanceRange >= FLATTEST_RANGE,
				issue: {
					subcategory: 'low_contrast',
					detail: `Dark and bright are only ${luminanceRange} of 255 apart`,
				},
				issueLabel: 'Contrast too low',
				strengthLabel: 'contrast',
				evidence: `tonal range ${luminanceRange} of 255`,
			};
		},
	},
	{
		name: 'aspect_ratio',
		description: 'Has the image the requested aspect ratio?',
		category: 'composition',
		weight: 0.2,
		gate: true,
		action: 'recrop',
		judge({ width, height }, { aspectRatio, aspectText }) {
			if (aspectRatio === null) return null;
			const value = Number((width / height).toFixed(3));
			return {
				value,
				limit: Number(aspectRatio.toFixed(3)),
				passed: Math.abs(width / height / aspectRatio - 1) <= ASPECT_TOLERANCE,
				issue: {
					subcategory: 'wrong_aspect_ratio',
					detail: `${width} x ${height} px is not ${aspectText}`,
				},
				issueLabel: 'Wrong aspect ratio',
				strengthLabel: 'framing',
				evidence: `${width} x ${height} px, asked for ${aspectText}`,
			};
		},
	},
];

/** How sure a judge is: the farther from the limit, the surer, 0.55 to 0.99. */
function confidence(value: number, limit: number): number {
	const distance = Math.abs(value - limit) / Math.max(limit, 1e-6);
	return Number((0.55 + 0.44 * Math.min(1, distance)).toFixed(2));
}

/** Lets every judge that applies look at the measurements. */
export function judge(measured: Measurements, expected: Expectation): Finding[] {
	return JUDGES.flatMap((member) => {
		const found = member.judge(measured, expected);
		if (found === null) return [];
		const { name, description, category, weight, gate, action } = member;
		const { passed, issue, value, limit } = found;
		const reasoning = passed ? `Fine: ${found.evidence}.` : `${issue.detail}.`;
		return [
			{
				name,
				description,
				category,
				passed,
				confidence: confidence(value, limit),
				weight,
				gate,
				reasoning,
				evidence: [found.evidence],
				sub_point_results: { measured: value, limit },
				issues: passed ? [] : [{ category, ...issue }],
				label: passed ? found.strengthLabel : found.issueLabel,
				action,
			},
		];
	});
}

/** Reads `input_attributes.aspect_ratio`, written as "9:16". */
export function readExpectation(attributes: Record<string, unknown> | undefined): Expectation {
	const text = attributes?.aspect_ratio;
	const parts = typeof text === 'string' ? /^(\d+):(\d+)$/.exec(text) : null;
	const [width, height] = [Number(parts?.[1]), Number(parts?.[2])];
	if (typeof text !== 'string' || !(width > 0 && height > 0)) {
		return { aspectRatio: null, aspectText: '' };
	}
	return { aspectRatio: width / height, aspectText: text };
}
