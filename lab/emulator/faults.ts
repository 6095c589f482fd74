import type { EmulatorOptions, ForcedAnswer, NextFault } from './options';
import { draw, pick } from './random';
import type { FaultKind } from './types';

/** A fault that will strike a request. */
export interface Fault {
	kind: FaultKind;
	/** The work is done first, only the answer suffers. */
	afterWork: boolean;
}

const EVALUATION_PATH = /^\/v1\/evaluations\/[0-9a-f-]{36}$/i;
const DEFAULT_AFTER_WORK_FRACTION = 0.5;

function fits(kind: FaultKind, method: string, path: string): boolean {
	const aboutOne = kind === 'earlyNotFound' || kind === 'otherEvaluation';
	return !aboutOne || (method === 'GET' && EVALUATION_PATH.test(path));
}

function isAfterWork(kind: FaultKind, statusAfterWork: boolean): boolean {
	if (kind === 'dropBefore' || kind === 'earlyNotFound') return false;
	return kind.startsWith('status') ? statusAfterWork : true;
}

function matches(rule: NextFault | ForcedAnswer, method: string, path: string): boolean {
	const { method: wanted = method, pathPrefix = '' } = rule;
	return wanted.toUpperCase() === method && path.startsWith(pathPrefix);
}

/** Decides which request meets which misfortune. */
export class Faults {
	private asked = 0;

	constructor(private readonly options: EmulatorOptions) {}

	/** The forced answer for this request, if there is one; counts it down. */
	forcedAnswer(method: string, path: string): ForcedAnswer | undefined {
		return this.countDown(this.options.forcedAnswers, (rule) => matches(rule, method, path));
	}

	/** The fault for this request: an ordered one first, else by the seeded dice. */
	next(method: string, path: string): Fault | null {
		const ordered = this.countDown(
			this.options.nextFaults,
			(rule) => matches(rule, method, path) && fits(rule.kind, method, path),
		);
		if (ordered !== undefined) {
			const { kind, afterWork = false } = ordered;
			return { kind, afterWork: isAfterWork(kind, afterWork) };
		}
		return this.rollDice(method, path);
	}

	reset(): void {
		this.asked = 0;
	}

	private rollDice(method: string, path: string): Fault | null {
		const { seed, faults } = this.options;
		const kinds = faults.kinds.filter((kind) => fits(kind, method, path));
		if (kinds.length === 0 || faults.rate <= 0) return null;
		if (faults.only !== undefined && !faults.only(method, path)) return null;
		const number = this.asked++;
		if (draw(seed, 'fault', number) >= faults.rate) return null;
		const kind = pick(kinds, seed, 'fault kind', number);
		if (kind === undefined) return null;
		const fraction = faults.afterWorkFraction ?? DEFAULT_AFTER_WORK_FRACTION;
		return { kind, afterWork: isAfterWork(kind, draw(seed, 'after work', number) < fraction) };
	}

	private countDown<Rule extends { count?: number }>(
		rules: Rule[],
		applies: (rule: Rule) => boolean,
	): Rule | undefined {
		const rule = rules.find((candidate) => candidate.count !== 0 && applies(candidate));
		if (rule?.count === undefined) return rule;
		rule.count -= 1;
		if (rule.count <= 0) rules.splice(rules.indexOf(rule), 1);
		return rule;
	}
}
