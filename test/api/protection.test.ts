import { protectAddresses } from '../../lab/engine/addressProtection';
import { testCredential } from '../../lab/engine/credentialTest';
import { API_KEY } from '../../lab/scenario/account';
import { rows, runOnRows } from '../../lab/scenario/rows';
import { useEmulator } from '../../lab/scenario/useEmulator';

const SENTENCE = 'The request was blocked because it resolves to a restricted IP address';

const emulator = useEmulator();

beforeEach(() => {
	protectAddresses(true);
});

afterEach(() => {
	protectAddresses(false);
});

it("n8n's own protection against internal addresses: its sentence, at once, and nothing was sent", async () => {
	const startedAt = performance.now();
	const run = await runOnRows(emulator.url, { operation: 'submitAndWait' }, rows(3));
	expect(run.error?.message).toBe('n8n blocked the request to Runflow');
	expect(run.error?.description).toMatch(
		new RegExp(`^n8n says: ${SENTENCE}\\. The target .*127\\.0\\.0\\.1.*Nothing was sent$`),
	);
	expect(performance.now() - startedAt).toBeLessThan(8_000);
	expect(emulator.requests).toEqual([]);
});

it('the credential test says so too', async () => {
	const test = await testCredential({ apiKey: API_KEY, baseUrl: emulator.url });
	expect(test).toMatchObject({ status: 'Error', message: expect.stringContaining(SENTENCE) });
	expect(emulator.requests).toEqual([]);
});
