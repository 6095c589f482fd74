import type { Measurements } from './measure';
import type { Expectation } from './judges';
import { draw, pick } from './random';
import type { Finding, Outcome } from './types';

const PASS_RATE = 0.8;

const NO_VERDICT: Omit<Outcome, 'status_code' | 'failure_code'> = {
	overall_passed: null,
	weighted_pass_rate: null,
	override_reason: null,
	top_issues: [],
	top_strengths: [],
	check_summary: {},
	analysis_modules_executed: null,
	primary_action_code: null,
	judges: [],
	gate_failures: [],
	action: null,
};

/** A failed evaluation; the code decides whether it is billed. */
export function failedOutcome(failureCode: string): Outcome {
	return { ...NO_VERDICT, status_code: 'failed', failure_code: failureCode };
}

/** Completed, and yet no verdict: the documented null in `overall_passed`. */
export function undecidedOutcome(): Outcome {
	return { ...NO_VERDICT, status_code: 'completed', failure_code: null };
}

function weightedPassRate(findings: Finding[]): number {
	const weigh = (list: Finding[]) => list.reduce((sum, { weight }) => sum + weight, 0);
	const passed = weigh(findings.filter((finding) => finding.passed));
	return Number((passed / weigh(findings)).toFixed(4));
}

/** The verdict that follows from what the judges found. */
export function decide(findings: Finding[]): Outcome {
	const failed = findings.filter((finding) => !finding.passed);
	const gates = failed.filter((finding) => finding.gate).map(({ name }) => name);
	const rate = weightedPassRate(findings);
	const passed = gates.length === 0 && rate >= PASS_RATE;
	const code = failed.length > 1 ? 'regenerate' : (failed[0]?.action ?? 'regenerate');
	return {
		status_code: 'completed',
		failure_code: null,
		overall_passed: passed,
		weighted_pass_rate: rate,
		override_reason: !passed && rate >= PASS_RATE ? `Gate failed: ${gates.join(', ')}` : null,
		top_issues: failed.map(({ label }) => label),
		top_strengths: findings.filter((finding) => finding.passed).map(({ label }) => label),
		check_summary: { passed: findings.length - failed.length, failed: failed.length },
		analysis_modules_executed: findings.length,
		primary_action_code: passed ? null : code,
		judges: findings,
		gate_failures: gates,
		action: passed ? null : { code, description: failed[0]?.reasoning ?? '' },
	};
}

const DEFECTS: Array<Partial<Measurements>> = [
	{ sharpness: 0.03 },
	{ meanLuminance: 18 },
	{ meanLuminance: 249 },
	{ width: 320, height: 320 },
];

/** Measurements of an image nobody can look at: made up, and the same for the same label. */
export function imagine(
	seed: number,
	label: string,
	passes: boolean,
	{ aspectRatio }: Expectation,
): Measurements {
	const height = 1024 + Math.floor(draw(seed, 'height', label) * 512);
	const good: Measurements = {
		width: Math.round(height * (aspectRatio ?? 1)),
		height,
		sharpness: 0.3 + draw(seed, 'sharpness', label) * 0.6,
		meanLuminance: 90 + draw(seed, 'luminance', label) * 100,
		luminanceRange: 140 + Math.floor(draw(seed, 'range', label) * 100),
	};
	const tall = Math.max(good.width, good.height * 0.5) >= 512;
	const base = tall ? good : { ...good, width: good.width * 3, height: good.height * 3 };
	return passes ? base : { ...base, ...pick(DEFECTS, seed, 'defect', label) };
}
