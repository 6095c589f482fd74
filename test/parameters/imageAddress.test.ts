import { checkImageAddress } from '../../nodes/Runflow/parameters/imageAddress';

const ASSET = 'runflow://assets/0b6f6f0e-3c0d-4b8e-9d0a-0a4f5b1c2d3e';

it.each([
	'https://example.com/a.png',
	'HTTPS://example.com/a.png?token=a%20b&x=1#y',
	'https://bücher.example/ä.png',
	ASSET,
	ASSET.toUpperCase().replace('RUNFLOW://ASSETS', 'runflow://assets'),
	'data:image/png;base64,iVBORw0KGgo=',
	'data:image/svg+xml;charset=utf-8;base64,PHN2Zz4=',
])('takes %s', (value) => {
	expect(checkImageAddress(value, 'URL')).toBe(value);
});

it.each([
	['', "'URL' is empty"],
	['http://example.com/a.png', "'URL' is not an address that Runflow can read"],
	['example.com/a.png', "'URL' is not an address that Runflow can read"],
	['https://', "'URL' is not an address that Runflow can read"],
	['https://example.com/a b.png', "'URL' is not an address that Runflow can read"],
	['file:///a.png', "'URL' is not an address that Runflow can read"],
	['javascript:alert(1)', "'URL' is not an address that Runflow can read"],
	['runflow://assets/1', "'URL' is not an address that Runflow can read"],
	[`${ASSET}/../x`, "'URL' is not an address that Runflow can read"],
	['undefined', "'URL' is not an address that Runflow can read"],
	['[object Object]', "'URL' is not an address that Runflow can read"],
	['data:', "'URL' is not a complete inline image"],
	['data:image/png;base64,', "'URL' is not a complete inline image"],
	['data:image/png;base64,…', "'URL' is not a complete inline image"],
	['data:image/png,raw', "'URL' is not a complete inline image"],
	['data:text/html;base64,PGI+', "'URL' is not a complete inline image"],
])('refuses %j', (value, message) => {
	expect(checkImageAddress(value, 'URL')).toMatchObject({ message });
});

it('measures inline images by their content, up to 50 MB', () => {
	const inline = (bytes: number) => `data:image/png;base64,${'A'.repeat((bytes * 4) / 3)}`;
	const limit = 50 * 1024 * 1024 - 2;
	expect(checkImageAddress(inline(limit), 'URL')).toBe(inline(limit));
	expect(checkImageAddress(inline(limit + 3), 'URL')).toMatchObject({
		message: "'URL' is larger than 50 MB",
	});
});

it('shows at most the beginning of a wrong address', () => {
	const problem = checkImageAddress(`ftp://${'x'.repeat(5_000)}`, 'URL');
	if (typeof problem === 'string') throw new Error('The address was taken');
	expect(problem.description.length).toBeLessThan(300);
});
