import { masked } from '../../nodes/Runflow/api/mask';

it.each([
	['https://c.example/a.png', 'https://c.example/a.png'],
	['at https://bob:pw@c.example/a.png, see', 'at https://…@c.example/a.png, see'],
	['https://bob:p@ss@c.example/a.png', 'https://…@c.example/a.png'],
	['HTTPS://token@c.example/', 'HTTPS://…@c.example/'],
	['//bob:pw@c.example/a.png?sig=abc', '//…@c.example/a.png?sig=…'],
	['bob:pw@c.example/a.png', '…@c.example/a.png'],
	['c.example/a.png?X-Amz-Signature=abc&v=1', 'c.example/a.png?X-Amz-Signature=…&v=…'],
	['https:\\/\\/bob:pw@c.example\\/a.png?sig=abc', 'https:\\/\\/…@c.example\\/a.png?sig=…'],
	['s3://key:secret@bucket/a.png', 's3://…@bucket/a.png'],
	['https://c.example/a.png?se=1&sig=a%2Fb%3D#x=y', 'https://c.example/a.png?se=…&sig=…#x=…'],
	['https://c.example/a.png?0123456789abcdef', 'https://c.example/a.png?…'],
	['https://c.example/a.png?v2', 'https://c.example/a.png?v2'],
	['https://api.telegram.org/file/bot1:AAF-x_/a.jpg', 'https://api.telegram.org/file/bot…/a.jpg'],
	['https://api.telegram.org/file/bot1%3AAAF/a.jpg', 'https://api.telegram.org/file/bot…/a.jpg'],
	[
		'"https://a.example/?k=v" and <https://b.example/?k=v|b>',
		'"https://a.example/?k=…" and <https://b.example/?k=…|b>',
	],
	['Write to ana@c.example: is it 1 + 1 = 2?', 'Write to ana@c.example: is it 1 + 1 = 2?'],
	['Score 0.70 is below the minimum of 0.8', 'Score 0.70 is below the minimum of 0.8'],
])('%s', (text, shown) => {
	expect(masked(text)).toBe(shown);
	expect(masked(shown)).toBe(shown);
});
