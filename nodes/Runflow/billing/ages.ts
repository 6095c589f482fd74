import { momentAt } from '../api/read';
import type { Evaluation } from '../api/types';
import type { Account } from './accounts';
import type { Relation } from './row';
import { storedKey } from './store';
import type { Store } from './store';
import type { Api } from './types';

/** `Date` headers have whole seconds, and their answers are on their way. */
const INEXACT_MS = 2_000;
/** What was submitted so soon after it was asked for is not an older one by chance. */
const SHORT_MS = 5_000;
/** No time zone that somebody forgot is further off. */
const NO_MISTAKE_MS = 15 * 60 * 60_000;

interface Sources {
	api: Pick<Api, 'aheadMs' | 'account'>;
	store: Store;
	account: Account;
	today: () => number;
}

type Age = Pick<Relation, 'afterStartMs' | 'afterFirstStartMs' | 'isNew'>;

/**
 * When evaluations were submitted, by this machine's clock. The `Date` of Runflow's answers tells
 * how far its clock is ahead, but what it says of evaluations may come from another clock. So "before"
 * counts only where the two were seen to agree, where it took longer than since it was asked for, or
 * where it is too long ago for a mistake.
 */
export class Ages {
	/** By a row's name, when it was first asked for, in milliseconds since 1970. */
	private readonly askedAt = new Map<string, number>();
	/** Rows that were asked for a single time. */
	private readonly once = new Set<string>();
	/** By id, the name of the first row that it answered. Names are shortened. */
	private readonly names = new Map<string, string>();
	private readonly older = new Set<string>();

	constructor(private readonly sources: Sources) {
		for (const [id, [name = '']] of sources.store.keysById()) this.names.set(id, name);
	}

	/** @param firstAt when the first attempt under its key began; `at`, when this one does */
	asked(name: string, firstAt: number, at: number): void {
		const short = storedKey(name);
		const known = this.askedAt.get(short);
		if (known === undefined && firstAt === at) this.once.add(short);
		else this.once.delete(short);
		this.askedAt.set(short, Math.min(firstAt, known ?? firstAt));
	}

	/** What is said of an evaluation that came as the answer to a row. */
	of(evaluation: Evaluation, name: string): Age {
		const { api, store, account, today } = this.sources;
		const now = today();
		const at = momentAt(evaluation.submitted_at) - (api.aheadMs ?? NaN);
		const isOwn = this.isUnderAnother(evaluation, name);
		if (isOwn || Number.isNaN(at) || at > now + INEXACT_MS) return { isNew: false };
		const askedMs = now - (this.askedAt.get(storedKey(name)) ?? NaN);
		const hasLastedLonger = Number(evaluation.eval_duration_ms) > askedMs + INEXACT_MS;
		const isNew = at >= now - askedMs && !hasLastedLonger;
		const isSoon = this.once.has(storedKey(name)) && at < now - askedMs + SHORT_MS;
		if (isNew && (isSoon || askedMs < SHORT_MS)) account.timesAgreeAt = api.account;
		const isSure = account.timesAgreeAt === api.account || hasLastedLonger;
		const after = (moment: number) => {
			const ms = at - moment;
			return ms >= 0 || isSure || ms < -NO_MISTAKE_MS ? ms : undefined;
		};
		return {
			isNew,
			afterStartMs: after(store.startedAt),
			afterFirstStartMs: after(store.firstStartedAt),
		};
	}

	/** An API that takes no image twice names what this execution asked for as another row. */
	private isUnderAnother({ id }: Evaluation, name: string): boolean {
		const first = this.names.get(id.toLowerCase()) ?? storedKey(name);
		this.names.set(id.toLowerCase(), first);
		return first !== storedKey(name);
	}

	/** A finished evaluation that was looked at. */
	finished(evaluation: Evaluation): void {
		const name = this.names.get(evaluation.id.toLowerCase());
		if (name === undefined) return;
		if ((this.of(evaluation, name).afterStartMs ?? 0) < 0) this.older.add(evaluation.id);
	}

	/** Whether it was submitted before this execution. */
	isOlder({ id }: Evaluation): boolean {
		return this.older.has(id);
	}
}
