import type { Attempt } from '../../nodes/Runflow/api/attempt';
import type { Evaluation } from '../../nodes/Runflow/api/types';
import { Claims } from '../../nodes/Runflow/billing/claims';
import { makeKey } from '../../nodes/Runflow/billing/keys';
import { Store } from '../../nodes/Runflow/billing/store';
import { deskOf, rowOf, submissionOf } from './desk';

const named = (client_ref?: string) =>
	rowOf({ submission: submissionOf({ facts: { task_type: 't', client_ref } }) });
const evaluation = (client_ref?: string | null, id = 'e-1'): Evaluation => ({
	...{ id, status_code: 'completed', client_ref },
});

const ORDINAL = { node: 'A', round: 1, index: 2 };

describe('an evaluation can be the answer to a row', () => {
	it.each([
		['without a reference', undefined, 'b', true],
		['with the same reference', 'a', ' a ', true],
		['with another reference', 'a', 'b', false],
		['with none', 'a', undefined, true],
		['with null', 'a', null, true],
	])('%s', (_, asked, echoed, can) => {
		const claims = new Claims(new Store(deskOf()));
		expect(claims.isPossible(named(asked), evaluation(echoed))).toBe(can);
	});

	it.each([
		['the same question', {}, true],
		['the same, asked less often in its round', { ordinal: { ...ORDINAL, index: 3 } }, true],
		['the same, asked more often in its round', { ordinal: { ...ORDINAL, index: 1 } }, false],
		['the same in an earlier round', { ordinal: { ...ORDINAL, round: 2 } }, false],
		['the same in a later round', { ordinal: { ...ORDINAL, round: 0 } }, false],
		['the same of another node', { ordinal: { ...ORDINAL, node: 'B' } }, false],
		['another question', { question: 'other' }, false],
		['another asker', { asker: { user: 'me' } }, false],
	])('when an earlier run had it as the answer to %s', (_, fields, can) => {
		const store = new Store(deskOf());
		store.remember(makeKey('anyone', 'question', ORDINAL), 'E-1');
		const claims = new Claims(store);
		const row = rowOf({ ordinal: ORDINAL, ...fields });
		expect(claims.isPossible(row, evaluation())).toBe(can);
		expect(claims.isPossible(row, evaluation(undefined, 'e-2'))).toBe(true);
	});
});

it('is disputed as soon as it answers two questions', () => {
	const claims = new Claims(new Store(deskOf()));
	expect(claims.isDisputed('e-1')).toBe(false);
	claims.add(rowOf({ question: 'a' }), 'E-1');
	claims.add(rowOf({ question: 'a', ordinal: { round: 1, index: 0 } }), 'e-1');
	expect(claims.isDisputed('e-1')).toBe(false);
	claims.add(rowOf({ question: 'b' }), 'e-2');
	expect(claims.isDisputed('e-2')).toBe(false);
	claims.add(rowOf({ question: 'b' }), 'e-1');
	expect([claims.isDisputed('e-1'), claims.isDisputed('E-1')]).toEqual([true, true]);
});

it('a look is taken unless it carries another reference than what was sent first', () => {
	const claims = new Claims(new Store(deskOf()));
	const look = (echoed?: string, id?: string): Attempt<Evaluation> => ({
		...{ ok: true, value: evaluation(echoed, id) },
	});
	claims.add(named('a'), 'E-1');
	claims.add(named('b'), 'e-1');
	for (const fine of [look('a'), look(), look('b', 'e-2')]) expect(claims.check(fine)).toBe(fine);
	expect(claims.check(look('b'))).toEqual({
		ok: false,
		failure: {
			kind: 'unrelated',
			reaction: 'retry',
			purpose: { subject: 'Evaluation', id: 'e-1' },
		},
	});
	const failed: Attempt<Evaluation> = {
		ok: false,
		failure: { kind: 'network', reaction: 'retry', purpose: { subject: 'Evaluation' } },
	};
	expect(claims.check(failed)).toBe(failed);
});
