import type { ApiFailure } from '../../nodes/Runflow/api/attempt';
import {
	billedFor,
	echoOf,
	isConflict,
	isSameText,
	saysInProgress,
} from '../../nodes/Runflow/billing/conflict';
import { rowOf } from './desk';

const refused = (status?: number, code?: string, said?: string): ApiFailure => ({
	...{ kind: 'answer', reaction: 'rejected', purpose: { subject: 'E' }, status, code, said },
});

it.each([
	['any 409', refused(409), true],
	['a 400 with a code', refused(400, 'IDEMPOTENCY_KEY_REUSED'), true],
	['a 422 with a sentence', refused(422, undefined, 'Another idempotent request'), true],
	['a 400 about something else', refused(400, 'INVALID', 'No such task'), false],
	['a 422 without a word', refused(422), false],
	['a 401 about the key', refused(401, 'IDEMPOTENCY'), false],
	['a 500 about the key', refused(500, 'IDEMPOTENCY'), false],
	['no answer', refused(undefined, 'IDEMPOTENCY'), false],
])('refused because of the key or not: %s', (_, failure, is) => {
	expect(isConflict(failure)).toBe(is);
});

it.each([
	['REQUEST_IN_PROGRESS', '', true],
	['', 'A concurrent request', true],
	['', 'Still processing.', true],
	['KEY_LOCKED', '', true],
	['KEY_REUSED', 'Another body', false],
])('in progress or not: %s %s', (code, said, is) => {
	expect(saysInProgress(refused(409, code, said))).toBe(is);
});

it('what is refused was billed only if it was asked for before, and lost is neither', () => {
	const { facts } = rowOf();
	expect(billedFor(facts)).toEqual([{ kind: 'free' }]);
	expect(billedFor({ ...facts, mayHaveAsked: true })).toEqual([{ kind: 'paid' }]);
	expect(billedFor({ ...facts, mayHaveAsked: true }, 0)).toEqual([]);
	expect(billedFor(facts, 1)).toEqual([]);
});

const REQUEST = {
	generated_image_url: 'https://images.example.com/1.png',
	task_type: 'headshot',
	client_ref: 'Caf\u00e9 1',
	input_attributes: { 'where it was': ['Z\u00fcrich', { size: 7 }], b: 1, none: null },
};
const ECHO = { id: 'e-1', status_code: 'pending', ...REQUEST };
const { b, none, 'where it was': where } = REQUEST.input_attributes;

describe('an evaluation that echoes what was sent', () => {
	it.each([
		['as it was', {}, 'same'],
		['with the accents of the reference decomposed', { client_ref: 'Cafe\u0301 1' }, 'same'],
		['with the reference trimmed', { client_ref: ' Caf\u00e9 1 ' }, 'same'],
		[
			'with texts within attributes decomposed, and keys in another order',
			{ input_attributes: { b, none, 'where it was': ['Zu\u0308rich', { size: 7 }] } },
			'same',
		],
		[
			'with keys in a third order',
			{ input_attributes: { none, b, 'where it was': where } },
			'same',
		],
		['with another reference', { client_ref: 'Cafe 1' }, 'other'],
		['with no reference', { client_ref: null }, 'other'],
		['with another case', { client_ref: 'CAF\u00c9 1' }, 'other'],
		['with other attributes', { input_attributes: { ...REQUEST.input_attributes, b: 2 } }, 'other'],
		[
			'with a number as text',
			{ input_attributes: { ...REQUEST.input_attributes, b: '1' } },
			'other',
		],
		[
			'with an object in the place of a list',
			{ input_attributes: { b, none, 'where it was': { ...where } } },
			'other',
		],
		[
			'with a list in another order',
			{ input_attributes: { b, none, 'where it was': [...where].reverse() } },
			'other',
		],
		['with another image', { generated_image_url: 'https://images.example.com/2.png' }, 'other'],
		['with a reference image', { reference_images: [{ url: 'https://a.example' }] }, 'other'],
		['with null for no reference images', { reference_images: null }, 'same'],
		['with no reference images', { reference_images: [] }, 'same'],
		['with no list of reference images', { reference_images: '' }, 'other'],
	])('%s', (_, fields, echo) => {
		expect(echoOf(REQUEST, { ...ECHO, ...fields })).toBe(echo);
	});

	it('is not asked for what was not sent, nor for the address that is called back', () => {
		const request = { ...REQUEST, run_id: undefined, callback_url: 'https://n8n.example.com' };
		expect(echoOf(request, { ...ECHO, run_id: 'r', callback_url: null })).toBe('same');
	});

	it('names the job class as its code', () => {
		const request = { ...REQUEST, job_class: 'deep' };
		expect(echoOf(request, { ...ECHO, job_class_code: 'deep' })).toBe('same');
		expect(echoOf(request, { ...ECHO, job_class_code: 'standard' })).toBe('other');
	});

	const PUBLIC = REQUEST.generated_image_url;
	const ASSET = 'runflow://assets/1';
	it.each([
		['all public', PUBLIC, PUBLIC, PUBLIC, [{ url: PUBLIC }], 'same'],
		['another reference image', PUBLIC, PUBLIC, PUBLIC, [{ url: `${PUBLIC}?` }], 'other'],
		['too few reference images', PUBLIC, PUBLIC, PUBLIC, [], 'other'],
		['no address of a reference image', PUBLIC, PUBLIC, PUBLIC, [null], 'other'],
		[
			'an upload that has another address',
			ASSET,
			PUBLIC,
			`${PUBLIC}?`,
			[{ url: PUBLIC }],
			'unsure',
		],
		['an uploaded reference image', PUBLIC, ASSET, PUBLIC, [{ url: `${PUBLIC}?` }], 'unsure'],
		['an upload, and another public image', ASSET, PUBLIC, ASSET, [{ url: ASSET }], 'other'],
		['an upload, and its own address', ASSET, ASSET, ASSET, [{ url: ASSET }], 'unsure'],
	])('%s', (_, image, reference, echoed, references, echo) => {
		const request = {
			...REQUEST,
			generated_image_url: image,
			reference_images: [{ url: reference }],
		};
		const fields = { generated_image_url: echoed, reference_images: references };
		expect(echoOf(request, { ...ECHO, ...fields })).toBe(echo);
	});
});

it('texts are the same whatever form their accents have, and however they are trimmed', () => {
	expect(isSameText('a\u030a', '\u00e5')).toBe(true);
	expect(isSameText('\u212b', '\u00e5')).toBe(false);
	expect(isSameText(' a ', 'a')).toBe(true);
	expect(isSameText('a b', 'ab')).toBe(false);
});
