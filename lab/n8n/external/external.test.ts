import { OWNER } from '../client';
import { containerArguments } from './container';
import { readExternal } from './settings';

it('starts n8n here unless an address is given', () => {
	expect(readExternal({})).toBeUndefined();
	expect(readExternal({ N8N_EXTERNAL_URL: '' })).toBeUndefined();
});

it('reads where the other n8n is, its folder, and who signs in', () => {
	const env = { N8N_EXTERNAL_URL: 'http://127.0.0.1:5678/', N8N_EXTERNAL_FOLDER: '/n8n' };
	const found = { url: 'http://127.0.0.1:5678', folder: '/n8n' };
	expect(readExternal(env)).toEqual({ ...found, owner: OWNER });
	expect(readExternal({ ...env, N8N_EXTERNAL_OWNER: 'a@b.example:p:w' })).toEqual({
		...found,
		owner: { ...OWNER, email: 'a@b.example', password: 'p:w' },
	});
	expect(() => readExternal({ N8N_EXTERNAL_URL: found.url })).toThrow('N8N_EXTERNAL_FOLDER');
});

it('runs an image on the prepared folder, under the same path, where loopback is the host', () => {
	const prepared = { folder: '/n8n', envFile: '/n8n/n8n.env', url: 'http://127.0.0.1:5678' };
	expect(containerArguments('n8nio/n8n:3.0.0', 'name', prepared, '1:2').join(' ')).toBe(
		'run --rm --name name --network host --user 1:2 --volume /n8n:/n8n --env-file /n8n/n8n.env n8nio/n8n:3.0.0',
	);
});
