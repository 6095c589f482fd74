import type { JobClass } from '../api/types';
import { sumDecimals } from '../verdict/decimals';
import type { Refusal } from '../messages/budget';
import type { Store } from './store';

/** The class that the API takes when none is chosen. */
const STANDARD = 'standard';

/**
 * Keeps what a node costs in an execution and its retries within a limit: credits are reserved before
 * a submit and given back only when surely nothing was accepted.
 */
export class Budget {
	private readonly prices: Map<string, string | null>;
	/** Submits whose reservation may still be given back. */
	private underWay = 0;
	private wake: Array<() => void> = [];

	/** @param limit credits */
	constructor(
		private readonly store: Store,
		private readonly nodeName: string,
		private readonly limit: number,
		classes: JobClass[],
	) {
		this.prices = pricesByClass(classes);
	}

	/** Decimal string of credits; undefined when it is not known. */
	priceOf(jobClass = STANDARD): string | undefined {
		return this.prices.get(jobClass) ?? undefined;
	}

	/**
	 * Why these may not be submitted; undefined when they may.
	 * @param jobClasses of those that will be billed
	 */
	check(jobClasses: Array<string | undefined>, isPartial = false): Refusal | undefined {
		const prices = jobClasses.flatMap((jobClass) => this.priceOf(jobClass) ?? []);
		if (prices.length < jobClasses.length) return { kind: 'unknownPrice' };
		const spent = this.store.spent(this.nodeName);
		const total = sumDecimals(prices);
		const limit = this.limit.toFixed(6);
		if (!sumDecimals([limit, `-${total}`, `-${spent}`]).startsWith('-')) return undefined;
		return {
			kind: 'overBudget',
			rows: prices.length,
			prices: [...new Set(prices)].map((price) => sumDecimals([price])),
			total,
			spent: Number(spent) > 0 ? spent : undefined,
			limit: sumDecimals([limit]),
			isPartial,
		};
	}

	/**
	 * Reserves the price of a submit, which `settle` must follow. Where it does not fit, waits for
	 * what others under way give back.
	 */
	async reserve(jobClass: string | undefined): Promise<{ cost: string } | Refusal> {
		for (;;) {
			const refusal = this.check([jobClass], true);
			const cost = this.priceOf(jobClass) ?? '0';
			if (refusal === undefined) {
				this.store.spend(this.nodeName, cost);
				this.underWay += 1;
				return { cost };
			}
			if (this.underWay === 0) return refusal;
			await new Promise<void>((resolve) => this.wake.push(resolve));
		}
	}

	/** A reservation is given back: nothing was billed for it. */
	release(cost: string): void {
		this.store.spend(this.nodeName, `-${cost}`);
	}

	/** A submit that reserved has its answer, or none. */
	settle(): void {
		this.underWay -= 1;
		for (const wake of this.wake.splice(0)) wake();
	}
}

/** Of a class that is listed more than once, the highest price. */
function pricesByClass(classes: JobClass[]): Map<string, string | null> {
	const prices = new Map<string, string | null>();
	for (const { code, price } of classes) {
		const known = prices.get(code) ?? null;
		if (known === null || Number(price) > Number(known)) prices.set(code, price ?? known);
	}
	return prices;
}
