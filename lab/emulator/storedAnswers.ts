import type { FastifyReply, FastifyRequest } from 'fastify';

interface Stored {
	status: number;
	type: string;
	payload: string;
}

/** A layer in front that stores the first answer under each key, whatever it is, and says it again. */
export class StoredAnswers {
	private readonly byKey = new Map<string, Stored>();

	/** Whether the request was answered with what is stored. */
	async replay(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
		const stored = this.byKey.get(keyOf(request) ?? '');
		if (stored === undefined) return false;
		reply.header('idempotent-replayed', 'true');
		await reply.code(stored.status).type(stored.type).send(stored.payload);
		return true;
	}

	/** Keeps a refusal; what was accepted is known to the API itself. */
	keep(request: FastifyRequest, reply: FastifyReply, payload: unknown): void {
		const key = keyOf(request);
		const isRefusal = reply.statusCode >= 400 && typeof payload === 'string';
		if (key === undefined || !isRefusal || this.byKey.has(key)) return;
		const type = String(reply.getHeader('content-type'));
		this.byKey.set(key, { status: reply.statusCode, type, payload });
	}

	clear(): void {
		this.byKey.clear();
	}
}

function keyOf({ method, visit }: FastifyRequest): string | undefined {
	const { path, idempotencyKey, apiKey } = visit.record;
	if (method !== 'POST' || path !== '/v1/evaluations') return undefined;
	return idempotencyKey && `${apiKey}\n${idempotencyKey}`;
}
