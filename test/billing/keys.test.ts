import { makeKey, questionDigest } from '../../nodes/Runflow/billing/keys';
import type { Asker, Question } from '../../nodes/Runflow/billing/keys';

const FIRST = { round: 0, index: 0 };

const BASE: Question = {
	image: { url: 'https://a.example/1.png' },
	references: [],
	task_type: 't',
};

/** Values that tempt a careless join: separators, quotes, look-alikes, nothing but other scripts. */
const TEMPTING = [
	'',
	'a',
	'a|b',
	'a","b',
	'|',
	'画像',
	'写真',
	'\u0000',
	'-1',
	'1',
	'sha256',
	'\ud800',
];

const FIELDS = [
	'task_type',
	'task_description',
	'generation_prompt',
	'evaluation_instructions',
	'run_id',
	'client_ref',
	'job_class',
] as const;

/** Many different questions: each field with each value, files and addresses, references in order. */
function questions(): Question[] {
	const texts = FIELDS.flatMap((field) => TEMPTING.map((text) => ({ ...BASE, [field]: text })));
	const images = TEMPTING.flatMap((text) => [
		{ ...BASE, image: { url: text } },
		{ ...BASE, image: { sha256: text } },
		{ ...BASE, references: [{ image: { url: text } }] },
		{ ...BASE, references: [{ image: { sha256: text } }] },
		{ ...BASE, references: [{ image: { url: 'x' }, kind: text }] },
		{ ...BASE, references: [{ image: { url: 'x' }, description: text }] },
	]);
	const attributes = [{}, { a: 1 }, { a: '1' }, { a: [1] }, { a: null }, { b: { a: 1 } }];
	return [...texts, ...images, ...attributes.map((each) => ({ ...BASE, input_attributes: each }))];
}

const ASKERS: Asker[] = [
	'anyone',
	...['anyone', 'a', '画像', ''].flatMap((text) => [{ execution: text }, { user: text }]),
];

it('two questions share a digest only when the same is sent', () => {
	const byDigest = new Map<string, string>();
	for (const question of questions()) {
		const sent = JSON.stringify(question);
		const digest = questionDigest(question);
		expect(byDigest.get(digest) ?? sent).toBe(sent);
		byDigest.set(digest, sent);
		expect(questionDigest(JSON.parse(sent))).toBe(digest);
		expect(questionDigest({ ...question, callback_url: 'https://a.example' })).toBe(digest);
	}
	expect(byDigest.size).toBeGreaterThan(140);
});

it('a key is 64 ASCII characters, and another one for every asker, question, ordinal and try', () => {
	const keys = new Set<string>();
	let made = 0;
	for (const asker of ASKERS) {
		for (const question of questions().slice(0, 40).map(questionDigest)) {
			for (const [round, index, anew] of [
				[0, 0, 0],
				[0, 0, 1],
				[0, 1, 0],
				[1, 0, 0],
				[1, 10, 0],
				[11, 0, 0],
				[1, 1, 0],
			] as const) {
				const key = makeKey(asker, question, { node: 'node', round, index }, { anew, left: 0 });
				expect(key).toMatch(/^[0-9a-f]{64}$/);
				keys.add(key);
				made += 1;
			}
		}
	}
	const ofNodes = ['node', '0'].map((node) => makeKey('anyone', 'q', { ...FIRST, node }));
	expect(new Set([...ofNodes, makeKey('anyone', 'q', FIRST)]).size).toBe(3);
	const different = new Set(questions().slice(0, 40).map(questionDigest)).size;
	expect(keys.size).toBe((made / 40) * different);
});

/** A retry after an update of the package must find what was asked before it. */
it('stays the key that it was', () => {
	const question = questionDigest({ ...BASE, callback_url: 'https://a.example' });
	expect(question).toBe('d4e617e40f00016daa59d26fe7fca82e3b26373a87d9c52467e680c2fe5deba2');
	expect(makeKey('anyone', question, FIRST)).toBe(
		'4eaeb30e616ddf8c743eb6db68cd5f1d6a9697c29638012eea3b9cedee3d3a33',
	);
	expect(makeKey('anyone', question, FIRST, { anew: 0, left: 0 })).toBe(
		'4eaeb30e616ddf8c743eb6db68cd5f1d6a9697c29638012eea3b9cedee3d3a33',
	);
	expect(makeKey({ user: 'me' }, question, { round: 1, index: 0 }, { anew: 2, left: 3 })).toBe(
		'9b13838ce57057885e3f26f80de8c78e8a9ff92076fb08c960b6a39efa0e8c40',
	);
});

it('a key that was left is followed by another one each time', () => {
	const keys = [0, 1, 2].map((left) => makeKey('anyone', 'q', FIRST, { anew: 0, left }));
	expect(new Set([...keys, makeKey('anyone', 'q', FIRST, { anew: 1, left: 0 })]).size).toBe(4);
});
