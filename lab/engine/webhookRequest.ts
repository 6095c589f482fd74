/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { EventEmitter } from 'node:events';
import { parse as parseQuery } from 'node:querystring';
import { gunzipSync, inflateSync } from 'node:zlib';
import { jsonParse, type IHttpRequestMethods } from 'n8n-workflow';

export interface WebhookRequestOptions {
	/** Default `POST`. */
	method?: IHttpRequestMethods;
	/** Names in any case. Without a content type it is `application/json`; '' sends none. */
	headers?: Record<string, string>;
	/** The bytes on the wire. */
	rawBody?: Buffer | string;
	query?: Record<string, string>;
	/** Sets the header: `rawBody` is compressed. */
	contentEncoding?: 'gzip' | 'deflate';
}

/** An answer the server gives before the node sees the request. */
export interface Refusal {
	status: number;
	message: string;
}

/** `N8N_PAYLOAD_SIZE_MAX`, after decompression. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

const PARSED_TYPES = /^(application\/json|text\/plain|application\/x-www-form-urlencoded)|[/+]xml$/;

/** What a node sees of an express request. */
export class WebhookRequest extends EventEmitter {
	readonly params = {};

	/** Undefined while nobody has read it, and always for a multipart form, of which n8n keeps no bytes. */
	rawBody?: Buffer;

	body: unknown = {};

	constructor(
		readonly method: string,
		readonly headers: Record<string, string>,
		readonly query: Record<string, string>,
		readonly contentType: string | undefined,
		private readonly onTheWire: Buffer | undefined,
	) {
		super();
	}

	/** Reads the bytes that n8n has not read yet; n8n throws when they were not kept. */
	async readRawBody(): Promise<void> {
		if (!this.rawBody) this.read();
	}

	read(): void {
		if (!this.onTheWire) throw new Error('Request body stream was aborted or is not readable');
		const rawBody = decompress(this.onTheWire, this.headers['content-encoding']);
		if (!rawBody || rawBody.length > MAX_BODY_BYTES) throw new Error('The body cannot be read');
		this.rawBody = rawBody;
	}

	get(name: string): string | undefined {
		return this.headers[name.toLowerCase()];
	}

	header(name: string): string | undefined {
		return this.get(name);
	}
}

/**
 * Reads and parses the body as n8n's server does it before it calls the node. For a node above
 * version 1 it leaves bodies of a type that it does not parse where they are.
 */
export function receiveRequest(
	options: WebhookRequestOptions,
	typeVersion: number,
): WebhookRequest | Refusal {
	const { method = 'POST', query = {} } = options;
	const headers = requestHeaders(options);
	const contentType = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
	const isForm = contentType === 'multipart/form-data';
	const bytes = isForm ? undefined : Buffer.from(options.rawBody ?? '');
	const request = new WebhookRequest(method, headers, query, contentType, bytes);
	const isLeft = typeVersion > 1 && !PARSED_TYPES.test(contentType ?? '');
	if (isForm || isLeft) return request;
	try {
		request.read();
	} catch {
		return { status: 500, message: 'There was a problem executing the workflow' };
	}
	const parsed = parseBody(String(request.rawBody), contentType);
	if (!parsed) return { status: 422, message: 'Failed to parse request body' };
	request.body = parsed.body;
	return request;
}

function requestHeaders(options: WebhookRequestOptions): Record<string, string> {
	const headers: Record<string, string> = { 'content-type': 'application/json' };
	if (options.contentEncoding) headers['content-encoding'] = options.contentEncoding;
	for (const [name, value] of Object.entries(options.headers ?? {})) {
		headers[name.toLowerCase()] = value;
	}
	if (headers['content-type'] === '') delete headers['content-type'];
	return headers;
}

function decompress(bytes: Buffer, encoding: string | undefined): Buffer | undefined {
	try {
		if (encoding === 'gzip') return gunzipSync(bytes);
		if (encoding === 'deflate') return inflateSync(bytes);
		return bytes;
	} catch {
		return undefined;
	}
}

function parseBody(text: string, contentType: string | undefined): { body: unknown } | undefined {
	if (text === '') return { body: {} };
	switch (contentType) {
		case 'application/json':
			return parseJson(withoutBom(text));
		case 'application/x-www-form-urlencoded':
			return { body: parseQuery(withoutBom(text)) };
		case 'text/plain':
			return { body: text };
		default:
			return { body: {} };
	}
}

function withoutBom(text: string): string {
	return text.replace(/^\uFEFF/, '');
}

function parseJson(text: string): { body: unknown } | undefined {
	try {
		return { body: jsonParse(text) };
	} catch {
		return undefined;
	}
}
