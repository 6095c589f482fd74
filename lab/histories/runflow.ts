import type { Http, HttpAnswer, HttpRequest } from '../../nodes/Runflow/api/http';
import { isObject, textAt } from '../../nodes/Runflow/api/read';
import type { VirtualTime } from '../simulation/virtualTime';
import { CODES, lost, ok, refusal, timedOut } from './answers';
import type { Behavior } from './behavior';
import { Deliveries } from './deliveries';
import { KeyLayer } from './keyLayer';
import type { Work } from './keyLayer';
import { WALL_MS } from './process';
import type { Process } from './process';

export const PRICE = 0.4;
const HALF_TRIP_MS = 50;
const SLOW_MS = 8_000;
const HANGS_MS = 90_000;

/** One that exists, and is billed. */
export interface Made {
	id: string;
	/** What was asked: the body as text, with the content of files and without the callback URL. */
	question: string;
	clientRef?: string;
	at: number;
	isFailure: boolean;
	/** The request that made it. */
	sent: Sent;
	/** For which process it was made. */
	by: Process;
	/** Processes that had its id in an answer to a submit. */
	toldTo: Set<Process>;
}

export interface Sent {
	question: string;
	by: Process;
	at: number;
}

/** Runflow's API as one HTTP door, in virtual time; what it makes is billed at once. */
export class SimulatedRunflow {
	readonly made: Made[] = [];
	/** Every submit that was sent, arrived or not. */
	readonly sent: Sent[] = [];
	private readonly assets = new Map<string, string>();
	private readonly bodies = new Map<string, Record<string, unknown>>();
	private readonly layer: KeyLayer;
	private submits = 0;
	private looks = 0;
	readonly deliveries: Deliveries;

	constructor(
		private readonly time: VirtualTime,
		readonly behavior: Behavior,
	) {
		this.layer = new KeyLayer(time, behavior);
		this.deliveries = new Deliveries(time, behavior);
	}

	/** The API as a process reaches it. */
	doorFor(process: Process): Http {
		return {
			isStopped: () => process.isStopped,
			send: async (request) => {
				const sent = this.note(request, process);
				const tooLate = process.sleep(request.timeoutMs).then(timedOut);
				const answer = await Promise.race([this.roundTrip(request, sent), tooLate]);
				const id = isObject(answer.body) ? textAt(answer.body, 'id') : undefined;
				if (request.method === 'POST') this.find(id)?.toldTo.add(process);
				return answer;
			},
		};
	}

	private note({ url, body }: HttpRequest, by: Process): Sent {
		const question = this.questionIn(isObject(body) ? body : {});
		const sent = { question, by, at: this.time.elapsed() };
		if (url.endsWith('/v1/evaluations')) this.sent.push(sent);
		return sent;
	}

	private async roundTrip(request: HttpRequest, sent: Sent): Promise<HttpAnswer> {
		const process = sent.by;
		await process.sleep(HALF_TRIP_MS);
		const answer = await this.answer(request, sent).catch((error: unknown) => ({ error }));
		await process.sleep(HALF_TRIP_MS, 'socket');
		if ('error' in answer) throw answer.error;
		const date = new Date(WALL_MS + this.time.elapsed() + this.behavior.dateAheadMs).toUTCString();
		return { ...answer, headers: { ...answer.headers, date } };
	}

	private async answer(request: HttpRequest, sent: Sent): Promise<HttpAnswer> {
		const { method, url } = request;
		const path = new URL(url).pathname;
		if (method === 'PUT') return await this.store(request);
		if (path === '/v1/evaluations') return await this.submit(request, sent);
		if (path === '/v1/asset-uploads') return await this.openUpload(request);
		if (path.endsWith('/confirmations')) return ok({}, 200);
		if (path.endsWith('/job-classes')) return await this.listPrices();
		if (path.endsWith('/balance')) return ok({ balance: '100.0' });
		return this.look(path.split('/').at(-1) ?? '');
	}

	private async listPrices(): Promise<HttpAnswer> {
		const { prices } = this.behavior;
		if (prices === 'hangs') await this.time.sleep(HANGS_MS);
		if (prices === '503') return refusal(503, 'UNAVAILABLE');
		return ok({ items: [{ code: 'standard', price: '0.4' }] });
	}

	private async submit(request: HttpRequest, sent: Sent): Promise<HttpAnswer> {
		const fault = this.behavior.submits[this.submits++] ?? 'fine';
		if (fault === 'lostBefore') throw lost();
		const work = async (): Promise<Work> => {
			if (fault === 'slow') await this.time.sleep(SLOW_MS);
			const made = this.take(fault, request, sent);
			if (fault === 'hangs') await this.time.sleep(HANGS_MS);
			return made;
		};
		const key = String(request.headers['Idempotency-Key'] ?? '');
		const answer = await this.layer.answer(key, JSON.stringify(request.body), work);
		if (fault === 'lostAfter') throw lost();
		if (fault === 'failsAfter') return refusal(503, 'UNAVAILABLE');
		return fault === 'pageAfter' ? { status: 200, headers: {}, body: '<html></html>' } : answer;
	}

	private take(fault: string, { body }: HttpRequest, from: Sent): Work {
		if (/^\d+$/.test(fault)) return { answer: refusal(Number(fault), CODES[fault] ?? 'ERROR') };
		const sent = isObject(body) ? body : {};
		const twin = this.behavior.refusesDuplicates ? this.sentBefore(sent) : undefined;
		if (twin !== undefined) {
			return { answer: refusal(409, 'DUPLICATE', { evaluation_id: twin }) };
		}
		const isOpen = ({ at }: Made) => this.time.elapsed() - at < this.behavior.durationMs;
		if (this.made.filter(isOpen).length >= this.behavior.inFlightCap) {
			return { answer: refusal(429, 'TOO_MANY_IN_FLIGHT') };
		}
		const number = this.made.length;
		const made: Made = {
			id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
			question: this.questionIn(sent),
			clientRef: textAt(sent, 'client_ref'),
			at: this.time.elapsed(),
			isFailure: this.behavior.fails.includes(number),
			sent: from,
			by: from.by,
			toldTo: new Set(),
		};
		this.made.push(made);
		const { accepted } = this.behavior;
		const full = this.view(made, sent);
		const { id, status_code, client_ref } = full;
		const short = { id, status_code, client_ref };
		this.bodies.set(id, sent);
		void this.deliveries.deliver(id, textAt(sent, 'callback_url'));
		return {
			id,
			answer: ok(accepted === 'full' ? full : accepted === 'short' ? short : { id }, 202),
		};
	}

	private look(id: string): HttpAnswer {
		const fault = this.behavior.looks[this.looks++] ?? 'fine';
		if (fault === 'lost') throw lost();
		if (fault !== 'fine') return refusal(Number(fault), CODES[fault] ?? 'ERROR');
		const made = this.find(id);
		const isKnown = made && this.time.elapsed() - made.at >= this.behavior.notFoundMs;
		return isKnown ? ok(this.view(made, this.bodies.get(id) ?? {})) : refusal(404, 'NOT_FOUND');
	}

	private view(made: Made, sent: Record<string, unknown>) {
		const { durationMs, flips, timesAheadMs, workersAheadMs, tellsDuration } = this.behavior;
		const age = this.time.elapsed() - made.at;
		const isOver = age >= durationMs;
		const open = flips && Math.floor(age / 5_000) % 2 === 1 ? 'pending' : 'running';
		const ended = made.isFailure ? 'failed' : 'completed';
		const moment = (at: number) => new Date(WALL_MS + at + timesAheadMs).toISOString();
		return {
			...sent,
			id: made.id,
			status_code: isOver ? ended : age === 0 ? 'pending' : open,
			client_ref: made.clientRef ?? null,
			overall_passed: isOver && !made.isFailure ? true : null,
			failure_code: isOver && made.isFailure ? 'processing_failed' : null,
			cost: isOver && !made.isFailure ? String(PRICE) : null,
			eval_duration_ms: isOver && tellsDuration ? durationMs : null,
			submitted_at: moment(made.at),
			completed_at: isOver ? moment(made.at + durationMs + workersAheadMs) : null,
		};
	}

	private async openUpload({ headers, body }: HttpRequest): Promise<HttpAnswer> {
		const work = async (): Promise<Work> => {
			const asset_id = `00000000-0000-4000-9000-${String(this.assets.size).padStart(12, '0')}`;
			this.assets.set(asset_id, '');
			const upload_url = `https://storage.example.com/${asset_id}`;
			return { answer: ok({ asset_id, upload_url }, 201) };
		};
		const key = this.behavior.knowsUploadKeys ? String(headers['Idempotency-Key'] ?? '') : '';
		return await this.layer.answer(key, JSON.stringify(body), work);
	}

	private async store({ url, body }: HttpRequest): Promise<HttpAnswer> {
		const id = new URL(url).pathname.slice(1);
		this.assets.set(id, Buffer.isBuffer(body) ? body.toString() : '');
		return ok({}, 200);
	}

	/** What is asked, in a form that has nothing to do with how it is sent. */
	private questionIn(body: Record<string, unknown>): string {
		const { generated_image_url, ...facts } = body;
		delete facts.callback_url;
		const id = /^runflow:\/\/assets\/(.+)$/.exec(String(generated_image_url))?.[1];
		const image = id === undefined ? String(generated_image_url) : (this.assets.get(id) ?? '');
		return questionText(image, facts);
	}

	/** The id of an evaluation of the same address. */
	private sentBefore({ generated_image_url }: Record<string, unknown>): string | undefined {
		const all = [...this.bodies].reverse();
		return all.find(([, body]) => body.generated_image_url === generated_image_url)?.[0];
	}

	private find(id: string | undefined): Made | undefined {
		return this.made.find((each) => each.id === id);
	}
}

/** @param image an address, or the content of a file */
export function questionText(image: string, facts: object): string {
	return JSON.stringify([image, Object.entries(facts).sort()]);
}
