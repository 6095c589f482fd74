import { parseUrl } from './address';

/** What a network error tells besides its code. */
export interface NetworkTrace {
	/** The sentence with which n8n itself kept the request from going out. */
	blocked?: string;
	/** The address that was tried instead of the API's: a proxy's. */
	proxy?: string;
}

/** n8n wraps network errors; the code of the network is on the error or on one of its causes. */
export function networkCode(error: unknown): string | undefined {
	for (const cause of causes(error)) {
		const code = property(cause, 'code') ?? property(cause, 'httpCode');
		if (typeof code === 'string' && /^[A-Z_]{4,}$/.test(code)) return code;
	}
	return undefined;
}

/** Reads n8n's refusal to send (`N8N_SSRF_PROTECTION_ENABLED`), and where the connection went. */
export function traceIn(error: unknown, url: string): NetworkTrace {
	const [...all] = causes(error);
	const refusal = all.find(({ name }) => /^Ssrf/.test(name));
	if (refusal === undefined)
		return { proxy: all.map((cause) => otherPlace(cause, url)).find(Boolean) };
	const { message } = refusal;
	const description = property(refusal, 'description');
	return { blocked: typeof description === 'string' ? `${message}. ${description}` : message };
}

/** Host and port that could not be reached, when they are not those of the URL. */
function otherPlace(cause: Error, url: string): string | undefined {
	const target = parseUrl(url);
	const [port, address, hostname] = ['port', 'address', 'hostname'].map((name) =>
		property(cause, name),
	);
	if (target === undefined) return undefined;
	if (typeof port === 'number' && typeof address === 'string') {
		return port === portOf(target) ? undefined : `${address}:${port}`;
	}
	const isOther = typeof hostname === 'string' && hostname !== target.hostname;
	return isOther ? hostname : undefined;
}

function portOf({ port, protocol }: URL): number {
	if (port !== '') return Number(port);
	return protocol === 'https:' ? 443 : 80;
}

function* causes(error: unknown): Generator<Error> {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		yield cause;
		const parts = property(cause, 'errors');
		if (Array.isArray(parts)) for (const part of parts) if (part instanceof Error) yield part;
	}
}

function property(source: object, name: string): unknown {
	return Reflect.get(source, name);
}
