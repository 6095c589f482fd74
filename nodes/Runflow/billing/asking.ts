import type { Attempt } from '../api/attempt';
import { STOPPED, WITHHELD } from '../api/failure';
import type { Evaluation, EvaluationRequest } from '../api/types';
import type { Refusal } from '../messages/budget';
import { withRequest } from '../verdict/sent';
import type { AcceptedLog } from './acceptedLog';
import type { Account } from './accounts';
import { Ages } from './ages';
import { explainBalance } from './balance';
import type { Budget } from './budget';
import { Claims } from './claims';
import { echoOf } from './conflict';
import { next } from './next';
import { FIRST_TRY } from './row';
import type { Note, Relation, RowEvent, RowState, Todo, Try } from './row';
import { keyFor } from './rows';
import type { Row } from './rows';
import type { Store, Told } from './store';
import type { Api } from './types';
import { Uploads } from './uploads';

/** Where a batch asks, and what it keeps. */
export interface Office {
	api: Api;
	store: Store;
	log: AcceptedLog;
	/** Absent without a limit. */
	budget?: Budget;
	account: Account;
	/** Milliseconds since 1970. */
	today: () => number;
	isStopped: () => boolean;
}

/** What one turn of a row has sent. */
interface RowTurn {
	row: Row;
	request?: EvaluationRequest;
	/** The key of the last submit and what is reserved for it. */
	key?: string;
	cost?: string;
	refusal?: Refusal;
	holdsRoom: boolean;
}

/** Asks for rows, each under its own key, one attempt at a time, as `next` decides. */
export class Asking {
	readonly claims: Claims;
	readonly ages: Ages;
	/** By name: rows that share a key are one. */
	private readonly states = new Map<string, RowState>();
	private readonly refusals = new Map<string, Refusal>();
	private readonly uploads: Uploads;

	constructor(private readonly office: Office) {
		this.claims = new Claims(office.store);
		this.ages = new Ages(office);
		this.uploads = new Uploads(office.api, office.store);
	}

	/** One attempt; rows that share a key share it. */
	async submit(row: Row): Promise<Attempt<Evaluation>> {
		const { underWay } = this.office.store;
		const turn = underWay.get(row.name) ?? this.take(row);
		underWay.set(row.name, turn);
		const { attempt, refusal } = await turn.finally(() => underWay.delete(row.name));
		if (refusal !== undefined) this.refusals.set(row.name, refusal);
		if (attempt.ok) this.claims.add(row, attempt.value.id);
		return attempt;
	}

	/** How far a row is. */
	stateOf({ name }: Row): RowState {
		const state = this.states.get(name);
		if (state !== undefined) return state;
		const ownTry = this.office.store.ownTry(name);
		const under = ownTry === undefined ? FIRST_TRY : { anew: ownTry, asOwn: true, left: 0 };
		const known = this.office.store.acceptedUnder(name);
		if (known !== undefined) return { kind: 'known', under, ...known, misses: 0 };
		const sent = this.office.store.sentUnder(name);
		if (sent !== undefined) return { kind: 'lost', under, conflicts: 0, lostAt: sent.at };
		return { kind: 'asking', under, conflicts: 0 };
	}

	/** Whether an attempt may have been accepted without anybody knowing. */
	mayExist(row: Row): boolean {
		const state = this.stateOf(row);
		if (state.kind === 'named') return state.lostAt !== undefined;
		if (state.kind === 'lost') return true;
		const key = keyFor(row, state.under);
		return state.kind === 'asking' && this.office.store.sentUnder(key) !== undefined;
	}

	/** Why this batch did not submit a row, if it did not. */
	refusalOf({ name }: Row): Refusal | undefined {
		return this.refusals.get(name);
	}

	/** A finished evaluation that was looked at. */
	finished(evaluation: Evaluation): void {
		this.ages.finished(evaluation);
		if (!this.ages.isOlder(evaluation)) this.office.budget?.billed(evaluation);
	}

	private async take(row: Row): Promise<Told> {
		const turn: RowTurn = { row, holdsRoom: false };
		try {
			const attempt = await this.run(turn);
			return { attempt, refusal: turn.refusal };
		} finally {
			this.leaveRoom(turn);
		}
	}

	private async run(turn: RowTurn): Promise<Attempt<Evaluation>> {
		let todo = this.advance(turn, { kind: 'turn' });
		while (todo.kind !== 'tell') {
			todo =
				todo.kind === 'read' ? await this.read(turn, todo.id) : await this.post(turn, todo.under);
		}
		const { attempt } = todo;
		const { request } = turn;
		if (attempt.ok) {
			return request ? { ...attempt, value: withRequest(attempt.value, request) } : attempt;
		}
		const { failure } = attempt;
		if (failure.status !== 402 || request === undefined) return attempt;
		return {
			ok: false,
			failure: await explainBalance(this.office.api, failure, request.job_class),
		};
	}

	/** The notes are written before anything else happens. */
	private advance(turn: RowTurn, event: RowEvent): Todo {
		const { row } = turn;
		const { state, notes, todo } = next(this.stateOf(row), event, row.facts);
		this.states.set(row.name, state);
		for (const note of notes) this.write(turn, note);
		return todo;
	}

	private write(turn: RowTurn, note: Note): void {
		const { store, log, budget } = this.office;
		const { row, key, cost } = turn;
		switch (note.kind) {
			case 'accepted':
				store.remember(row.name, note.id);
				if (cost !== undefined) budget?.accepted(note.id, cost, row.submission.facts.job_class);
				if (key !== undefined) store.forgetSent(key);
				return log.add(note.id, row.itemIndex);
			case 'seen':
				return log.add(note.id, row.itemIndex);
			case 'free':
				if (key !== undefined) store.forgetSent(key);
				return this.release(turn);
			case 'paid':
				return key === undefined ? undefined : store.sentLongAgo(key);
			case 'wasThere':
				return this.release(turn);
			case 'unreachable':
				store.rememberOwnTry(row.name, this.stateOf(row).under.anew);
				return log.unreachable(row.itemIndex);
		}
	}

	private async read(turn: RowTurn, id: string): Promise<Todo> {
		const { row } = turn;
		if (this.stateOf(row).kind === 'named' && turn.request === undefined) {
			const request = await this.uploads.requestFor(row);
			if (!request.ok) return { kind: 'tell', attempt: request };
			turn.request = request.value;
		}
		const attempt = await this.office.api.get(id);
		return this.advance(turn, { kind: 'read', attempt, relation: this.relationOf(turn, attempt) });
	}

	private async post(turn: RowTurn, under: Try): Promise<Todo> {
		const { row } = turn;
		const { api, store, budget, today, isStopped } = this.office;
		this.leaveRoom(turn);
		const request = await this.uploads.requestFor(row);
		if (!request.ok) return { kind: 'tell', attempt: request };
		const key = keyFor(row, under);
		const sent = store.sentUnder(key);
		const state = this.stateOf(row);
		if (sent !== undefined && state.kind === 'asking') {
			this.states.set(row.name, { ...state, kind: 'lost', lostAt: sent.at });
		}
		const cost = sent?.cost ?? (await this.reserve(turn, request.value.job_class));
		if (cost === 'refused') return { kind: 'tell', attempt: WITHHELD };
		if (isStopped()) {
			if (sent?.cost === undefined && cost !== undefined) budget?.release(cost);
			return { kind: 'tell', attempt: { ok: false, failure: STOPPED } };
		}
		const since = today();
		const { callback_url, ...rest } = request.value;
		const callbackUrl = sent?.callbackUrl ?? callback_url ?? '';
		const body = callbackUrl === '' ? rest : { ...rest, callback_url: callbackUrl };
		Object.assign(turn, { key, cost, request: body });
		const firstAt = sent?.firstAt ?? since;
		this.ages.asked(row.name, firstAt, since);
		store.rememberSent(key, { at: since, firstAt, callbackUrl, cost });
		const attempt = await api.submit(body, key);
		const relation = this.relationOf(turn, attempt);
		return this.advance(turn, { kind: 'submitted', attempt, relation, since });
	}

	/** The credits that it may cost; undefined without a limit. */
	private async reserve(turn: RowTurn, jobClass?: string): Promise<string | undefined> {
		const { budget } = this.office;
		if (budget === undefined) return undefined;
		const reserved = await budget.reserve(jobClass);
		turn.holdsRoom = 'cost' in reserved;
		if ('cost' in reserved) return reserved.cost;
		turn.refusal = reserved;
		return 'refused';
	}

	private release(turn: RowTurn): void {
		if (turn.cost !== undefined) this.office.budget?.release(turn.cost);
		turn.cost = undefined;
	}

	private leaveRoom(turn: RowTurn): void {
		if (turn.holdsRoom) this.office.budget?.settle();
		turn.holdsRoom = false;
	}

	private relationOf({ row, request }: RowTurn, attempt: Attempt<Evaluation>): Relation {
		if (!attempt.ok) return { isRelated: false, echo: 'other', isNew: false };
		const { value } = attempt;
		return {
			isRelated: this.claims.isPossible(row, value),
			echo: request ? echoOf(request, value) : 'other',
			...this.ages.of(value, row.name),
		};
	}
}
