import fc from 'fast-check';

import { sign } from '../../lab/scenario/account';
import { VirtualTime } from '../../lab/simulation/virtualTime';
import { BodyReader } from '../../nodes/Runflow/callback/body';
import { handleCallback } from '../../nodes/Runflow/callback/handle';
import type { Callback, Decision, Door } from '../../nodes/Runflow/callback/handle';
import { Load } from '../../nodes/Runflow/callback/load';

const LIMITS = { atOnce: 2, ownPlaces: 1, longestLine: 2, patienceMs: 1_000, placeMs: 5_000 };
const SECRET = 'whsec_1';
const BODY = '{"id":"1"}';
const STARTS: Decision = { status: 200, message: 'The workflow starts', start: [[{ json: {} }]] };

const never = async () => await new Promise<never>(() => {});

function receiver(time = new VirtualTime()) {
	const load = new Load(LIMITS, time);
	const bodies = new BodyReader(time);
	const arrive = async (change: Partial<Callback> = {}, door: Partial<Door> = {}) => {
		const callback: Callback = {
			signature: sign(BODY, SECRET),
			readBody: async () => await bodies.read({ headers: {}, rawBody: Buffer.from(BODY) }),
			readSecrets: async () => [SECRET],
			connect: never,
			...change,
		};
		const to: Door = { signed: 'always', load, account: '1', handle: async () => STARTS, ...door };
		return await handleCallback(callback, to);
	};
	return { time, bodies, arrive };
}

it('starts what is signed, with a secret that may be the second', async () => {
	const { arrive } = receiver();
	expect(await arrive()).toEqual(STARTS);
	expect(await arrive({ readSecrets: async () => ['whsec_2', SECRET] })).toEqual(STARTS);
});

it.each<[string, Partial<Callback>, Door['signed'], number]>([
	['no signature', { signature: undefined }, 'always', 401],
	['a wrong one', { signature: 'a'.repeat(64) }, 'always', 401],
	['no secret', { readSecrets: async () => [] }, 'always', 401],
	['a wrong one where a secret is set', { signature: 'a'.repeat(64) }, 'ifSecretIsSet', 401],
	['none where none is set', { readSecrets: async () => [], signature: '' }, 'ifSecretIsSet', 200],
	['none where none is asked for', { readSecrets: never, signature: '' }, 'never', 200],
])('with %s it answers as it should', async (_name, change, signed, status) => {
	const decision = await receiver().arrive(change, { signed });
	expect(decision.status).toBe(status);
	expect(decision.log?.text.startsWith('refused a callback: ') ?? false).toBe(status === 401);
});

it('reads neither body nor credential where no signature can be right', async () => {
	const { arrive } = receiver();
	const decision = await arrive({ signature: 'none', readBody: never, readSecrets: never });
	expect(decision.status).toBe(401);
});

it.each([
	['large', 413, 'The body is too large', undefined],
	['slow', 408, 'The body came too slowly', undefined],
	['busy', 503, 'Too many callbacks at once; deliver it again', '5'],
] as const)(
	'a body that is %s: %i, and the connection is not used again',
	async (why, status, message, retryAfter) => {
		const decision = await receiver().arrive({ readBody: async () => why });
		expect(decision).toMatchObject({ status, message, log: { level: 'warn' } });
		expect(decision.headers).toMatchObject({ Connection: 'close' });
		expect(decision.headers?.['Retry-After']).toBe(retryAfter);
	},
);

it('sends away who has to wait too long, with the time to come again', async () => {
	const { time, arrive } = receiver();
	const hanging = Array.from({ length: 5 }, async () => await arrive({}, { handle: never }));
	const [full] = await time.during(Promise.all(hanging.slice(4)));
	expect([full?.status, full?.headers, full?.log?.text]).toEqual([
		...[503, { 'Retry-After': '5' }],
		'got too many callbacks at once and asked for another delivery',
	]);
	expect(time.elapsed()).toBe(0);
});

it('forty senders that hold their bodies keep nobody from being answered', async () => {
	const { time, bodies, arrive } = receiver();
	const held = { headers: { 'content-length': '100' }, readRawBody: never };
	const holding = Array.from({ length: 40 }, async () => {
		return await arrive({
			signature: 'a'.repeat(64),
			readBody: async () => await bodies.read(held),
		});
	});
	expect(await arrive()).toEqual(STARTS);
	expect(Math.round(time.elapsed())).toBe(0);
	const answers = await time.during(Promise.all(holding));
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([408]));
	expect(answers[0]?.headers).toEqual({ Connection: 'close' });
	expect(time.elapsed()).toBeLessThan(5_001);
});

it.each<[string, Partial<Callback>, Partial<Door>]>([
	['the credential', { readSecrets: never }, {}],
	[
		'the connection',
		{},
		{ handle: async (_, connect) => [await connect()].map(() => STARTS)[0] ?? STARTS },
	],
	['the handler', {}, { handle: never }],
])('frees its place when %s does not come to an end', async (_what, change, door) => {
	const { time, arrive } = receiver();
	const hanging = Array.from({ length: 2 }, async () => await arrive(change, door));
	const answers = await time.during(Promise.all(hanging));
	expect(answers.map(({ status }) => status)).toEqual([503, 503]);
	expect(answers[0]?.headers).toEqual({ 'Retry-After': '5' });
	expect(await arrive()).toEqual(STARTS);
});

it('asks at the last moment, and not at all when its place is gone', async () => {
	const { time, arrive } = receiver();
	const other: Decision = { status: 200, message: 'It has started already' };
	expect(await arrive({}, { handle: async () => ({ ...STARTS, claim: () => other }) })).toBe(other);
	const claim = jest.fn(() => undefined);
	const late = arrive(
		{},
		{
			handle: async () => {
				await time.sleep(6_000);
				return { ...STARTS, claim };
			},
		},
	);
	expect((await time.during(late)).status).toBe(503);
	await time.during(time.sleep(10_000));
	expect(claim).not.toHaveBeenCalled();
});

it('what it asks of the API ends with the callback, unless it has a signal of its own', async () => {
	const signals: AbortSignal[] = [];
	const connect = async (signal: AbortSignal) => void signals.push(signal) as never;
	const own = new AbortController();
	await receiver().arrive(
		{ connect },
		{
			handle: async (_, to) => {
				await to();
				await to(own.signal);
				return STARTS;
			},
		},
	);
	expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
});

it('answers whatever senders do, each within its time', async () => {
	const step = fc.option(fc.integer({ min: 0, max: 20_000 }), { freq: 4 });
	const sender = fc.record({
		at: fc.integer({ min: 0, max: 5_000 }),
		account: fc.constantFrom('1', '2'),
		body: step,
		secrets: step,
		handling: step,
		isGenuine: fc.boolean(),
		throws: fc.boolean(),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(sender, { minLength: 1, maxLength: 30 }), async (senders) => {
			const { time, bodies, arrive } = receiver();
			const after = async (ms: number | null) => await (ms === null ? never() : time.sleep(ms));
			const one = async (each: (typeof senders)[number]) => {
				await time.sleep(each.at);
				const since = time.elapsed();
				const request = {
					headers: {},
					rawBody: undefined as unknown,
					readRawBody: async () => {
						await after(each.body);
						request.rawBody = Buffer.from(BODY);
					},
				};
				const change: Partial<Callback> = {
					readBody: async () => await bodies.read(request),
					readSecrets: async () => {
						await after(each.secrets);
						return [SECRET];
					},
					...(!each.isGenuine && { signature: 'b'.repeat(64) }),
				};
				const handle = async () => {
					await after(each.handling);
					if (each.throws) throw new Error('no');
					return STARTS;
				};
				const status = await arrive(change, { account: each.account, handle }).then(
					(decision) => (decision.start ? 'starts' : decision.status),
					() => 'thrown',
				);
				return { status, took: time.elapsed() - since, isGenuine: each.isGenuine };
			};
			const all = await time.during(Promise.all(senders.map(one)));
			expect(Math.max(...all.map(({ took }) => took))).toBeLessThanOrEqual(11_201);
			expect(all.filter(({ status, isGenuine }) => status === 'starts' && !isGenuine)).toEqual([]);
			expect(await arrive({}, { account: '3' })).toEqual(STARTS);
		}),
		{ numRuns: 200 },
	);
});
