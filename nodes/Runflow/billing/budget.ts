import type { Evaluation, JobClass } from '../api/types';
import { readDecimal, sumDecimals } from '../verdict/decimals';
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
	/** What is reserved for evaluations that nobody has seen finished, by id in lower case. */
	private readonly open = new Map<string, { jobClass: string; cost: string }>();
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

	/** Decimal string of credits, as listed or as billed before; undefined when it is not known. */
	priceOf(jobClass = STANDARD): string | undefined {
		const listed = this.prices.get(jobClass) ?? undefined;
		const billed = this.store.billed(jobClass);
		return isMore(billed, listed) ? billed : listed;
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

	/** An evaluation exists for what is reserved. */
	accepted(id: string, cost: string, jobClass = STANDARD): void {
		this.open.set(id.toLowerCase(), { jobClass, cost });
	}

	/** It is finished: what it cost beyond the list counts, and is the price of its class from now on. */
	billed({ id, cost: billed }: Evaluation): void {
		const reserved = this.open.get(id.toLowerCase());
		this.open.delete(id.toLowerCase());
		const cost = readDecimal(billed);
		if (reserved === undefined || !isMore(cost, reserved.cost)) return;
		this.store.spend(this.nodeName, sumDecimals([cost, `-${reserved.cost}`]));
		if (isMore(cost, this.priceOf(reserved.jobClass))) {
			this.store.rememberBilled(reserved.jobClass, cost);
		}
	}

	/** A submit that reserved has its answer, or none. */
	settle(): void {
		this.underWay -= 1;
		for (const wake of this.wake.splice(0)) wake();
	}
}

function isMore(credits: string | undefined, than = '-1'): credits is string {
	return credits !== undefined && Number(credits) > Number(than);
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
