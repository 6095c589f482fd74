import type { JsonRecord } from '../read';

export interface ServiceRequest {
	host: string;
	method: string;
	/** Decoded, without the query. */
	path: string;
	query: URLSearchParams;
	/** The value of the Authorization header. */
	authorization: string;
	/** A JSON or form body as an object, else empty. */
	body: JsonRecord;
	/** The body as it came. */
	raw: Buffer;
}

export interface ServiceAnswer {
	status?: number;
	/** A string is sent as an event stream, anything else as JSON. */
	body: unknown;
}

/** A web service as far as the examples ask it; `undefined` for what it does not know. */
export interface Service {
	hosts: string[];
	answer(request: ServiceRequest): ServiceAnswer | undefined;
}
