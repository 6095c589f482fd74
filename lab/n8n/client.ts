import { isRecord, readOptionalString, readRecord, readString } from './read';
import { isAtLeast } from './versions';

export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

export const OWNER: Owner = {
	email: 'owner@example.com',
	password: 'Runflow-2026',
	firstName: 'Olive',
	lastName: 'Owner',
};

/** An answer of n8n's REST API that is no success. */
export class N8nRestError extends Error {
	constructor(
		readonly status: number,
		readonly body: unknown,
		request: string,
	) {
		const message = isRecord(body) ? readOptionalString(body, 'message') : undefined;
		super(`${request} answered ${status}: ${message ?? JSON.stringify(body)}`);
	}
}

/** Speaks n8n's internal REST API as the editor does: JSON and a login cookie. */
export class N8nClient {
	private cookie = '';
	private version?: string;

	constructor(readonly url: string) {}

	/** Creates the owner of a fresh n8n and logs in. */
	async setUpOwner(owner: Owner = OWNER): Promise<void> {
		await this.send('POST', '/rest/owner/setup', owner);
	}

	/** Logs in; needed again only in a new client. */
	async login(owner: Owner = OWNER): Promise<void> {
		const { email, password } = owner;
		await this.send('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/**
	 * Sends a request and returns what the answer wraps in `data`, or the whole JSON when it wraps
	 * nothing. Throws an `N8nRestError` for a status outside 2xx.
	 */
	async send(method: string, path: string, body?: unknown): Promise<unknown> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			// A busy n8n closes idle connections just when the next request takes one.
			headers: { 'content-type': 'application/json', cookie: this.cookie, connection: 'close' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const answer = parseJson(await response.text());
		if (!response.ok) throw new N8nRestError(response.status, answer, `${method} ${path}`);
		this.keepCookies(response.headers.getSetCookie());
		return isRecord(answer) && 'data' in answer ? answer.data : answer;
	}

	/** A file that n8n stores. */
	async download(path: string): Promise<Buffer> {
		const response = await fetch(`${this.url}${path}`, { headers: { cookie: this.cookie } });
		if (!response.ok) throw new N8nRestError(response.status, '', `GET ${path}`);
		return Buffer.from(await response.arrayBuffer());
	}

	/** Whether this n8n is that version or newer. */
	async isAtLeast(wanted: string): Promise<boolean> {
		if (this.version === undefined) {
			const settings = readRecord(await this.send('GET', '/rest/settings'), 'settings');
			this.version = readString(settings, 'versionCli');
		}
		return isAtLeast(this.version, wanted);
	}

	private keepCookies(cookies: string[]): void {
		const pairs = cookies.map((cookie) => cookie.split(';')[0] ?? '');
		if (pairs.length > 0) this.cookie = pairs.join('; ');
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
