const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** A Base URL that cannot be used: what is wrong and what to do, each in a sentence. */
export interface BaseUrlProblem {
	problem: string;
	advice: string;
}

/**
 * The root of the API without a trailing slash, from the credential's Base URL.
 * The API key travels with every request, so plain http is accepted on this machine only.
 */
export function readBaseUrl(value: unknown): { url: string } | BaseUrlProblem {
	const parsed = parseUrl(typeof value === 'string' ? value.trim() : '');
	const secure = parsed?.protocol === 'https:';
	const local = parsed?.protocol === 'http:' && LOOPBACK.includes(parsed.hostname);
	if (parsed === undefined || !(secure || local)) {
		return {
			problem: "The Base URL of the Runflow API credential must start with 'https://'",
			advice: 'Open the credential and correct it. Usually it is https://api.runflow.io',
		};
	}
	const { username, password, search, hash, origin, pathname } = parsed;
	if (username + password + search + hash !== '') {
		return {
			problem: 'The Base URL of the Runflow API credential must be a plain address',
			advice:
				'Open the credential and remove user name, password, ? and # from the address. Usually it is https://api.runflow.io',
		};
	}
	return { url: (origin + pathname).replace(/\/+$/, '') };
}

function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}
