import type { IHttpRequestOptions } from 'n8n-workflow';

type SendRequest = (options: IHttpRequestOptions) => Promise<unknown>;

/** That a server is reached without a proxy is not asked anew for so long. */
const KNOWN_MS = 60_000;
const PATIENCE_MS = 5_000;

const asked = new Map<string, { isProxied: Promise<boolean>; until: number }>();

/**
 * Whether a proxy of n8n would read what is sent to an address: it would with `http://`. What a client
 * sends to a proxy names the whole address in its first line (RFC 9112, 3.2.2): a request is begun,
 * looked at and given up before a byte of it is sent, since a node cannot read HTTP_PROXY and NO_PROXY.
 * False where nothing can be seen.
 */
export async function isExposed(address: string, sendRequest: SendRequest): Promise<boolean> {
	if (!/^http:/i.test(address)) return false;
	const now = performance.now();
	for (const [other, { until }] of asked) if (until < now) asked.delete(other);
	const known = asked.get(address) ?? {
		isProxied: begin(address, sendRequest),
		until: now + KNOWN_MS,
	};
	asked.set(address, known);
	const isProxied = await known.isProxied;
	if (isProxied) asked.delete(address);
	return isProxied;
}

async function begin(address: string, sendRequest: SendRequest): Promise<boolean> {
	const line = new FirstLine();
	const options: IHttpRequestOptions = {
		method: 'POST',
		url: address,
		headers: { 'Content-Type': 'application/octet-stream' },
		body: line,
		timeout: PATIENCE_MS,
		disableFollowRedirect: true,
	};
	await sendRequest(options).catch(() => {});
	return /^https?:/i.test(line.target);
}

/** What a stream can be piped to: a request, or another stream on the way to it. */
interface Pipe {
	path?: unknown;
	once(event: string, listener: () => void): unknown;
	destroy(error: Error): unknown;
	pipe?: (to: Pipe) => unknown;
}

/** An endless body that notes where the request goes to which it is to be written, and ends it. */
class FirstLine {
	target = '';

	pipe(to: Pipe): Pipe {
		if (typeof to.path === 'string') {
			to.once('socket', () => {
				this.target = String(to.path);
				to.destroy(new Error('Given up before anything was sent'));
			});
		} else {
			to.pipe = (next) => this.pipe(next);
		}
		return to;
	}

	on = () => this;
	once = this.on;
	off = this.on;
	addListener = this.on;
	removeListener = this.on;
	emit = () => false;
	destroy = () => this;
}
