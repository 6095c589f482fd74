import type { HttpAnswer } from '../../nodes/Runflow/api/http';
import type { VirtualTime } from '../simulation/virtualTime';
import type { Behavior } from './behavior';

interface Known {
	body: string;
	since: number;
	/** Absent while the first request is being worked on. */
	answer?: HttpAnswer;
	/** What it created. */
	id?: string;
}

/** What is done for a request that is new; `id` is what it created. */
export interface Work {
	answer: HttpAnswer;
	id?: string;
}

/** The layer in front of an API that knows idempotency keys, in any of the ways in which it may. */
export class KeyLayer {
	private readonly known = new Map<string, Known>();

	constructor(
		private readonly time: VirtualTime,
		private readonly behavior: Behavior,
	) {}

	async answer(key: string, body: string, work: () => Promise<Work>): Promise<HttpAnswer> {
		const { keys, keyLifeMs, storesRefusals } = this.behavior;
		const known = this.known.get(key);
		const isOver = known !== undefined && this.time.elapsed() - known.since >= keyLifeMs;
		if (key === '' || keys === 'ignore') return (await work()).answer;
		if (known !== undefined && !isOver) return this.again(known, body);
		const entry: Known = { body, since: this.time.elapsed() };
		this.known.set(key, entry);
		const { answer, id } = await work();
		const isKept = answer.status < 300 || storesRefusals;
		if (keys === 'inFlightOnly' || !isKept) this.known.delete(key);
		Object.assign(entry, { answer, id });
		return answer;
	}

	private again({ body: first, answer, id }: Known, body: string): HttpAnswer {
		if (answer === undefined) return conflict('A request with this key is in progress');
		const isOther = this.behavior.keys === 'compare' && first !== body;
		if (!isOther) return answer;
		const named = this.behavior.namesEvaluation && id !== undefined ? { evaluation_id: id } : {};
		return conflict('The idempotency key was used with another body', named);
	}
}

function conflict(message: string, more: object = {}): HttpAnswer {
	return { status: 409, headers: {}, body: { code: 'CONFLICT', message, errors: null, ...more } };
}
