import type { INodeExecutionData } from 'n8n-workflow';

import type { Attempt } from '../../../nodes/Runflow/api/attempt';
import type { Evaluation } from '../../../nodes/Runflow/api/types';
import { decideResume } from '../../../nodes/Runflow/operations/parking/decide';
import { passed, refused, run, running, UNTIL } from './parkedRun';
import type { Looks } from './parkedRun';

const verdicts = (start: INodeExecutionData[][] | undefined) =>
	start?.map((items) => items.map(({ json }) => json.verdict));

it('goes on once all are finished, says the API', async () => {
	const { call, claimed } = run();
	const decision = await call();
	expect([decision.status, verdicts(decision.start)]).toEqual([
		200,
		[[], [], ['passed', 'passed']],
	]);
	expect(claimed).toEqual([]);
	expect(decision.claim?.()).toBeUndefined();
	expect(claimed).toHaveLength(1);
});

it.each<[string, Looks, string, number]>([
	['another is open', { b: running('b') }, 'a', 200],
	['the named one is open', { b: running('b') }, '{"id":"B"}', 503],
	['one is not known', { a: refused('missing', 404) }, '', 503],
])('stays parked when %s', async (_name, looks, body, status) => {
	const decision = await run(looks).call(body);
	expect([decision.status, decision.start]).toEqual([status, undefined]);
});

it('says in the log that the account does not know an evaluation', async () => {
	const { log } = await run({ a: refused('missing', 404) }).call();
	expect(log).toEqual({ level: 'warn', text: expect.stringContaining('another account') });
});

it('looks at the named one first, and no further when that is open', async () => {
	const ids = ['a', 'b', 'c', 'd', 'e'];
	const { call, asked } = run({ d: running('d') }, { ids });
	await call('about d.');
	expect(asked).toEqual(['d']);
});

/** By the status that its API answers a look with: what a client makes of it. */
const REFUSALS: Array<[string, Attempt<Evaluation>]> = [
	...[302, 400, 405, 409, 410, 413, 422].map((status): (typeof REFUSALS)[number] => [
		`${status}`,
		refused('rejected', status),
	]),
	...[401, 402, 403].map((status): (typeof REFUSALS)[number] => [
		`${status}`,
		refused('closed', status),
	]),
	...[429].map((status): (typeof REFUSALS)[number] => [`${status}`, refused('busy', status)]),
	...[408, 500, 502, 503, 504, 520].map((status): (typeof REFUSALS)[number] => [
		`${status}`,
		refused('retry', status),
	]),
	['404', refused('missing', 404)],
	['a conflict', refused('conflict', 409)],
	['no answer', refused('retry')],
	['a stop', refused('stopped')],
	['another evaluation', { ok: true, value: passed('other') }],
];
const ROWS: Array<[string, Array<string | null>, string[]]> = [
	['1', ['a'], ['a']],
	['2', ['a', 'b'], ['a', 'b']],
	['3', ['a', 'b', 'c'], ['a', 'b', 'c']],
	['the last unknown of 3', ['a', 'b', 'c'], ['c']],
	['1 beside a row in error', [null, 'b'], ['b']],
];

describe.each(ROWS)('%s not to be seen', (_rows, ids, unseen) => {
	it.each(REFUSALS)(
		'for %s: no callback ends the wait, nor does the next one',
		async (_why, answer) => {
			const { call, looks } = run(Object.fromEntries(unseen.map((id) => [id, answer])), { ids });
			for (const body of ['', unseen[0]]) {
				const decision = await call(body);
				expect([decision.status, decision.start]).toEqual([503, undefined]);
				if (answer.ok || answer.failure.reaction !== 'busy')
					expect(decision.log?.level).toBe('warn');
			}
			for (const id of unseen) delete looks[id];
			const { start } = await run(looks, { ids }).call();
			expect(start?.flat()).toHaveLength(ids.length);
		},
	);
});

describe('what n8n has stored', () => {
	const lastNight = () => ({ json: { verdict: 'passed', overall_passed: true, id: 'old' } });

	it.each([
		['beyond the rows that were parked', ['a'], [[], [], ['passed']]],
		[
			'of rows without an evaluation',
			['a', null, null],
			[['no_verdict', 'no_verdict'], [], ['passed']],
		],
	])('is never a verdict %s', async (_name, ids, expected) => {
		const { call, world } = run({}, { ids });
		world.items = [lastNight(), lastNight(), lastNight()];
		const { start } = await call();
		expect(verdicts(start)).toEqual(expected);
		expect(JSON.stringify(start)).not.toContain('old');
	});

	it('is not needed: each row has its verdict, with the files that are there', async () => {
		const { call, world } = run({}, { split: false });
		const file = { mimeType: 'image/png', data: '' };
		world.items = [{ json: { input: { row: 7 } }, binary: { data: file } }];
		const { start: [items = []] = [] } = await call();
		expect(items.map(({ json }) => [json.id, json.verdict, json.input])).toEqual([
			['a', 'passed', { row: 7 }],
			['b', 'passed', undefined],
		]);
		expect(items.map(({ binary }) => binary?.data)).toEqual([file, undefined]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('of a row in error stays, but for what speaks for its image', async () => {
		const { call, world } = run({}, { ids: [null, null] });
		const bare = { error: 'bad', message: 'bad', details: { a: 1 } };
		const spoken = {
			verdict: 'passed',
			passed: true,
			overall_passed: true,
			weighted_pass_rate: 0.9,
		};
		world.items = [{ json: bare }, { json: { ...bare, ...spoken } }];
		const { start = [] } = await call();
		expect(start.map((items) => items.map(({ json }) => json))).toEqual([
			[
				bare,
				{
					...bare,
					...{
						verdict: 'no_verdict',
						passed: false,
						overall_passed: null,
						weighted_pass_rate: null,
					},
				},
			],
			...[[], []],
		]);
	});
});

describe('the time to wait', () => {
	it('is over: a callback is of no use any more and costs no look', async () => {
		const { call, asked, world } = run();
		world.now = UNTIL;
		const decision = await call();
		expect([decision.status, decision.start, asked]).toEqual([503, undefined, []]);
		expect(decision.log?.text).toContain('after the timeout');
	});

	it('may end while it looks', async () => {
		const { call, claimed, world } = run();
		world.now = UNTIL - 1;
		const decision = await call();
		world.now = UNTIL;
		expect([decision.claim?.()?.status, claimed]).toEqual([503, []]);
	});
});

it('goes on once: others are asked to come again, before they look and after', async () => {
	const { call, asked, claimed, world } = run();
	const decision = await call();
	world.goingOn = true;
	expect([decision.claim?.()?.status, claimed]).toEqual([503, []]);
	const looks = asked.length;
	expect([(await call()).status, asked.length]).toEqual([503, looks]);
});

it('a record that cannot be read is told, and asked about again', async () => {
	const decision = await decideResume(Buffer.from(''), {
		parked: undefined,
		readItems: () => [],
		sight: async () => await Promise.reject(new Error('no')),
		now: () => 0,
		isGoingOn: () => false,
		claim: () => {},
	});
	expect([decision.status, decision.log?.level]).toEqual([503, 'warn']);
});
