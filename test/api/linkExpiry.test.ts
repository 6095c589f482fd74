import { expiryOf, isSignedAddress } from '../../nodes/Runflow/api/linkExpiry';

const AT = Date.UTC(2024, 4, 23, 16, 0, 0);
const SECONDS = `${AT / 1_000}`;
const HEX = (AT / 1_000).toString(16);
const ISO = '2024-05-23T16:00:00Z';
const ISSUED = '20240523T150000Z';
const jwt = (payload: object) =>
	`eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.sig_n-`;
const token = jwt({ url: 'x', exp: Number(SECONDS) });

const expiry = (address: string) => expiryOf(new URL(`https://${address}`));

it.each([
	['Amazon S3', `b.s3.amazonaws.com/a?X-Amz-Date=${ISSUED}&X-Amz-Expires=3600`],
	['Google Cloud Storage', `storage.googleapis.com/a?x-goog-date=${ISSUED}&x-goog-expires=3600`],
	['an older signature', `cdn.example.com/a?Signature=s&Expires=${SECONDS}`],
	['a signature in milliseconds', `cdn.example.com/a?signature=s&expires=${AT}`],
	['Azure', `x.blob.core.windows.net/a?sig=s&se=${encodeURIComponent(ISO)}`],
	['Azure, a day', 'x.blob.core.windows.net/a?sig=s&se=2024-05-23T16:00:00.000Z'],
	['an expirationTimestamp', `files.example.com/a?expirationTimestamp=${AT}`],
	['Discord', `cdn.discordapp.com/a?ex=${HEX}`],
	['Discord itself', `discord.com/a?ex=${HEX.toUpperCase()}`],
	['Discord media', `media.discordapp.net/a?ex=${HEX}`],
	['Facebook', `scontent.fbcdn.net/a?oe=${HEX}`],
	['Instagram', `scontent.cdninstagram.com/a?oe=${HEX}`],
	['Airtable', `v5.airtableusercontent.com/v3/u/1/x/${AT}/abc`],
	['a token', `p.supabase.co/storage/v1/object/sign/a?token=${token}`],
])('knows when an address of %s stops working', (_, address) => {
	expect(expiry(address)).toBe(AT);
});

it.each([
	['without anything', 'example.com/a'],
	['with half a signature', `b.s3.amazonaws.com/a?X-Amz-Date=${ISSUED}`],
	['with the other half', 'b.s3.amazonaws.com/a?X-Amz-Expires=3600'],
	['with a lifetime that is no number', `b.example.com/a?X-Amz-Date=${ISSUED}&X-Amz-Expires=3600s`],
	['with a lifetime after letters', `b.example.com/a?X-Amz-Date=${ISSUED}&X-Amz-Expires=s36`],
	['with another form of date', `b.example.com/a?X-Amz-Date=x${ISSUED}&X-Amz-Expires=3600`],
	['with more than a date', `b.example.com/a?X-Amz-Date=${ISSUED}x&X-Amz-Expires=3600`],
	['with an Expires that nobody signed', `example.com/a?expires=${SECONDS}`],
	['with a se that nobody signed', `example.com/a?se=${ISO}`],
	['with a se that is no date', 'example.com/a?sig=s&se=2024-99-99'],
	['with a se after something else', `example.com/a?sig=s&se=x${ISO}`],
	['with a number of another length', `example.com/a?signature=s&expires=${SECONDS}0`],
	['with digits before a text', `example.com/a?signature=s&expires=${SECONDS}x`],
	['with digits after a text', `example.com/a?signature=s&expires=x${SECONDS}`],
	['with milliseconds before a text', `example.com/a?signature=s&expires=${AT}x`],
	['with milliseconds after a text', `example.com/a?signature=s&expires=x${AT}`],
	["with Discord's at another host", `example.com/a?ex=${HEX}`],
	["with Discord's at a host that ends like it", `notdiscord.com/a?ex=${HEX}`],
	["with Discord's at a host that starts like it", `discord.com.example.com/a?ex=${HEX}`],
	["with Facebook's at another host", `example.com/a?oe=${HEX}`],
	["with Facebook's at a host that ends like it", `notfbcdn.net/a?oe=${HEX}`],
	["with Facebook's at a host that starts like it", `fbcdn.net.example.com/a?oe=${HEX}`],
	['with hex of another length', `discord.com/a?ex=${HEX}0`],
	['with hex after a text', `discord.com/a?ex=x${HEX}`],
	["with Airtable's at another host", `example.com/v3/${AT}/a`],
	["with Airtable's number in a longer one", `v5.airtableusercontent.com/v3/${AT}0/a`],
	["with Airtable's number behind a text", `v5.airtableusercontent.com/v3/x${AT}/a`],
	['with a token that never ends', `example.com/a?token=${jwt({ url: 'x' })}`],
	['with a token of another form', `example.com/a?token=x${token}`],
	['with a token and more', `example.com/a?token=${token}.x`],
	['with a longer number in its token', `example.com/a?token=${jwt({ exp: AT * 10 })}`],
])('does not know it for an address %s', (_, address) => {
	expect(expiry(address)).toBeUndefined();
});

it.each(['Signature=s', 'X-Amz-Signature=s', 'x-goog-signature=s', 'sig=s', 'hmac=s', 'TOKEN=s'])(
	'knows a signed address by %s',
	(query) => {
		expect(isSignedAddress(new URL(`https://example.com/a?${query}`))).toBe(true);
	},
);

it('knows one that is not signed', () => {
	expect(isSignedAddress(new URL('https://example.com/a?size=1&expires=2'))).toBe(false);
});

it.each([
	['imgix', `acme.imgix.net/a.png?w=1&expires=${AT / 1_000}&s=abc`],
	['Ideogram', `ideogram.ai/api/images/ephemeral/a.png?exp=${AT / 1_000}&sig=abc`],
	['Volcano Engine', `p3.byteimg.com/a.png?x-expires=${AT / 1_000}&x-signature=abc`],
	[
		'Tencent Cloud',
		`a.cos.ap-1.myqcloud.com/a.png?q-sign-time=1557902800;${AT / 1_000}&q-signature=a`,
	],
])('knows it for %s', (_, address) => {
	expect(expiry(address)).toBe(AT);
});
