import { lasting } from '../../nodes/Runflow/callback/lasting';

it('keeps what was used last, and makes the rest anew', () => {
	const all = new Map<string, string[]>();
	const get = (key: string) => lasting(all, key, 2, () => [key]);
	const [a, b] = [get('a'), get('b')];
	expect(get('a')).toBe(a);
	get('c');
	expect([...all.keys()]).toEqual(['a', 'c']);
	expect(get('a')).toBe(a);
	expect(get('b')).not.toBe(b);
	expect([...all.keys()]).toEqual(['a', 'b']);
});
