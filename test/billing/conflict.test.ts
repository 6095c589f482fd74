import { echoOf, isSameText } from '../../nodes/Runflow/billing/conflict';

const REQUEST = {
	generated_image_url: 'https://images.example.com/1.png',
	task_type: 'headshot',
	client_ref: 'Caf\u00e9 1',
	input_attributes: { 'where it was': ['Z\u00fcrich', { size: 7 }], b: 1 },
};
const ECHO = { id: 'e-1', status_code: 'pending', ...REQUEST };

describe('an evaluation that echoes what was sent', () => {
	it.each([
		['as it was', {}, 'same'],
		['with the accents of the reference decomposed', { client_ref: 'Cafe\u0301 1' }, 'same'],
		['with the reference trimmed', { client_ref: ' Caf\u00e9 1 ' }, 'same'],
		[
			'with texts within attributes decomposed, and keys in another order',
			{ input_attributes: { b: 1, 'where it was': ['Zu\u0308rich', { size: 7 }] } },
			'same',
		],
		['with another reference', { client_ref: 'Cafe 1' }, 'other'],
		['with no reference', { client_ref: null }, 'other'],
		['with another case', { client_ref: 'CAF\u00c9 1' }, 'other'],
		['with other attributes', { input_attributes: { ...REQUEST.input_attributes, b: 2 } }, 'other'],
		['with another image', { generated_image_url: 'https://images.example.com/2.png' }, 'other'],
	])('%s', (_, fields, echo) => {
		expect(echoOf(REQUEST, { ...ECHO, ...fields })).toBe(echo);
	});
});

it('texts are the same whatever form their accents have', () => {
	expect(isSameText('a\u030a', '\u00e5')).toBe(true);
	expect(isSameText('\u212b', '\u00e5')).toBe(false);
});
