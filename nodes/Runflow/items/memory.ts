import { randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isObject, textAt } from '../api/read';
import { sumDecimals } from '../verdict/decimals';
import type { Asked } from './ordinals';

/**
 * What a retry must still know of the tries before it. n8n stores it with the execution and takes
 * it into Retry On Fail and into Retry in the executions list; only a crash loses it.
 */
export class ExecutionMemory {
	private readonly accepted: IDataObject;
	private readonly uploads: IDataObject;
	private readonly stored: IDataObject;
	/** What an earlier execution knew, which somebody has retried. */
	private readonly inherited: IDataObject;

	constructor(context: IExecuteFunctions) {
		this.stored = objectAt(context.getContext('flow'), 'runflow');
		this.uploads = objectAt(this.stored, 'uploads');
		this.inherited = objectAt(this.stored, 'inherited');
		const executionId = context.getExecutionId();
		const { writtenBy } = this.stored;
		if (typeof writtenBy === 'string' && writtenBy !== executionId) {
			Object.assign(this.inherited, this.stored.accepted);
			this.stored.accepted = {};
			delete this.stored.startedAt;
		}
		this.stored.writtenBy = executionId;
		this.accepted = objectAt(this.stored, 'accepted');
	}

	/** When a node of this execution first asked, in milliseconds since 1970, whatever is tried again. */
	startedAt(): number {
		const { startedAt } = this.stored;
		if (typeof startedAt === 'number') return startedAt;
		const now = Date.now();
		this.stored.startedAt = now;
		return now;
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

	/** Stands for the execution where n8n gives it no token of its own (before about 2.14). */
	seed(): string {
		const { seed } = this.stored;
		if (typeof seed === 'string') return seed;
		const fresh = randomUUID();
		this.stored.seed = fresh;
		return fresh;
	}

	/** The id of the evaluation that was accepted under a key. */
	acceptedUnder(key: string): string | undefined {
		return textAt(this.accepted, shortened(key)) ?? textAt(this.inherited, shortened(key));
	}

	/** Whether it was accepted in the earlier execution. */
	isInherited(key: string): boolean {
		return textAt(this.accepted, shortened(key)) === undefined;
	}

	remember(key: string, id: string): void {
		this.accepted[shortened(key)] = id;
	}

	/** Where a file is at Runflow, by its content. */
	uploaded(sha256: string): string | undefined {
		return textAt(this.uploads, shortened(sha256));
	}

	rememberUpload(sha256: string, address: string): void {
		this.uploads[shortened(sha256)] = address;
	}

	/** Credits that a node has spent; a decimal string. */
	spent(nodeName: string): string {
		return textAt(objectAt(this.stored, 'spent'), nodeName) ?? '0';
	}

	spend(nodeName: string, credits: string): void {
		const total = sumDecimals([this.spent(nodeName), credits]);
		objectAt(this.stored, 'spent')[nodeName] = total;
	}

	/** How often each question was asked, by place. */
	asked(): Asked {
		const { asked } = this.stored;
		if (isAsked(asked)) return asked;
		const fresh: Asked = {};
		this.stored.asked = fresh;
		return fresh;
	}

	/** Counts an attempt that failed; whether it was the last of `most`. */
	isLastTry(most: number): boolean {
		const tries = typeof this.stored.tries === 'number' ? this.stored.tries + 1 : 1;
		this.stored.tries = tries < most ? tries : 0;
		return tries >= most;
	}
}

function objectAt(source: IDataObject, name: string): IDataObject {
	const known = source[name];
	if (isObject(known)) return known;
	const fresh: IDataObject = {};
	source[name] = fresh;
	return fresh;
}

function isAsked(value: unknown): value is Asked {
	return isObject(value) && Object.values(value).every(isObject);
}

/** n8n stores it with the execution, ten thousand times in a large one. */
export function shortened(sha256: string): string {
	return sha256.slice(0, 24);
}
