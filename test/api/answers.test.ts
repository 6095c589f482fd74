import { hiding } from '../../nodes/Runflow/api/errorBody';
import { readHttpAnswer } from '../../nodes/Runflow/api/http';
import { networkCode, traceIn } from '../../nodes/Runflow/api/networkError';

describe('an answer', () => {
	it('is read with care', () => {
		const headers = { a: 'b' };
		const read = { status: 200, headers, body: 'x' };
		expect(readHttpAnswer({ statusCode: 200, headers, body: 'x' })).toEqual(read);
		expect(readHttpAnswer({ statusCode: 204 })).toEqual({ status: 204, headers: {} });
		for (const none of [undefined, null, 'text', {}, { statusCode: '200' }]) {
			expect(readHttpAnswer(none)).toBeUndefined();
		}
	});

	it.each([
		['rf_live_secret', 'no rf_live_secret, rf_live_secret', 'no rf_live_…, rf_live_…'],
		[' rf_live_secret\n', 'rf_live_secret', 'rf_live_…'],
		['key/with+signs', 'key%2Fwith%2Bsigns key/with+signs', '… …'],
		['a"quote"', 'said \\"a\\"quote\\"\\"', 'said \\"…\\"'],
		['sixsix', 'sixsix', '…'],
		[
			'rf_live_s/c',
			'"rf_live_s\\/c" "rf\\u005flive_s\\u002Fc" "rf%5flive%5Fs/c"',
			'"rf_live_…" "rf_live_…" "rf_live_…"',
		],
		['a.b*c+d', 'aXbbbc+d a.b*c+d a\\u002eb*c%2bd', 'aXbbbc+d … …'],
		['short', 'a short text', 'a short text'],
		['other_rf_live_secret', 'other_rf_live_secret', '…'],
		[undefined, 'undefined', 'undefined'],
		[{ a: 1 }, '[object Object]', '[object Object]'],
	])('never shows the key %j', (key, text, shown) => {
		expect(hiding(key)(text)).toBe(shown);
	});
});

describe('a network error', () => {
	const because = (properties: object) =>
		new Error('wrapped', { cause: Object.assign(new Error('inner'), properties) });
	const URL = 'https://api.runflow.io/v1';

	it.each([
		[because({ code: 'ECONNRESET' }), 'ECONNRESET'],
		[because({ httpCode: 'ECONNABORTED' }), 'ECONNABORTED'],
		[because({ errors: [Object.assign(new Error('one'), { code: 'EPIPE' })] }), 'EPIPE'],
		[because({ errors: [{ code: 'EPIPE' }] }), undefined],
		[because({ code: 404 }), undefined],
		[because({ code: ['EPIPE'] }), undefined],
		[because({ code: 'EIO' }), undefined],
		[because({ code: 'xECONNRESET' }), undefined],
		[because({ code: 'ECONNRESETx' }), undefined],
		['no error', undefined],
	])('has a code', (error, code) => {
		expect(networkCode(error)).toBe(code);
	});

	it.each([
		[{ port: 443, address: '1.2.3.4' }, URL, undefined],
		[{ port: 3128, address: '1.2.3.4' }, URL, '1.2.3.4:3128'],
		[{ port: 80, address: '1.2.3.4' }, 'http://api.runflow.io', undefined],
		[{ port: 443, address: '1.2.3.4' }, 'http://api.runflow.io', '1.2.3.4:443'],
		[{ port: 8443, address: '1.2.3.4' }, 'https://api.runflow.io:8443/', undefined],
		[{ port: 3128 }, URL, undefined],
		[{ port: '3128', address: '1.2.3.4' }, URL, undefined],
		[{ port: 3128, address: 1 }, URL, undefined],
		[{ hostname: 'proxy.lan' }, URL, 'proxy.lan'],
		[{ hostname: 'api.runflow.io' }, URL, undefined],
		[{ hostname: 7 }, URL, undefined],
		[{ port: 3128, address: '1.2.3.4' }, 'no address', undefined],
	])('tells of a proxy: %j for %s', (properties, url, proxy) => {
		expect(traceIn(because(properties), url)).toEqual({ proxy });
	});

	it('tells what n8n itself did not send', () => {
		const refusal = (name: string) => Object.assign(new Error('Blocked'), { name });
		expect(traceIn(refusal('SsrfError'), URL)).toEqual({ blocked: 'Blocked' });
		expect(traceIn(refusal('NoSsrfError'), URL)).toEqual({});
	});
});
