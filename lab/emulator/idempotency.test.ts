import { useEmulator } from '../scenario/useEmulator';
import { TestClient, until } from './testClient';

const emulator = useEmulator();
const client = new TestClient(emulator);

afterAll(async () => await client.close());

const KEY = { 'idempotency-key': 'k' };

it.each([
	[409 as const, 409, 1],
	[422 as const, 422, 1],
	['replay' as const, 202, 1],
	['ignore' as const, 202, 2],
])('a known key with another body: %s', async (idempotencyConflictStatus, status, existing) => {
	emulator.configure({ idempotencyConflictStatus });
	const first = await client.submit({ client_ref: 'a' }, KEY);
	const other = await client.submit({ client_ref: 'b' }, KEY);
	expect([other.status, emulator.evaluations.length]).toEqual([status, existing]);
	const same = await client.submit({ client_ref: 'a' }, KEY);
	expect([same.body.id, emulator.evaluations.length]).toEqual([first.body.id, existing]);
});

it('a known key is in progress for a while', async () => {
	emulator.configure({ idempotencyInProgressMs: 60 });
	const { body } = await client.submit({}, KEY);
	expect(await client.submit({}, KEY)).toMatchObject({
		status: 409,
		body: { code: 'IDEMPOTENCY_IN_PROGRESS' },
	});
	const again = await until(async () => {
		const answer = await client.submit({}, KEY);
		return answer.status === 202 && answer;
	});
	expect(again.body.id).toBe(body.id);
});

it('may work on a few at a time', async () => {
	emulator.configure({ worksOnAtOnce: 2, latency: { distribution: 'fixed', minMs: 50 } });
	const ids: unknown[] = [];
	for (let row = 0; row < 6; row++) ids.push((await client.submit()).body.id);
	await Promise.all(ids.map(async (id) => await client.finished(id)));
	const [first, , third, , fifth] = emulator.evaluations.map(({ finishedAt }) => finishedAt ?? 0);
	expect((third ?? 0) - (first ?? 0)).toBeGreaterThan(40);
	expect((fifth ?? 0) - (third ?? 0)).toBeGreaterThan(40);
});

it('may answer with the id alone, with ids in upper case, and about another evaluation', async () => {
	emulator.configure({ submitAnswer: 'idOnly', upperCaseIds: true });
	const { id } = (await client.submit()).body;
	const other = (await client.submit()).body;
	expect(other).toEqual({ id: other.id });
	const path = `/v1/evaluations/${String(id)}`;
	expect((await client.call('GET', path)).body.id).toBe(String(id).toUpperCase());
	emulator.failNext('otherEvaluation');
	expect((await client.call('GET', path)).body.id).toBe(String(other.id).toUpperCase());
});
