import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { Attempt } from '../api/attempt';
import { isObject, textAt } from '../api/read';
import type { Evaluation } from '../api/types';
import type { Refusal } from '../messages/budget';
import { sumDecimals } from '../verdict/decimals';
import type { TimesAsked } from './ordinals';
import type { Desk } from './types';

/** A submit that was sent and has no final answer: it may have been accepted, and billed. */
export interface Sent {
	/** When its last attempt began, in milliseconds since 1970. */
	at: number;
	/** When its first attempt began. */
	firstAt: number;
	/** The callback URL that went with it; '' for none. */
	callbackUrl: string;
	/** Credits that are reserved for it. */
	cost?: string;
}

/** What an attempt came to, and why it was not made if the batch itself refused it. */
export interface Told {
	attempt: Attempt<Evaluation>;
	refusal?: Refusal;
}

const attemptsUnderWay = new WeakMap<IDataObject, Map<string, Promise<Told>>>();

/**
 * What a retry must still know of the tries before it, in an object that n8n stores with the
 * execution and takes into Retry On Fail and into Retry in the executions list; a crash loses it.
 */
export class Store {
	private readonly accepted: IDataObject;
	private readonly uploads: IDataObject;
	private readonly sent: IDataObject;
	private readonly stored: IDataObject;
	/** What an earlier execution knew, which somebody has retried. */
	private readonly inherited: IDataObject;
	/** When a node of this execution first asked, in milliseconds since 1970, whatever is tried again. */
	readonly startedAt: number;
	/** The same for the first of the executions of which this one is the retry. */
	readonly firstStartedAt: number;
	/** Whether an earlier try or an earlier node of the execution has written here. */
	readonly isContinued: boolean;
	/** Attempts under way in this process by key, those of calls of a tool that run at once too. */
	readonly underWay: Map<string, Promise<Told>>;

	constructor({ store, executionId, today }: Pick<Desk, 'store' | 'executionId' | 'today'>) {
		this.stored = objectAt(store, 'runflow');
		this.isContinued = this.stored.writtenBy !== undefined;
		this.underWay = attemptsUnderWay.get(this.stored) ?? new Map();
		attemptsUnderWay.set(this.stored, this.underWay);
		this.uploads = objectAt(this.stored, 'uploads');
		this.sent = objectAt(this.stored, 'sent');
		this.inherited = objectAt(this.stored, 'inherited');
		const { writtenBy } = this.stored;
		if (typeof writtenBy === 'string' && writtenBy !== executionId) {
			Object.assign(this.inherited, this.stored.accepted);
			this.stored.accepted = {};
			delete this.stored.startedAt;
		}
		this.stored.writtenBy = executionId;
		this.accepted = objectAt(this.stored, 'accepted');
		this.startedAt = this.momentAt('startedAt', today);
		this.firstStartedAt = this.momentAt('firstStartedAt', today);
	}

	/** The shortened keys under which evaluations were accepted, by the ids of these in lower case. */
	keysById(): Map<string, Set<string>> {
		const keys = new Map<string, Set<string>>();
		for (const [key, id] of Object.entries({ ...this.inherited, ...this.accepted })) {
			const name = String(id).toLowerCase();
			keys.set(name, (keys.get(name) ?? new Set()).add(key));
		}
		return keys;
	}

	/** Stands for the execution where n8n gives it no token of its own. */
	seed(): string {
		const { seed } = this.stored;
		if (typeof seed === 'string') return seed;
		const fresh = randomUUID();
		this.stored.seed = fresh;
		return fresh;
	}

	/** The evaluation that was accepted under a key, and whether an earlier execution knew it. */
	acceptedUnder(key: string): { id: string; isInherited: boolean } | undefined {
		const own = textAt(this.accepted, storedKey(key));
		const id = own ?? textAt(this.inherited, storedKey(key));
		return id === undefined ? undefined : { id, isInherited: own === undefined };
	}

	remember(key: string, id: string): void {
		this.accepted[storedKey(key)] = id;
	}

	/** What was sent under a key and has no final answer. */
	sentUnder(key: string): Sent | undefined {
		const sent = this.sent[storedKey(key)];
		if (!isObject(sent) || typeof sent.at !== 'number') return undefined;
		const { at, firstAt } = sent;
		return {
			at,
			firstAt: typeof firstAt === 'number' ? firstAt : this.firstStartedAt,
			callbackUrl: String(sent.callbackUrl),
			cost: textAt(sent, 'cost'),
		};
	}

	rememberSent(key: string, sent: Sent): void {
		this.sent[storedKey(key)] = { ...sent };
	}

	/** No attempt under this key is in progress any more. */
	sentLongAgo(key: string): void {
		const sent = this.sentUnder(key);
		if (sent !== undefined) this.rememberSent(key, { ...sent, at: 0 });
	}

	/** It has a final answer. */
	forgetSent(key: string): void {
		delete this.sent[storedKey(key)];
	}

	/** How often it was asked anew when it was asked as own, because a key is surely others'. */
	ownTry(key: string): number | undefined {
		const anew = objectAt(this.stored, 'ownTries')[storedKey(key)];
		return typeof anew === 'number' ? anew : undefined;
	}

	rememberOwnTry(key: string, anew: number): void {
		objectAt(this.stored, 'ownTries')[storedKey(key)] = anew;
	}

	/** Where a file is at Runflow, by its content. */
	uploaded(sha256: string): string | undefined {
		return textAt(this.uploads, storedKey(sha256));
	}

	rememberUpload(sha256: string, address: string): void {
		this.uploads[storedKey(sha256)] = address;
	}

	/** Credits that a node has spent or may have; a decimal string. */
	spent(nodeName: string): string {
		return textAt(objectAt(this.stored, 'spent'), nodeName) ?? '0';
	}

	/** @param credits decimal string, negative for what was not spent after all */
	spend(nodeName: string, credits: string): void {
		objectAt(this.stored, 'spent')[nodeName] = sumDecimals([this.spent(nodeName), credits]);
	}

	/** The most that an evaluation of a class was billed beyond its price; a decimal string. */
	billed(jobClass: string): string | undefined {
		return textAt(objectAt(this.stored, 'billed'), jobClass);
	}

	rememberBilled(jobClass: string, credits: string): void {
		objectAt(this.stored, 'billed')[jobClass] = credits;
	}

	/** How often each question was asked, by place. */
	asked(): TimesAsked {
		const { asked } = this.stored;
		if (isAsked(asked)) return asked;
		const fresh: TimesAsked = {};
		this.stored.asked = fresh;
		return fresh;
	}

	/** Counts an attempt that failed; whether it was the last of `most`. */
	isLastTry(most: number): boolean {
		const tries = typeof this.stored.tries === 'number' ? this.stored.tries + 1 : 1;
		this.stored.tries = tries < most ? tries : 0;
		return tries >= most;
	}

	private momentAt(name: string, today: () => number): number {
		const known = this.stored[name];
		if (typeof known === 'number') return known;
		const now = today();
		this.stored[name] = now;
		return now;
	}
}

function objectAt(source: IDataObject, name: string): IDataObject {
	const known = source[name];
	if (isObject(known)) return known;
	const fresh: IDataObject = {};
	source[name] = fresh;
	return fresh;
}

function isAsked(value: unknown): value is TimesAsked {
	return isObject(value) && Object.values(value).every(isObject);
}

/** n8n stores it with the execution, ten thousand times in a large one. */
export function storedKey(sha256: string): string {
	return sha256.slice(0, 24);
}
