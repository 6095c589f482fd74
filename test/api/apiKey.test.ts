import { strayInApiKey } from '../../nodes/Runflow/api/apiKey';

it('takes a key as Runflow gives it out', () => {
	expect(strayInApiKey('rf_live_Abc-123~')).toBeUndefined();
});

it.each([
	['rf_live_\u200babc', 'a space or an invisible character (U+200B, at position 9)'],
	['rf_live\u00a0abc', 'a space or an invisible character (U+00A0, at position 8)'],
	['rf live', 'a space or an invisible character (U+0020, at position 3)'],
	['rf_live\nabc', 'a space or an invisible character (U+000A, at position 8)'],
	['rf_live…', 'a character that no key has (U+2026, at position 8)'],
])('refuses %j without repeating it', (key, what) => {
	expect(strayInApiKey(key)).toContain(what);
	expect(strayInApiKey(key)).not.toContain('rf');
});
