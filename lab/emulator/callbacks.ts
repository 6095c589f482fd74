/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createHmac } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { Agent, errors, request } from 'undici';

import { writeCallback, writeRunCallback } from './callbackBody';
import type { EmulatorOptions } from './options';
import { draw, seededUuid } from './random';
import type { DeliveryRecord, EvaluationRecord } from './types';

const CONNECTIONS_PER_RECEIVER = 256;
const SHUFFLE_WINDOW_MS = 200;

interface Parcel {
	evaluationId: string | null;
	url: string;
	body: string;
	headers: Record<string, string>;
}

function isTimeout(error: unknown): boolean {
	return (
		error instanceof errors.HeadersTimeoutError ||
		error instanceof errors.BodyTimeoutError ||
		error instanceof errors.ConnectTimeoutError
	);
}

/** Any number of callbacks may wait for it at a time. */
function stopSwitch(): AbortController {
	const stop = new AbortController();
	setMaxListeners(0, stop.signal);
	return stop;
}

/** Carries callbacks to their receivers, signs them, and tries again when they are refused. */
export class Callbacks {
	readonly log: DeliveryRecord[] = [];
	private agent = new Agent({ connections: CONNECTIONS_PER_RECEIVER });
	private stopped = stopSwitch();
	private parcels = 0;

	constructor(private readonly options: EmulatorOptions) {}

	/** Sends everything a terminal evaluation sets off. */
	announce(record: EvaluationRecord): void {
		const url = record.body.callback_url;
		if (url === undefined) return;
		const { callbackDuplicates, callbackDuplicatesConcurrent, strangerCallbacks } = this.options;
		const signal = this.stopped.signal;
		void this.wait(this.firstDelayMs(), signal).then(async (going) => {
			if (!going) return;
			if (strangerCallbacks) void this.carry(this.packRun(url));
			await this.deliver(record, callbackDuplicates, callbackDuplicatesConcurrent);
		});
	}

	/** Delivers the callback of an evaluation `times` times; resolves when all attempts ended. */
	async deliver(
		record: EvaluationRecord,
		times: number,
		concurrent: boolean,
	): Promise<DeliveryRecord[]> {
		const url = record.body.callback_url;
		if (url === undefined) throw new Error('No callback_url: ' + record.id);
		const parcel = this.pack(record.id, url, writeCallback(record, this.options));
		if (concurrent) {
			const copies = Array.from({ length: times }, async () => await this.carry(parcel));
			return (await Promise.all(copies)).flat();
		}
		const attempts: DeliveryRecord[] = [];
		for (let copy = 0; copy < times; copy++) attempts.push(...(await this.carry(parcel)));
		return attempts;
	}

	/** Delivers a callback that is about a run and about no evaluation. */
	async deliverRun(url: string): Promise<DeliveryRecord[]> {
		return await this.carry(this.packRun(url));
	}

	reset(): void {
		this.stopped.abort();
		this.stopped = stopSwitch();
		this.log.length = 0;
		this.parcels = 0;
	}

	async close(): Promise<void> {
		this.stopped.abort();
		await this.agent.destroy();
	}

	private firstDelayMs(): number {
		const { callbackDelayMs, callbackShuffle, seed } = this.options;
		if (!callbackShuffle) return callbackDelayMs;
		return draw(seed, 'shuffle', this.parcels++) * (callbackDelayMs || SHUFFLE_WINDOW_MS);
	}

	private packRun(url: string): Parcel {
		const id = seededUuid(this.options.seed, 'run', this.parcels);
		return this.pack(null, url, writeRunCallback(id));
	}

	private pack(evaluationId: string | null, url: string, content: unknown): Parcel {
		const { callbackSecret, seed } = this.options;
		const body = JSON.stringify(content);
		const headers: Record<string, string> = {
			'content-type': 'application/json',
			'user-agent': 'Runflow-Callbacks/1.0',
			'runflow-request-id': seededUuid(seed, 'request', this.parcels++),
		};
		if (callbackSecret !== null) {
			const signature = createHmac('sha256', callbackSecret).update(body).digest('hex');
			headers['runflow-signature'] = signature;
		}
		return { evaluationId, url, body, headers };
	}

	private async carry(parcel: Parcel): Promise<DeliveryRecord[]> {
		const signal = this.stopped.signal;
		const attempts: DeliveryRecord[] = [];
		for (const waitMs of [0, ...this.options.callbackRetryDelaysMs]) {
			if (!(await this.wait(waitMs / this.options.speed, signal))) break;
			const attempt = await this.attempt(parcel, attempts.length + 1, signal);
			attempts.push(attempt);
			const { status } = attempt;
			if (typeof status === 'number' && status >= 200 && status < 300) break;
		}
		return attempts;
	}

	private async attempt(parcel: Parcel, attempt: number, signal: AbortSignal) {
		const { evaluationId, url, body } = parcel;
		const signature = parcel.headers['runflow-signature'];
		const at = performance.now();
		const status = await this.post(parcel, signal);
		const record: DeliveryRecord = { evaluationId, url, attempt, at, status, signature, body };
		if (!signal.aborted) this.log.push(record);
		return record;
	}

	private async post({ url, body, headers }: Parcel, signal: AbortSignal) {
		const timeoutMs = this.options.callbackTimeoutMs;
		try {
			const answer = await request(url, {
				method: 'POST',
				body,
				headers,
				signal,
				dispatcher: this.agent,
				headersTimeout: timeoutMs,
				bodyTimeout: timeoutMs,
			});
			await answer.body.dump();
			return answer.statusCode;
		} catch (error) {
			return isTimeout(error) ? 'timeout' : 'error';
		}
	}

	private async wait(waitMs: number, signal: AbortSignal): Promise<boolean> {
		if (waitMs > 0) await sleep(waitMs, undefined, { signal, ref: false }).catch(() => {});
		return !signal.aborted;
	}
}
