import { readErrorBody } from '../../nodes/Runflow/api/errorBody';

describe('the text and the code of an error answer', () => {
	it.each<[string, unknown, string | undefined, string | undefined]>([
		['documented', { code: 'BAD', message: 'No.', errors: null }, 'No.', 'BAD'],
		['nested', { error: { code: 'BAD', message: 'No.' } }, 'No.', 'BAD'],
		['only a text', { error: 'No.' }, 'No.', undefined],
		['detail', { detail: 'No.' }, 'No.', undefined],
		['plain text', 'Service is down\n', 'Service is down', undefined],
		['empty text', '', undefined, undefined],
		['a web page', '<html><body>Bad Gateway</body></html>', undefined, undefined],
		['a web page with a doctype', '\n<!DOCTYPE html><title>x</title>', undefined, undefined],
		['nothing', undefined, undefined, undefined],
		['null', null, undefined, undefined],
		['a number', 5, undefined, undefined],
		['an empty object', {}, undefined, undefined],
		['texts that are none', { message: 7, code: {}, error: null }, undefined, undefined],
		['a list', ['No.'], undefined, undefined],
	])('%s', (_name, body, text, code) => {
		expect(readErrorBody(body)).toEqual({ text, code, fields: [] });
	});

	it('has no line breaks, and is cut when it is long', () => {
		const { text } = readErrorBody({ message: `a\r\n\tb\u0000${'x'.repeat(600)}` });
		expect(text).toMatch(/^a b x+…$/);
		expect(text).toHaveLength(501);
	});

	it('never repeats an API key', () => {
		const { text, fields } = readErrorBody({
			message: 'The key rf_live_abc123 is unknown',
			errors: ['rf_svc_secret_9 is no rf_live_x'],
		});
		expect(text).toBe('The key rf_live_… is unknown');
		expect(fields).toEqual(['rf_svc_… is no rf_live_…']);
	});
});

it('shows no secret of an address that Runflow quotes', () => {
	const address = 'https://bob:pw@c.example/a.png?X-Amz-Signature=abc&v=1';
	const { text, fields } = readErrorBody({
		message: `Could not fetch ${address}`,
		errors: { generated_image_url: `"${address}" and https://c.example/b?0123456789abcdef0` },
	});
	const shown = 'https://…@c.example/a.png?X-Amz-Signature=…&v=…';
	expect(text).toBe(`Could not fetch ${shown}`);
	expect(fields).toEqual([`generated_image_url: "${shown}" and https://c.example/b?…`]);
});

describe('the rejected fields of a 422', () => {
	it.each<[string, unknown, string[]]>([
		['field and message', [{ field: 'task_type', message: 'Required.' }], ['task_type: Required']],
		['name and detail', [{ name: 'task_type', detail: 'Required' }], ['task_type: Required']],
		[
			'loc and msg',
			[{ loc: ['body', 'reference_images', 0, 'url'], msg: 'Not https', type: 'value_error' }],
			['reference_images.0.url: Not https'],
		],
		['path as text', [{ path: 'task_type', error: 'Required' }], ['task_type: Required']],
		['only a message', [{ message: 'Too many' }], ['Too many']],
		['texts', ['task_type: Required.', ''], ['task_type: Required']],
		['a map to texts', { task_type: 'Required' }, ['task_type: Required']],
		[
			'a map to lists',
			{ task_type: ['Required.', 'Too short.'] },
			['task_type: Required, Too short'],
		],
		['a map to objects', { task_type: { message: 'Required' } }, ['task_type: Required']],
		['things that say nothing', [null, 5, {}, []], ['5']],
		['null', null, []],
	])('%s', (_name, errors, fields) => {
		expect(readErrorBody({ code: 'X', message: 'Bad', errors }).fields).toEqual(fields);
		expect(readErrorBody({ error: { message: 'Bad', errors } }).fields).toEqual(fields);
	});

	it('may be in detail', () => {
		const body = { detail: [{ loc: ['body', 'task_type'], msg: 'Field required' }] };
		expect(readErrorBody(body)).toEqual({ fields: ['task_type: Field required'] });
	});
});
