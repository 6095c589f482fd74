import { readBaseUrl } from '../../nodes/Runflow/api/baseUrl';

it.each([
	['https://api.runflow.io', 'https://api.runflow.io'],
	['https://api.runflow.io/', 'https://api.runflow.io'],
	['  https://api.runflow.io//  ', 'https://api.runflow.io'],
	['HTTPS://API.Runflow.io', 'https://api.runflow.io'],
	['https://eu.example.com:8443/runflow/', 'https://eu.example.com:8443/runflow'],
	['http://localhost:4010', 'http://localhost:4010'],
	['http://127.0.0.1:4010/', 'http://127.0.0.1:4010'],
	['http://[::1]:4010', 'http://[::1]:4010'],
])('takes %j', (given, url) => {
	expect(readBaseUrl(given)).toEqual({ url });
});

const NO_HTTPS = 'insecure';
const NOT_PLAIN = 'unusable';

it.each([
	['http://api.runflow.io', NO_HTTPS],
	['http://localhost.example.com', NO_HTTPS],
	['http://127.0.0.1.example.com', NO_HTTPS],
	['http://localhost@example.com', NO_HTTPS],
	['http://10.0.0.1', NO_HTTPS],
	['ftp://api.runflow.io', NO_HTTPS],
	['file:///etc/passwd', NO_HTTPS],
	['api.runflow.io', NO_HTTPS],
	['nonsense', NO_HTTPS],
	['', NO_HTTPS],
	['https://', NO_HTTPS],
	[undefined, NO_HTTPS],
	[42, NO_HTTPS],
	['https://user:pass@api.runflow.io', NOT_PLAIN],
	['https://:pass@api.runflow.io', NOT_PLAIN],
	['https://api.runflow.io/?key=1', NOT_PLAIN],
	['https://api.runflow.io/#/v1', NOT_PLAIN],
])('refuses %j', (given, problem) => {
	expect(readBaseUrl(given)).toEqual({ problem });
});

it('takes no time for an endless address', () => {
	const startedAt = performance.now();
	for (const end of ['', 'a']) {
		const baseUrl = `https://api.runflow.io/${'/'.repeat(100_000)}${end}`;
		expect(readBaseUrl(baseUrl)).toEqual({ problem: NOT_PLAIN });
	}
	expect(performance.now() - startedAt).toBeLessThan(500);
});
