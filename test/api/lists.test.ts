import type { Http } from '../../nodes/Runflow/api/http';
import { RunflowClient } from '../../nodes/Runflow/api/client';
import { readBalance, readEvaluationPage } from '../../nodes/Runflow/api/read';

const RUN = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
const row = (id: string, created_at: string) => ({ id, status_code: 'completed', created_at });
const OLD = row('old', '2026-07-01T10:00:00+00:00');
const NEW = row('new', '2026-07-01T10:00:01+00:00');

describe('the evaluations of a run', () => {
	it.each([
		['a bare list', [OLD, NEW]],
		['items', { items: [OLD, NEW] }],
		['data', { data: [OLD, NEW], next_pq: null }],
	])('come newest first from %s', (_, body) => {
		expect(readEvaluationPage(body)).toEqual({ evaluations: [NEW, OLD], isCut: false });
	});

	it.each([
		[{ next_pq: 'abc' }, { pq: 'abc' }],
		[{ next: 'abc', has_more: true }, { pq: 'abc' }],
		[{ next_pq: '/w8+eyJpZCI6MX0=' }, { pq: '/w8+eyJpZCI6MX0=' }],
		[{ next: 'https://elsewhere.example/v1/runs?limit=5&pq=a%20b' }, { limit: '5', pq: 'a b' }],
		[{ next: '/v1/runs?page=2' }, { page: '2' }],
	])('go on after %j', (more, next) => {
		const page = { evaluations: [], next, isCut: false };
		expect(readEvaluationPage({ items: [], ...more })).toEqual(page);
	});

	it.each([[{ has_more: true }], [{ next: 'https://elsewhere.example/v1/runs' }]])(
		'are not all there in %j',
		(more) => {
			expect(readEvaluationPage({ items: [], ...more })).toEqual({ evaluations: [], isCut: true });
		},
	);

	it.each([[{}], [null], ['<html>'], [{ items: null }]])('are not read from %j', (body) => {
		expect(readEvaluationPage(body)).toBeUndefined();
	});

	it('are not read without one of them, for which an older one would stand', () => {
		expect(readEvaluationPage([{ id: 'x' }, OLD])).toBeUndefined();
	});

	it("never are another run's", async () => {
		const body = [{ ...OLD, run_id: RUN.replace('0190', '0191') }];
		const http: Http = {
			send: async () => ({ status: 200, headers: {}, body }),
			isStopped: () => false,
		};
		const client = new RunflowClient(http, 'https://api.example.com');
		expect(await client.runEvaluations(RUN)).toMatchObject({
			ok: false,
			failure: { kind: 'unrelated' },
		});
	});
});

describe('the balance', () => {
	it.each([
		[{ balance: '12.350000', low_balance_threshold: '5.0' }, '12.350000', '5.0'],
		[{ balance: 3.5, low_balance_threshold: null }, '3.5', undefined],
		[{ balance_cents: 12450, currency: 'usd' }, '124.50', undefined],
		[{ data: { balance: '-0.10' } }, '-0.10', undefined],
	])('of %j', (body, balance, lowBalanceThreshold) => {
		expect(readBalance(body)).toEqual({ balance, currency: 'USD', lowBalanceThreshold });
	});

	it.each([[{ balance: null }], [{ balance: 'much' }], [{}], [null], ['12']])(
		'is unknown from %j',
		(body) => {
			expect(readBalance(body)).toBeUndefined();
		},
	);
});
