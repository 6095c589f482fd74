/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { ApiError, evaluationNotFound, writeHtml } from './apiError';
import type { Fault } from './faults';
import type { ForcedAnswer } from './options';
import type { ApiKey, RequestRecord } from './types';
import type { World } from './world';

/** What the emulator knows about a request while it is being answered. */
export interface Visit {
	record: RequestRecord;
	fault: Fault | null;
	caller: ApiKey;
}

declare module 'fastify' {
	interface FastifyRequest {
		visit: Visit;
	}
	interface FastifyContextConfig {
		/** Scope the key must have. */
		scope?: string;
		/** No API key needed. */
		open?: boolean;
	}
}

/** An API gateway's refusal, which has no code. */
const FORBIDDEN = { contentType: 'application/json', payload: '{"message":"Forbidden"}' };
const NOBODY: ApiKey = { key: '', scopes: [], organization: '' };

function register({ method, url, headers }: FastifyRequest): RequestRecord {
	const mark = url.indexOf('?');
	const idempotencyKey = headers['idempotency-key'];
	const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
	return {
		at: performance.now(),
		method,
		path: mark < 0 ? url : url.slice(0, mark),
		query: mark < 0 ? {} : Object.fromEntries(new URLSearchParams(url.slice(mark))),
		status: 0,
		headers,
		...(bearer === undefined ? {} : { apiKey: bearer }),
		...(typeof idempotencyKey === 'string' ? { idempotencyKey } : {}),
	};
}

function drop(request: FastifyRequest, reply: FastifyReply): void {
	reply.hijack();
	request.raw.socket.destroy();
}

function statusFault(kind: Fault['kind']): number | null {
	return kind.startsWith('status') ? Number(kind.slice('status'.length)) : null;
}

async function answerForced(reply: FastifyReply, forced: ForcedAnswer): Promise<void> {
	const { status, body = '', headers = {} } = forced;
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const type = typeof body === 'string' ? 'text/plain' : 'application/json';
	await reply.code(status).type(type).headers(headers).send(text);
}

function answerStatusFault(reply: FastifyReply, status: number): string {
	reply.code(status);
	if (status === 500) {
		reply.type('application/json; charset=utf-8');
		return JSON.stringify({ code: 'INTERNAL_ERROR', message: 'Server error.', errors: null });
	}
	const { contentType, payload } = writeHtml(status);
	reply.type(contentType);
	return payload;
}

/** An answer that nobody waits for any more keeps no process alive. */
const rest = async (ms: number) => await sleep(ms, undefined, { ref: false });

function drip(payload: string, pauseMs: number): Readable {
	return Readable.from(
		(async function* () {
			for (const character of payload) {
				await rest(pauseMs);
				yield character;
			}
		})(),
	);
}

/** Keeps the request log and lets the faults strike before and after the work. */
export function openGate(app: FastifyInstance, world: World): void {
	const { options, faults, requests } = world;
	app.decorateRequest('visit');

	app.addHook('onRequest', async (request, reply) => {
		const record = register(request);
		requests.push(record);
		const { onRequest } = options;
		if (onRequest !== null) reply.raw.once('close', () => onRequest(record));
		const visit: Visit = { record, fault: null, caller: NOBODY };
		request.visit = visit;
		if (options.storesRefusals && (await world.stored.replay(request, reply))) return;
		const forced = faults.forcedAnswer(record.method, record.path);
		if (forced !== undefined) return await answerForced(reply, forced);
		const fault = faults.next(record.method, record.path);
		if (fault !== null) record.fault = fault.kind;
		if (fault?.afterWork) visit.fault = fault;
		else if (fault !== null) return await strikeBefore(fault, request, reply);
		authorize(request, reply, world);
	});

	app.addHook('preValidation', async ({ body }, reply) => {
		const text = JSON.stringify(body) ?? '';
		const rule = options.firewall.find(({ matches }) => matches.test(text));
		if (rule === undefined) return;
		const { contentType, payload } = rule.answer === 'page' ? writeHtml(403) : FORBIDDEN;
		await reply.code(403).type(contentType).send(payload);
	});

	const strikeBefore = async (fault: Fault, request: FastifyRequest, reply: FastifyReply) => {
		if (fault.kind === 'earlyNotFound') throw evaluationNotFound();
		const status = statusFault(fault.kind);
		if (status !== null) {
			await reply.send(answerStatusFault(reply, status));
			return;
		}
		drop(request, reply);
	};

	app.addHook('onSend', async (request, reply, payload: unknown) => {
		const { record, fault } = request.visit;
		if (options.answerDelayMs > 0) await rest(options.answerDelayMs);
		reply.header('date', new Date(Date.now() + options.clockAheadMs).toUTCString());
		const sent = fault === null ? payload : await strikeAfter(fault, request, reply, payload);
		if (options.storesRefusals) world.stored.keep(request, reply, sent);
		if (!request.raw.socket.destroyed) record.status = reply.statusCode;
		return sent;
	});

	const strikeAfter = async (
		{ kind }: Fault,
		request: FastifyRequest,
		reply: FastifyReply,
		payload: unknown,
	): Promise<unknown> => {
		const status = statusFault(kind);
		if (status !== null) return answerStatusFault(reply, status);
		switch (kind) {
			case 'dropAfter':
				request.raw.socket.destroy();
				return payload;
			case 'slow':
				await rest(options.slowAnswerMs);
				return payload;
			case 'truncatedJson':
				if (typeof payload !== 'string') return payload;
				reply.removeHeader('content-length');
				return payload.slice(0, Math.floor(payload.length / 2));
			case 'drip':
				reply.removeHeader('content-length');
				return typeof payload === 'string' ? drip(payload, options.dripMs) : payload;
			case 'html': {
				const { contentType, payload: page } = writeHtml(200);
				reply.removeHeader('content-length');
				reply.code(200).type(contentType);
				return page;
			}
			default:
				return payload;
		}
	};
}

function authorize(request: FastifyRequest, reply: FastifyReply, world: World): void {
	const { open = false, scope } = request.routeOptions.config;
	if (open) return;
	const caller = world.options.keys.find(({ key }) => key === request.visit.record.apiKey);
	if (caller === undefined) {
		throw new ApiError(401, 'UNAUTHORIZED', 'Missing or invalid API key.');
	}
	request.visit.caller = caller;
	const wanted = request.headers['x-organization-id'] ?? caller.organization;
	if (wanted !== caller.organization) {
		const message = 'You are not a member of this organization.';
		throw new ApiError(403, 'ORGANIZATION_MEMBERSHIP_REQUIRED', message);
	}
	reply.headers(world.rateLimit.take(caller.organization));
	if (scope !== undefined && !caller.scopes.includes(scope)) {
		const message = 'Your account is not authorized to access this resource.';
		throw new ApiError(403, 'PERMISSION_DENIED', message);
	}
}
