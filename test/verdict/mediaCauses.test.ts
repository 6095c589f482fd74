import { likelyCauses } from '../../nodes/Runflow/verdict/mediaCauses';

const LOGIN = 'only to those who sign in';
const NOW = Date.UTC(2026, 10, 25);
const EXPIRED = 'X-Amz-Date=20240101T000000Z&X-Amz-Expires=3600&X-Amz-Signature=x';

it.each([
	['https://drive.google.com/uc?export=download&id=1', 'it may not be shared'],
	['https://www.dropbox.com/s/a/a.png?raw=1', 'it may not be shared'],
	['https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1', LOGIN],
	['https://mmg.whatsapp.net/v/t62.7118-24/1.enc?ccb=11-4', LOGIN],
	['https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1', LOGIN],
	['https://api.dublin.ie1.twilio.com/2010-04-01/Accounts/AC1/Media/ME1', LOGIN],
	['https://mcs.us1.twilio.com/v1/Services/IS1/Media/ME1/Content', LOGIN],
	['https://api.typeform.com/responses/files/1/a.png', LOGIN],
	['https://eu.jotform.com/uploads/ana/1/2/a.png', LOGIN],
	['https://cloud.seatable.io/workspace/1/asset/2/images/a.png', LOGIN],
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

it.each(['https://images.example.com/typeform.com/a.png', 'https://mytypeform.com/a.png'])(
	'%s needs no login',
	(address) => {
		expect(likelyCauses(address, NOW)).not.toContain(LOGIN);
	},
);
