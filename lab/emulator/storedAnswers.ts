import type { FastifyReply, FastifyRequest } from 'fastify';

interface Stored {
	status: number;
	type: string;
	payload: string;
}

/** A layer in front that stores the first answer under each key, whatever it is, and says it again. */
export class StoredAnswers {
	/** Null where the API itself says again what it accepted. */
	private readonly byKey = new Map<string, Stored | null>();

	/** Whether the request was answered with what is stored. */
	async replay(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
		const stored = this.byKey.get(keyOf(request) ?? '');
		if (!stored) return false;
		reply.header('idempotent-replayed', 'true');
		await reply.code(stored.status).type(stored.type).send(stored.payload);
		return true;
	}

	/** Keeps the first answer, if it is a refusal. */
	keep(request: FastifyRequest, reply: FastifyReply, payload: unknown): void {
		const key = keyOf(request);
		if (key === undefined || this.byKey.has(key) || typeof payload !== 'string') return;
		const type = String(reply.getHeader('content-type'));
		const { statusCode: status } = reply;
		this.byKey.set(key, status < 400 ? null : { status, type, payload });
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
