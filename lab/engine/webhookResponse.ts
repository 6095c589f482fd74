/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { EventEmitter } from 'node:events';

/** What the caller of a webhook got. */
export interface SentResponse {
	status: number;
	/** An object if it was sent as JSON, else the text; undefined without a body. */
	body: unknown;
	/** Names in lower case. */
	headers: Record<string, string>;
	ended: boolean;
}

/** What a node sees of an express response; remembers what was sent. */
export class WebhookResponse extends EventEmitter {
	statusCode = 200;

	private readonly sentHeaders: Record<string, string> = {};

	private body: unknown;

	private ended = false;

	get headersSent(): boolean {
		return this.ended;
	}

	get writableEnded(): boolean {
		return this.ended;
	}

	get sent(): SentResponse {
		const { statusCode, body, sentHeaders, ended } = this;
		return { status: statusCode, body, headers: { ...sentHeaders }, ended };
	}

	status(code: number): this {
		this.assertOpen();
		this.statusCode = code;
		return this;
	}

	sendStatus(code: number): this {
		return this.status(code).end();
	}

	setHeader(name: string, value: string | number): this {
		this.assertOpen();
		this.sentHeaders[name.toLowerCase()] = String(value);
		return this;
	}

	set(name: string, value: string | number): this {
		return this.setHeader(name, value);
	}

	header(name: string, value: string | number): this {
		return this.setHeader(name, value);
	}

	type(value: string): this {
		return this.setHeader('content-type', value);
	}

	getHeader(name: string): string | undefined {
		return this.sentHeaders[name.toLowerCase()];
	}

	writeHead(code: number, headers: Record<string, string | number> = {}): this {
		this.status(code);
		for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
		return this;
	}

	json(body: unknown): this {
		this.type('application/json');
		return this.end(body);
	}

	send(body?: unknown): this {
		return typeof body === 'object' && body !== null && !Buffer.isBuffer(body)
			? this.json(body)
			: this.end(body);
	}

	/** A second `end` changes nothing, as in Node. */
	end(body?: unknown): this {
		if (this.ended) return this;
		this.body = Buffer.isBuffer(body) ? body.toString() : body;
		this.ended = true;
		this.emit('finish');
		this.emit('close');
		return this;
	}

	private assertOpen(): void {
		if (this.ended) throw new Error('Cannot set headers after they are sent to the client');
	}
}
