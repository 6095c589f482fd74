import { isOutOfReach, isPrivateHost } from '../../nodes/Runflow/api/reach';

const RUNFLOW = 'https://api.runflow.io';

it.each([
	...['http://n8n:5678', 'http://localhost:5678', 'http://localhost.:5678', 'http://LOCALHOST'],
	...['http://n8n.localhost', 'https://n8n.local', 'https://n8n.local.', 'https://n8n.lan'],
	...[
		'https://n8n.home.arpa',
		'https://home.arpa',
		'https://n8n.internal',
		'https://n8n.internal.',
	],
	...[
		'http://host.docker.internal:5678',
		'https://n8n.corp',
		'https://n8n.test',
		'https://n8n.home',
	],
	...['http://0.0.0.0:5678', 'http://0.1.2.3', 'http://10.0.0.7', 'http://10.255.255.255'],
	...['http://100.64.0.1', 'http://100.127.255.254', 'http://127.0.0.1:5678', 'http://127.8.8.8'],
	...[
		'http://127.1',
		'http://0x7f.1',
		'http://2130706433',
		'http://0177.0.0.1',
		'http://127.0.0.1.',
	],
	...[
		'http://169.254.169.254',
		'http://172.16.0.1',
		'http://172.31.255.254',
		'http://192.168.1.20',
	],
	...['http://192.0.0.8', 'http://198.18.0.1', 'http://198.19.255.255', 'http://224.0.0.1'],
	...['http://255.255.255.255', 'http://[::1]:5678', 'http://[::]', 'http://[fe80::1]'],
	...['http://[febf::1]', 'http://[fec0::1]', 'http://[fc00::1]', 'http://[fdff:1::1]'],
	...['http://[ff02::1]', 'http://[::ffff:127.0.0.1]', 'http://[::ffff:10.1.2.3]'],
	...['http://[::127.0.0.1]', 'http://[64:ff9b::192.168.0.1]'],
])('Runflow cannot reach %s', (url) => {
	expect(isOutOfReach(`${url}/webhook/runflow`, RUNFLOW)).toBe(true);
	expect(isOutOfReach(url, 'not an address')).toBe(true);
});

it.each([
	...['https://n8n.example.com', 'https://n8n.example.com.', 'https://10.example.com'],
	...[
		'https://127.0.0.1.example.com',
		'https://192.168.1.20.example.com',
		'https://fd.example.com',
	],
	...['https://fc00.example.com', 'https://local.example.com', 'https://localhost.example.com'],
	...['https://mylan.example.org', 'https://n8n.xlocal.com', 'https://internal.example.com'],
	...['https://notlocalhost.com', 'https://wlan.io', 'https://1.1.1.1', 'https://9.255.255.255'],
	...['https://11.0.0.1', 'https://100.63.255.255', 'https://100.128.0.1', 'https://128.0.0.1'],
	...[
		'https://126.255.255.255',
		'https://169.253.0.1',
		'https://169.255.0.1',
		'https://172.15.0.1',
	],
	...['https://172.32.0.1', 'https://192.167.0.1', 'https://192.169.0.1', 'https://192.0.1.1'],
	...['https://198.17.0.1', 'https://198.20.0.1', 'https://223.255.255.254'],
	...['https://[2001:db8::1]', 'https://[fb00::1]', 'https://[2606:4700::1111]'],
	...['https://[::ffff:8.8.8.8]', 'https://[64:ff9b::8.8.8.8]', 'https://[2001::fc00]'],
])('Runflow may reach %s', (url) => {
	expect(isOutOfReach(`${url}/webhook/runflow`, RUNFLOW)).toBe(false);
});

it.each(['', 'n8n.example.com/webhook', '192.168.1.20:5678/webhook', 'n8n.example.com:5678', '/x'])(
	'nobody can call what is no web address: "%s"',
	(url) => {
		expect(isOutOfReach(url, RUNFLOW)).toBe(true);
		expect(isOutOfReach(url, 'http://localhost:4010')).toBe(true);
	},
);

it.each(['http://localhost:4010', 'http://[::1]:4010', 'https://runflow.lan', 'https://10.0.0.5'])(
	'a service at %s reaches its own network',
	(service) => {
		expect(isOutOfReach('http://localhost:5678/webhook', service)).toBe(false);
		expect(isOutOfReach('http://n8n:5678/webhook', service)).toBe(false);
	},
);

it('reads a host without an address around it', () => {
	const isPrivate = ['::1', 'fe80::1', '[::1]', 'n8n', '127.1', '', 'a b'];
	expect(isPrivate.map(isPrivateHost)).toEqual(isPrivate.map(() => true));
	const isPublic = ['2001:db8::1', '8.8.8.8', 'example.com', 'EXAMPLE.COM.'];
	expect(isPublic.map(isPrivateHost)).toEqual(isPublic.map(() => false));
});
