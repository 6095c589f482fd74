/** @jest-environment-options {"speed": 10} */
import type { INodeParameters } from 'n8n-workflow';

import type { NodeRun } from '../../lab/engine';
import { jsonOf, rows } from '../../lab/scenario/evaluate';
import { idOf, passedAs, startHostileApi } from '../../lab/scenario/hostileApi';
import type { Answer, HostileApi } from '../../lab/scenario/hostileApi';
import { runOnRows } from '../../lab/scenario/rows';

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

const TEXTS: Array<string | Buffer> = [
	...['', ' ', 'null', 'true', '123', '"text"', '[]', '{}', '{', '{"id":', '\u0000', '\uFEFF{}'],
	...['[{}]', '{"id":null}', '{"__proto__":{"overall_passed":true}}', '<html>', '1e999'],
	...[deep(20_000), `{"id":"a","status_code":"completed","x":${deep(200)}}`],
	...['{"constructor":{}}', '{"items":[null]}', '{"error":{"code":{"toString":1}}}'],
	Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
	Buffer.from('{"id":"caf\u00e9","status_code":"completed"}', 'latin1'),
	`{"x":"${'y'.repeat(300_000)}"}`,
];

const VALUES: unknown[] = [
	...[null, true, false, 0, -1, 2, '', 'completed', 'COMPLETED', '0.9', 'x'.repeat(70_000)],
	...[[null], {}, { toString: 1 }, ['a', { toString: 1 }], [{ name: { toString: 1 } }], '\ud800'],
];

const FIELDS = [
	...['id', 'client_ref', 'status_code', 'overall_passed', 'weighted_pass_rate', 'top_issues'],
	...['failure_code', 'completed_at', 'cost', 'error'],
];

const ERRORS = [
	...[{ code: { toString: 1 } }, { code: 'A', errors: [{ loc: [{ toString: 1 }], msg: null }] }],
	...[{ message: [] }, { detail: [{ loc: 1 }] }, { errors: { a: { b: {} } } }, { error: [1] }, []],
	...[null, 'text', 5, { code: 'x'.repeat(9_000) }, { code: '\u0000', message: { length: 5 } }],
];

type Craft = (ref: string) => Answer;

const answer =
	(body: string | Buffer, status = 200): Craft =>
	() => ({ status, body });

/** Every broken text, every hostile value in every field, and error answers with hostile bodies. */
const CRAFTED: Craft[] = [
	...TEXTS.map((text) => answer(text)),
	...FIELDS.flatMap((field) =>
		VALUES.map((value): Craft => (ref) => ({
			status: 200,
			body: JSON.stringify({ ...passedAs(ref), [field]: value }),
		})),
	),
	...[400, 409, 422, 500].flatMap((status) =>
		ERRORS.map((body) => answer(JSON.stringify(body), status)),
	),
	(ref) => ({ status: 200, body: JSON.stringify(passedAs(ref)).replace('[]', deep(20_000)) }),
	(ref) => ({ status: 200, body: JSON.stringify(passedAs(`row-${Number(ref.slice(4)) + 1}`)) }),
	(ref) => ({
		status: 200,
		body: JSON.stringify({ ...passedAs(ref), id: idOf(ref).toUpperCase() }),
	}),
];

/** Every eighth row is answered for as it should be. */
const EVERY = 8;
const COUNT = Math.ceil((CRAFTED.length * EVERY) / (EVERY - 1));
const isHonest = (row: number) => row % EVERY === 0;

function craftFor(ref: string): Craft | undefined {
	const row = Number(ref.slice(4));
	return isHonest(row) ? undefined : CRAFTED[row - Math.floor(row / EVERY) - 1];
}

let api: HostileApi;

afterEach(async () => await api.close());

const CAREFUL = { timeoutSeconds: 4, passCriterion: 'both', minimumScore: 0.5 };

async function judge(parameters: INodeParameters = {}, count = COUNT): Promise<NodeRun> {
	const judging = {
		operation: 'submitAndWait',
		splitByVerdict: true,
		options: CAREFUL,
		...parameters,
	};
	return await runOnRows(api.url, judging, rows(count), { onError: 'continueRegularOutput' });
}

/** What a row may pass with: an answer about itself that says so, in the types it should have. */
function maySayPassed(ref: string): boolean {
	const { status, body } = craftFor(ref)?.(ref) ?? {
		status: 200,
		body: JSON.stringify(passedAs(ref)),
	};
	if (status !== 200) return false;
	try {
		const { id, client_ref, status_code, overall_passed, weighted_pass_rate } = JSON.parse(
			String(body),
		);
		const isOthers = typeof client_ref === 'string' && client_ref !== ref;
		const isOwn = String(id).toLowerCase() === idOf(ref) && !isOthers;
		// A score in quotes is one all the same.
		const isScore = /^(number|string)$/.test(typeof weighted_pass_rate) && weighted_pass_rate !== '';
		const score = isScore ? Number(weighted_pass_rate) : -1;
		return (
			isOwn && status_code === 'completed' && overall_passed === true && score >= 0.5 && score <= 1
		);
	} catch {
		return false;
	}
}

const rowOf = ({ pairedItem }: { pairedItem?: unknown }) =>
	Number(Object(Array.isArray(pairedItem) ? pairedItem[0] : pairedItem).item);

it.each(['submit', 'get'] as const)(
	'whatever comes in place of the answer to %s costs its own row and no other',
	async (hostile) => {
		api = await startHostileApi((place, ref) =>
			place === hostile ? craftFor(ref)?.(ref) : undefined,
		);
		const run = await judge(hostile === 'submit' ? {} : { options: { ...CAREFUL, simple: false } });
		expect(run.error).toBeUndefined();
		const came = run.outputs.flatMap((items) => items.map(rowOf)).sort((a, b) => a - b);
		expect(came).toEqual([...Array(COUNT).keys()]);
		const [, notPassed = [], passed = []] = run.outputs;
		for (const item of [...notPassed, ...passed]) {
			expect(String(item.json.id).toLowerCase()).toBe(idOf(`row-${rowOf(item)}`));
		}
		const unfounded = passed.filter((item) => !maySayPassed(`row-${rowOf(item)}`));
		if (hostile === 'get') expect(unfounded).toEqual([]);
		const honest = passed.map(rowOf).filter(isHonest);
		expect(honest).toEqual([...Array(COUNT).keys()].filter(isHonest));
	},
	120_000,
);

it('whatever comes in place of a price, nothing is submitted without one', async () => {
	const additionalFields = { clientRef: '=row-{{ $json.row }}', maximumCost: 1 };
	for (const price of VALUES) {
		const body = JSON.stringify({ items: [{ code: 'standard', price }] });
		api = await startHostileApi((place) =>
			place === 'prices' ? { status: 200, body } : undefined,
		);
		const run = await judge({ additionalFields }, 2);
		await api.close();
		const isKnown = price === 2 || price === '0.9';
		const verdicts = jsonOf(run.outputs.flat()).map(({ verdict }) => verdict);
		expect(verdicts).toEqual(price === 0 ? ['passed', 'passed'] : ['no_verdict', 'no_verdict']);
		const [{ error } = { error: '' }] = jsonOf(run.outputs[0] ?? []);
		if (price !== 0) expect(error).toMatch(isKnown ? /would cost more/ : /price is not known/);
	}
}, 60_000);
