import { simulate } from '../../lab/simulation/simulate';
import { answered } from '../../lab/simulation/simulatedAccount';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const PAGE = '<!doctype html><title>Blocked</title>';

it.each([
	['302', answered(302, PAGE)],
	['401 page', answered(401, PAGE)],
	['403 page', answered(403, PAGE)],
	['403 of a firewall', answered(403, 'Forbidden')],
	['403 of a gateway', answered(403, { detail: 'Forbidden' }), 10_000],
	['402', answered(402)],
	['405', answered(405, PAGE)],
	['418', answered(418)],
	['404', answered(404, PAGE)],
])('%s once or for some time', async (_what, fault, forMs = 30_000) => {
	const { kinds } = await simulate({
		items: 20,
		account: {
			lookFault: (_id, look, now) =>
				look === 30 || (now > 30_000 && now < 30_000 + forMs) ? fault : undefined,
		},
	});
	expect(new Set(kinds)).toEqual(new Set(['done']));
});

it.each([
	['302 page', answered(302, PAGE)],
	['403 page', answered(403, PAGE)],
	['401 of a gateway', answered(401, { message: 'Unauthorized' })],
	['405 page', answered(405, PAGE)],
])('%s as the first answer there is', async (_what, fault) => {
	const { kinds } = await simulate({
		items: ['e0', 'e1', 'e2'].map((id, index) => ({ index, id })),
		account: { lookFault: (_id, _look, now) => (now < 10_000 ? fault : undefined) },
		plan: (_time, account) => {
			for (const id of ['e0', 'e1', 'e2']) account.existing(id, 20_000);
		},
	});
	expect(new Set(kinds)).toEqual(new Set(['done']));
});

const CONTINUE = { stopOnFailure: false };

it.each([
	['403 page', answered(403, PAGE)],
	['401 page', answered(401, PAGE)],
	['403 of a firewall', answered(403, 'Request blocked')],
	['403 of a gateway', answered(403, { message: 'Forbidden' })],
	['406 page', answered(406, PAGE)],
])('%s to the submits of some rows: they alone are not judged', async (_what, fault) => {
	const refused = (index: number) => index < 7 || index === 100;
	const { kinds } = await simulate({
		items: 200,
		options: CONTINUE,
		account: { submitFault: (index) => (refused(index) ? fault : undefined) },
	});
	expect(kinds).toEqual(kinds.map((_, index) => (refused(index) ? 'failed' : 'done')));
});

it.each([
	['403 page', answered(403, PAGE)],
	['404 page', answered(404, PAGE)],
	['302', answered(302, '')],
])('%s to every submit: only the first are tried', async (_what, fault) => {
	const { account, kinds } = await simulate({
		items: 200,
		options: CONTINUE,
		account: { submitFault: () => fault },
	});
	expect(account.submits).toBeLessThan(30);
	expect(kinds.filter((kind) => kind === 'notSubmitted').length).toBeGreaterThan(170);
});

it.each([
	['401', answered(401)],
	['401 without a code', answered(401, { detail: 'Not authenticated' })],
	['402', answered(402)],
	['403', answered(403)],
])('%s in the words of the API ends the submitting', async (_what, fault) => {
	const { account, kinds } = await simulate({
		items: 200,
		options: CONTINUE,
		account: { submitFault: (index) => (index >= 20 ? fault : undefined) },
	});
	expect(account.submits).toBeLessThan(60);
	expect(kinds.filter((kind) => kind === 'done')).toHaveLength(20);
});

it('unless it is all that ever comes: then the address is wrong', async () => {
	const { kinds, elapsedMs } = await simulate({
		items: [{ index: 0, id: 'e0' }],
		account: { lookFault: () => answered(302, PAGE) },
	});
	expect(kinds).toEqual(['failed']);
	expect(elapsedMs).toBeLessThan(MINUTE);
});
