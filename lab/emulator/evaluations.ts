/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { ApiError, evaluationNotFound, tooMany } from './apiError';
import { KnownKeys } from './knownKeys';
import { drawLatencyMs } from './latency';
import { fromMicros, toMicros } from './money';
import type { EmulatorOptions } from './options';
import { draw, seededUuid } from './random';
import type {
	ApiKey,
	EvaluationRecord,
	Feedback,
	Outcome,
	ScriptedOutcome,
	Submission,
} from './types';
import type { Verdicts } from './verdicts';

interface Course {
	script: ScriptedOutcome;
	/** What the judges saw, once they have looked. */
	seen: Outcome | null;
	looking: Promise<void> | null;
	timer: NodeJS.Timeout | null;
}

function isBillable({ status_code: status, failure_code: failure }: Outcome): boolean {
	return status === 'completed' || failure === 'processing_failed';
}

/** Every evaluation, from the submit to the bill; `onStatus` hears of each status it comes to have. */
export class Evaluations {
	readonly log: EvaluationRecord[] = [];
	peakInFlight = 0;
	private readonly byId = new Map<string, EvaluationRecord>();
	private readonly known: KnownKeys;
	/** Accepted and not begun, where an organization has only so many at work. */
	private readonly line: EvaluationRecord[] = [];
	private readonly courses = new Map<string, Course>();
	private readonly inFlight = new Map<string, number>();

	constructor(
		private readonly options: EmulatorOptions,
		private readonly verdicts: Verdicts,
		private readonly onStatus: (record: EvaluationRecord) => void,
	) {
		this.known = new KnownKeys(options);
	}

	/**
	 * Accepts a valid submission or throws the ApiError that refuses it. A known idempotency key
	 * with the same body gives the first evaluation again.
	 */
	submit(caller: ApiKey, idempotencyKey: string | null, body: Submission) {
		const earlier = this.earlier(caller, idempotencyKey, body);
		if (earlier !== undefined) return { record: earlier, replayed: true };
		const record = this.draft(caller.organization, idempotencyKey, body);
		this.refuseWithoutCredit(record);
		this.refuseAboveCap(caller.organization);
		this.known.add(this.known.scoped(caller, idempotencyKey), record);
		this.start(record);
		return { record, replayed: false };
	}

	/** What a key already has, before anybody looks at the values; throws for another body. */
	earlier(caller: ApiKey, idempotencyKey: string | null, body: Submission) {
		return this.known.find(this.known.scoped(caller, idempotencyKey), body);
	}

	find(id: string): EvaluationRecord | undefined {
		return this.byId.get(id);
	}

	/** The evaluation as this organization may see it now; throws 404. */
	read(id: string, organization: string): EvaluationRecord {
		const record = this.byId.get(id.toLowerCase());
		if (record === undefined || record.organization !== organization) throw evaluationNotFound();
		const age = performance.now() - record.acceptedAt;
		if (age < this.options.earlyNotFoundMs) throw evaluationNotFound();
		return record;
	}

	/** Some other evaluation of the same organization, the newest; itself when it has but one. */
	another({ id, organization }: EvaluationRecord): EvaluationRecord {
		const others = this.log.filter((each) => each.id !== id && each.organization === organization);
		const found = others.at(-1) ?? this.byId.get(id);
		if (found === undefined) throw evaluationNotFound();
		return found;
	}

	setFeedback(record: EvaluationRecord, feedback: Feedback): void {
		record.feedback = feedback;
		record.updatedWallMs = Date.now();
	}

	/** Ends an evaluation now; what the judges have not seen by then is made up. */
	settle(id: string, outcome: Partial<Outcome> = {}): void {
		const record = this.byId.get(id);
		const course = this.courses.get(id);
		if (record === undefined) throw new Error('Unknown evaluation: ' + id);
		if (course === undefined) return;
		if (course.timer !== null) clearTimeout(course.timer);
		const seen = course.seen ?? this.verdicts.unseen(record);
		this.finish(record, this.verdicts.conclude(record, seen, { ...course.script, ...outcome }));
	}

	/** Stops every clock. */
	stop(): void {
		for (const { timer } of this.courses.values()) if (timer !== null) clearTimeout(timer);
		this.courses.clear();
	}

	reset(): void {
		this.stop();
		this.log.length = 0;
		this.peakInFlight = 0;
		this.line.length = 0;
		for (const map of [this.byId, this.known, this.inFlight]) map.clear();
	}

	private draft(
		organization: string,
		idempotencyKey: string | null,
		body: Submission,
	): EvaluationRecord {
		const jobClass = body.job_class ?? 'standard';
		const known = this.options.jobClasses.find((candidate) => candidate.code === jobClass);
		return {
			id: seededUuid(this.options.seed, 'evaluation', this.log.length),
			organization,
			idempotencyKey,
			clientRef: body.client_ref ?? null,
			body,
			jobClass,
			price: known?.price ?? '0',
			acceptedAt: performance.now(),
			finishedAt: null,
			latencyMs: null,
			statusCode: 'pending',
			terminal: false,
			billed: false,
			cost: null,
			outcome: null,
			feedback: { isPositive: null, reason: null },
			submittedWallMs: Date.now(),
			updatedWallMs: Date.now(),
			completedWallMs: null,
		};
	}

	private refuseWithoutCredit({ price, organization }: EvaluationRecord): void {
		const { balance } = this.options;
		if (balance === null || !this.paysFromBalance(organization)) return;
		if (toMicros(balance) >= toMicros(price)) return;
		const message = 'The credit balance is below the price of this job class.';
		throw new ApiError(402, 'INSUFFICIENT_CREDIT', message);
	}

	private refuseAboveCap(organization: string): void {
		const { inFlightCap, inFlightErrorCode } = this.options;
		if ((this.inFlight.get(organization) ?? 0) < inFlightCap) return;
		const message = 'Too many evaluations are in flight. Wait for some of them to finish.';
		throw tooMany(inFlightErrorCode, message, this.options);
	}

	private paysFromBalance(organization: string): boolean {
		return organization === this.options.keys[0]?.organization;
	}

	private start(record: EvaluationRecord): void {
		const script = this.verdicts.script(record.body, record);
		const course: Course = { script, seen: null, looking: null, timer: null };
		this.log.push(record);
		this.byId.set(record.id, record);
		this.courses.set(record.id, course);
		this.inFlight.set(record.organization, (this.inFlight.get(record.organization) ?? 0) + 1);
		this.peakInFlight = Math.max(this.peakInFlight, this.courses.size);
		if (this.verdicts.withinReach(record.body)) {
			course.looking = this.verdicts.look(record).then((seen) => {
				course.seen = seen;
			});
		}
		this.onStatus(record);
		this.schedule(record, course);
	}

	private schedule(record: EvaluationRecord, course: Course): void {
		const { seed, speed, unknownStatus, runningAfterFraction, worksOnAtOnce } = this.options;
		if (worksOnAtOnce !== null && this.courses.size - this.line.length > worksOnAtOnce) {
			this.line.push(record);
			return;
		}
		const scripted = course.script.latencyMs ?? drawLatencyMs(this.options, record.id);
		const latencyMs = scripted === 'manual' ? null : scripted / speed;
		const strange =
			unknownStatus !== null && draw(seed, 'unknown status', record.id) < unknownStatus.fraction;
		record.latencyMs = latencyMs;
		const begunAt = performance.now();
		record.finishedAt = latencyMs === null ? null : begunAt + latencyMs;
		const pendingMs = (latencyMs ?? 0) * runningAfterFraction;
		course.timer = setTimeout(() => {
			record.statusCode = strange ? unknownStatus.code : 'running';
			record.updatedWallMs = Date.now();
			this.onStatus(record);
			if (latencyMs === null || (strange && unknownStatus.forever)) return;
			const restMs = Math.max(0, begunAt + latencyMs - performance.now());
			course.timer = setTimeout(() => {
				void this.conclude(record, course);
			}, restMs).unref();
		}, pendingMs).unref();
	}

	private async conclude(record: EvaluationRecord, course: Course): Promise<void> {
		if (course.looking !== null) await course.looking;
		if (this.courses.get(record.id) !== course) return;
		const seen = course.seen ?? this.verdicts.unseen(record);
		this.finish(record, this.verdicts.conclude(record, seen, course.script));
	}

	private finish(record: EvaluationRecord, outcome: Outcome): void {
		this.courses.delete(record.id);
		const { organization } = record;
		this.inFlight.set(organization, (this.inFlight.get(organization) ?? 1) - 1);
		record.outcome = outcome;
		record.statusCode = outcome.status_code;
		record.terminal = true;
		record.finishedAt = performance.now();
		record.completedWallMs = record.updatedWallMs = Date.now();
		if (isBillable(outcome)) this.bill(record);
		this.onStatus(record);
		this.beginNext();
	}

	/** What was settled while it waited is passed over. */
	private beginNext(): void {
		for (let next = this.line.shift(); next !== undefined; next = this.line.shift()) {
			const course = this.courses.get(next.id);
			if (course === undefined) continue;
			this.schedule(next, course);
			return;
		}
	}

	private bill(record: EvaluationRecord): void {
		record.billed = true;
		record.cost = fromMicros(toMicros(record.price));
		const { balance } = this.options;
		if (balance === null || !this.paysFromBalance(record.organization)) return;
		this.options.balance = fromMicros(toMicros(balance) - toMicros(record.price));
	}
}
