import { parseUrl } from './address';
import { uploadAsset } from './assets';
import type { UploadStates } from './assets';
import type { ApiFailure, Attempt, RequestPurpose } from './attempt';
import { readClockAheadMs } from './rateLimit';
import { readBaseUrl } from './baseUrl';
import { purposeOf, readAnswer } from './call';
import type { ApiCall } from './call';
import { unrelatedFailure } from './failure';
import { attempt } from './http';
import type { Http } from './http';
import { REQUEST_TIMEOUT_MS, SUBMIT_TIMEOUT_MS } from './policy';
import {
	isObject,
	readAccepted,
	readAcceptedAt,
	readBalance,
	readEvaluation,
	readEvaluationPage,
	readJobClasses,
} from './read';
import type {
	Balance,
	Embed,
	Evaluation,
	EvaluationPage,
	EvaluationRequest,
	Feedback,
	ImageFile,
	JobClass,
} from './types';

/** Where the first request already shows that no other will arrive. */
const LASTING: Array<ApiFailure['obstacle']> = ['certificate', 'unknownHost', 'proxy'];

/**
 * The Runflow API (docs.runflow.io/api-reference). Every method makes one attempt and throws
 * nothing: a failure comes back as facts. Redirects are not followed, since the API key would
 * travel along.
 */
export class RunflowClient {
	private readonly uploads: UploadStates = new WeakMap();

	private readonly base: ReturnType<typeof readBaseUrl>;

	/** Whether the API has ever answered. */
	private hasAnswered = false;

	/** How far Runflow's clock was ahead of this one at its last answer, in milliseconds. */
	aheadMs: number | undefined;

	constructor(
		private readonly http: Http,
		/** The credential's Base URL; a call fails when it cannot be used. */
		private readonly baseUrl: unknown,
		/** Tells this account from others, without giving the key away. */
		readonly account = '',
		/** What in the API key cannot be sent, if anything. */
		private readonly strayInKey?: string,
	) {
		this.base = readBaseUrl(baseUrl);
	}

	/** `POST /v1/evaluations`: the same key never creates or bills a second evaluation. */
	async submit(request: EvaluationRequest, idempotencyKey: string): Promise<Attempt<Evaluation>> {
		return await this.call({
			method: 'POST',
			path: '/v1/evaluations',
			body: { ...request },
			headers: { 'Idempotency-Key': idempotencyKey },
			timeoutMs: SUBMIT_TIMEOUT_MS,
			scope: 'evaluations:create',
			subject: 'Evaluations',
			isSubmit: true,
			read: readAccepted,
			readLocation: readAcceptedAt,
		});
	}

	/**
	 * `GET /v1/evaluations/{id}`: light unless embeds are asked for. An answer about another one is a
	 * failure; upper and lower case are the same in a UUID.
	 */
	async get(
		id: string,
		{ embed = [], timeoutMs }: { embed?: Embed[]; timeoutMs?: number } = {},
	): Promise<Attempt<Evaluation>> {
		const found = await this.call({
			method: 'GET',
			path: `/v1/evaluations/${encodeURIComponent(id)}`,
			query: embed.length > 0 ? { embed: embed.join(',') } : undefined,
			timeoutMs,
			scope: 'evaluations:read',
			subject: 'Evaluation',
			id,
			read: readEvaluation,
		});
		return aboutIt(id, found);
	}

	/** `PATCH /v1/evaluations/{id}/feedback`: sets or, with null, clears the feedback. */
	async sendFeedback(id: string, feedback: Feedback): Promise<Attempt<Evaluation>> {
		const changed = await this.call({
			method: 'PATCH',
			path: `/v1/evaluations/${encodeURIComponent(id)}/feedback`,
			body: { ...feedback },
			scope: 'evaluations:edit',
			subject: 'Evaluation',
			id,
			read: readEvaluation,
		});
		return aboutIt(id, changed);
	}

	/** `GET /v1/evaluations/job-classes`: the kinds of evaluation and what each costs. */
	async jobClasses(): Promise<Attempt<JobClass[]>> {
		return await this.call({
			method: 'GET',
			path: '/v1/evaluations/job-classes',
			subject: 'Job classes',
			read: readJobClasses,
		});
	}

	/**
	 * `GET /v1/runs/{id}/evaluations`: one page of a run's evaluations, newest first. A run that was
	 * never evaluated has an empty list. An evaluation of another run makes the answer a failure.
	 */
	async runEvaluations(
		runId: string,
		{ embed = [], next }: { embed?: Embed[]; next?: EvaluationPage['next'] } = {},
	): Promise<Attempt<EvaluationPage>> {
		const query = { ...next, ...(embed.length > 0 && { embed: embed.join(',') }) };
		const found = await this.call({
			method: 'GET',
			path: `/v1/runs/${encodeURIComponent(runId)}/evaluations`,
			query,
			scope: 'evaluations:read',
			subject: 'Run',
			id: runId,
			read: readEvaluationPage,
		});
		if (!found.ok) return found;
		const isOfRun = ({ run_id }: Evaluation) =>
			typeof run_id !== 'string' || run_id.toLowerCase() === runId.toLowerCase();
		if (found.value.evaluations.every(isOfRun)) return found;
		return { ok: false, failure: unrelatedFailure(runId, 'retry') };
	}

	/** `GET /v1/billing/balance`; many keys may not read it. */
	async balance(): Promise<Attempt<Balance>> {
		return await this.call({
			method: 'GET',
			path: '/v1/billing/balance',
			scope: 'credit_balance:read',
			subject: 'Balance',
			read: readBalance,
		});
	}

	/**
	 * Uploads a file in three steps and returns its stable reference, `runflow://assets/{id}`.
	 * A failed upload starts over with a new session, since upload addresses expire, unless only its
	 * confirmation failed.
	 * @param key made of the content and of who asks
	 */
	async upload(file: ImageFile, key: string): Promise<Attempt<string>> {
		return await uploadAsset(file, key, {
			http: this.http,
			call: async (call) => await this.call(call),
			baseUrl: typeof this.baseUrl === 'string' ? this.baseUrl.trim() : '',
			states: this.uploads,
		});
	}

	private async call<T>(call: ApiCall<T>): Promise<Attempt<T>> {
		const { base } = this;
		if ('problem' in base) return { ok: false, failure: baseUrlFailure(base.problem, call) };
		if (this.strayInKey !== undefined) {
			const purpose = purposeOf(call);
			const failure: ApiFailure = { kind: 'unusableApiKey', reaction: 'closed', purpose };
			return { ok: false, failure: { ...failure, said: this.strayInKey } };
		}
		if (await this.http.isExposed?.(base.url)) {
			const purpose = purposeOf(call);
			const said = parseUrl(base.url)?.hostname;
			return { ok: false, failure: { kind: 'exposedApiKey', reaction: 'closed', purpose, said } };
		}
		const { method, path, query, body, headers, timeoutMs = REQUEST_TIMEOUT_MS } = call;
		const answer = await attempt(this.http, purposeOf(call), () => ({
			method,
			url: `${base.url}${path}`,
			query,
			body,
			headers: { ...(body && { 'Content-Type': 'application/json' }), ...headers },
			timeoutMs,
			outlivesStop: call.isSubmit,
			isAuthenticated: true,
		}));
		if (!answer.ok) return { ok: false, failure: this.judge(answer.failure) };
		this.hasAnswered = true;
		if (isObject(answer.value.body)) {
			this.aheadMs = readClockAheadMs(answer.value.headers.date, Date.now()) ?? this.aheadMs;
		}
		return readAnswer(answer.value, call, Date.now() + (this.aheadMs ?? 0));
	}

	/** What cannot be reached at all is not worth repeating; what was reached before is. */
	private judge(failure: ApiFailure): ApiFailure {
		const { obstacle } = failure;
		const isLasting = obstacle !== undefined && LASTING.includes(obstacle) && !this.hasAnswered;
		return isLasting || obstacle === 'blocked' ? { ...failure, reaction: 'closed' } : failure;
	}
}

function aboutIt(id: string, attempt: Attempt<Evaluation>): Attempt<Evaluation> {
	if (!attempt.ok || attempt.value.id.toLowerCase() === id.toLowerCase()) return attempt;
	return { ok: false, failure: unrelatedFailure(id, 'retry') };
}

function baseUrlFailure(problem: 'insecure' | 'unusable', purpose: RequestPurpose): ApiFailure {
	const kind = problem === 'insecure' ? 'insecureBaseUrl' : 'unusableBaseUrl';
	return { kind, reaction: 'closed', purpose: purposeOf(purpose) };
}
