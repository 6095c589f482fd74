const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]'];

/** A URL; undefined for text that is none. */
export function parseUrl(text: string, base?: string): URL | undefined {
	try {
		return new URL(text, base);
	} catch {
		return undefined;
	}
}

/** Whether the host of a URL is this machine. */
export function isThisMachine({ hostname }: URL): boolean {
	return THIS_MACHINE.includes(hostname);
}

/** Whether nobody on the way can read what is sent there: https, or http that stays on this machine. */
export function isConfidential(url: URL): boolean {
	return url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url));
}
