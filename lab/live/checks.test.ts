import { PRESETS } from '../emulator';
import type { EmulatorOptions, Preset } from '../emulator';
import { useEmulator } from '../scenario/useEmulator';
import { LiveAccount } from './account';
import type { Finding, Findings } from './finding';
import { askAccess, askForFree } from './free';
import type { Access } from './free';
import { askWithOneEvaluation } from './paid';
import { CallbackReceiver } from './receiver';

const IMAGE = 'https://images.example.com/shoe.png';

const emulator = useEmulator({ latency: { distribution: 'fixed', minMs: 1 } });

function accountWith(options: Partial<EmulatorOptions> = {}): LiveAccount {
	emulator.configure(options);
	return new LiveAccount(emulator.url, 'rf_live_full');
}

async function all(findings: Findings): Promise<Finding[]> {
	const found: Finding[] = [];
	for await (const finding of findings) found.push(finding);
	return found;
}

const noes = (findings: Finding[]) => findings.filter(({ holds }) => holds === false);

async function spend(account: LiveAccount, receiver?: CallbackReceiver) {
	const accepted: string[] = [];
	const options = { image: IMAGE, lookEveryMs: 20, waitMinutes: 0, receiver };
	const findings = await all(
		askWithOneEvaluation(account, { ...options, onAccepted: (id) => accepted.push(id) }),
	);
	return { findings, accepted };
}

it('finds every assumption fulfilled by the documented API, and spends one evaluation', async () => {
	const account = accountWith();
	const access: Access = { isAccepted: false, missing: [] };
	const free = [
		...(await all(askAccess(account, access))),
		...(await all(askForFree(account, access))),
	];
	expect(access).toEqual({ isAccepted: true, missing: [] });
	expect(emulator.ledger().submitted).toBe(0);
	const receiver = await CallbackReceiver.listen(0);
	const { findings, accepted } = await spend(account, receiver);
	await receiver.close();
	expect(emulator.ledger()).toMatchObject({ submitted: 1, billedTwice: [] });
	expect(accepted).toEqual([emulator.evaluations[0]?.id]);
	expect(noes([...free, ...findings])).toEqual([]);
	expect(findings.find(({ question }) => question === 'Callback')?.seen).toContain(accepted[0]);
});

it.each<[Preset, string[]]>([
	['strict', ['A submit with a callback URL: 202']],
	['gateway', []],
	['events', ['It can be read at once', 'callback_url comes back as it was sent']],
])('tells of a backend like %s what is another, and spends one', async (preset, expectedNoes) => {
	const account = accountWith(PRESETS[preset]);
	const access: Access = { isAccepted: false, missing: [] };
	const free = [
		...(await all(askAccess(account, access))),
		...(await all(askForFree(account, access))),
	];
	const receiver = await CallbackReceiver.listen(0);
	const { findings } = await spend(account, receiver);
	await receiver.close();
	expect(noes([...free, ...findings]).map(({ question }) => question)).toEqual(expectedNoes);
	expect(emulator.ledger()).toMatchObject({ submitted: 1, billedTwice: [] });
});

it.each([
	['replay', "'replay'"],
	['ignore', "'ignore'"],
] as const)(
	'tells an API that would %s another body, and still spends one',
	async (kind, named) => {
		const { findings } = await spend(accountWith({ idempotencyConflictStatus: kind }));
		expect(noes(findings)).toEqual([
			expect.objectContaining({ matters: expect.stringContaining(named) }),
		]);
		expect(emulator.ledger()).toMatchObject({ submitted: 1 });
	},
);

it('with a wrong key it stops at once, with a key that may not read it says so', async () => {
	const access: Access = { isAccepted: false, missing: [] };
	expect(noes(await all(askAccess(new LiveAccount(emulator.url, 'wrong'), access)))).toHaveLength(
		1,
	);
	expect(access.isAccepted).toBe(false);
	const without = new LiveAccount(emulator.url, 'rf_live_noscopes');
	await all(askAccess(without, access));
	expect(noes(await all(askForFree(without, access)))).toEqual([]);
	expect(access.missing).toEqual(
		expect.arrayContaining(['evaluations:create', 'evaluations:read']),
	);
});

it('a closed socket is an answer like others', async () => {
	const nobody = new LiveAccount('http://127.0.0.1:9', 'rf_live_full');
	const [finding] = await all(askAccess(nobody, { isAccepted: false, missing: [] }));
	expect(finding).toMatchObject({ holds: false, seen: expect.stringContaining('no answer') });
});
