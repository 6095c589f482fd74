const PRIVATE_HOST =
	/^(localhost|.*\.(local|localhost|internal)|0\.0\.0\.0|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|\[::1\]|\[f[cd].*\])$/i;

/**
 * Whether a service at `serviceUrl` cannot call `url` back, as far as the addresses tell: an address
 * of this machine or of a private network, while the service itself is somewhere else.
 */
export function isOutOfReach(url: string, serviceUrl: string): boolean {
	return isPrivate(url) && !isPrivate(serviceUrl);
}

function isPrivate(url: string): boolean {
	try {
		return PRIVATE_HOST.test(new URL(url).hostname);
	} catch {
		return false;
	}
}
