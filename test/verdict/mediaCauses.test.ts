import { likelyCauses } from '../../nodes/Runflow/verdict/mediaCauses';

const NOW = Date.UTC(2026, 10, 25);
const EXPIRED = 'X-Amz-Date=20240101T000000Z&X-Amz-Expires=3600&X-Amz-Signature=x';

it.each([
	['https://drive.google.com/uc?export=download&id=1', 'it may not be shared'],
	['https://www.dropbox.com/s/a/a.png?raw=1', 'it may not be shared'],
	['https://replicate.delivery/x/out-0.png', 'Replicate deletes its files'],
	[
		`https://b.s3.amazonaws.com/k.png?${EXPIRED}`,
		'its address was valid until 2024-01-01 01:00 UTC; the storage may be private',
	],
	['https://cdn.example/logo.svg', 'SVG is made of shapes'],
	['https://cdn.example/gallery/', 'it may be a web page'],
	['https://cdn.example/a.png', 'check that its URL opens'],
	['runflow://assets/0b6f6f0e-3c0d-4b8e-9d0a-0a4f5b1c2d3e', 'the asset may have been deleted'],
	['data:image/png;base64,iVBORw0KGgo=', 'the inline image may be cut off'],
	['', 'check that its URL opens'],
])('%s: %s', (address, causes) => {
	expect(likelyCauses(address, NOW)).toContain(causes);
	expect(likelyCauses(address, NOW)).not.toMatch(/[\n.]$/);
});
