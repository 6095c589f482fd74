import { createHash } from 'node:crypto';

import type { ImageFile } from '../../nodes/Runflow/api/types';
import { makeKey, questionDigest } from '../../nodes/Runflow/billing/keys';
import { FIRST_TRY } from '../../nodes/Runflow/billing/row';
import { keyFor, makeRows } from '../../nodes/Runflow/billing/rows';
import { Store } from '../../nodes/Runflow/billing/store';
import type { Row } from '../../nodes/Runflow/billing/rows';
import type { Desk } from '../../nodes/Runflow/billing/types';
import type { Submission } from '../../nodes/Runflow/parameters/submission';
import { deskOf, rowOf, submissionOf } from './desk';

async function rowsOf(fields: Partial<Desk>, ...submissions: Array<Partial<Submission>>) {
	const desk = deskOf({ token: 'token', ...fields });
	const store = new Store(desk);
	const all = submissions.map((each, at) => [at, submissionOf(each)] as const);
	const { rows, failures } = await makeRows(desk, store, new Map(all));
	return { rows: [...rows.values()], failures, asked: store.asked(), store };
}

function fileOf(content: string, fileName = 'a.png'): ImageFile {
	const open = async () => await Promise.resolve(Buffer.from(content));
	return { fileName, mimeType: 'image/png', bytes: content.length, open };
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const ANY = { evaluateAgain: 'onChange' } as const;
const BROKEN: ImageFile = {
	...fileOf(''),
	open: async () => await Promise.reject(new Error('gone')),
};

it('makes a row of what is sent, who asks and how often it was asked', async () => {
	const { rows } = await rowsOf({}, {});
	const own = { execution: 'token' };
	const ordinal = { node: 'Runflow', round: 0, index: 0 };
	const question = questionDigest({
		...{ task_type: 'headshot', image: { url: 'https://images.example.com/a.png' } },
		references: [],
	});
	const facts = { mayHaveAsked: false, isForgotten: false, mayBeOlder: false, mayDiffer: false };
	expect(rows).toEqual([
		{
			...{ itemIndex: 0, submission: submissionOf(), asker: own, own, question, ordinal },
			...{ digests: new Map(), name: makeKey(own, question, ordinal) },
			facts: { isShared: false, ...facts },
		},
	]);
});

describe('who asks', () => {
	it('is the execution, by its token or the seed that it keeps', async () => {
		const { rows, store } = await rowsOf({ token: undefined }, {});
		expect(rows[0]?.asker).toEqual({ execution: store.seed() });
		expect(rows[0]?.own).toBe(rows[0]?.asker);
	});

	it.each([
		['anyone', ANY, 'anyone'],
		['the builder, by their key', { userKey: 'mine' }, { user: 'mine' }],
		['the builder before anyone', { ...ANY, userKey: 'mine' }, { user: 'mine' }],
	])('is %s, and the row is shared and may be older', async (_, fields, asker) => {
		const [row] = (await rowsOf({}, fields)).rows;
		expect(row).toMatchObject({ asker, own: { execution: 'token' } });
		expect(row?.facts).toMatchObject({ isShared: true, mayBeOlder: true, mayHaveAsked: false });
	});
});

describe('equal rows', () => {
	it('are several evaluations of one execution', async () => {
		const { rows, asked } = await rowsOf(
			{ runIndex: 2 },
			{},
			{},
			{ facts: { task_type: 'other' } },
		);
		expect(rows.map(({ ordinal }) => ordinal.index)).toEqual([0, 1, 0]);
		expect(new Set(rows.map(({ name }) => name)).size).toBe(3);
		expect(Object.keys(asked)).toEqual(['Runflow|2']);
	});

	it('are one evaluation that anyone may ask, and another one in the next run', async () => {
		const store = {};
		const first = await rowsOf({ store }, ANY, ANY);
		const next = await rowsOf({ store, runIndex: 1 }, ANY, ANY);
		const [zero, one] = [0, 1].map((round) => ({ round, index: 0 }));
		expect(first.rows.map(({ ordinal }) => ordinal)).toEqual([zero, zero]);
		expect(next.rows.map(({ ordinal }) => ordinal)).toEqual([one, one]);
	});

	it('count on in the next run of the node, but not where it runs again', async () => {
		const store = {};
		await rowsOf({ store }, {}, {});
		const again = await rowsOf({ store }, {}, {});
		const next = await rowsOf({ store, runIndex: 1 }, {}, {});
		const numbers = ({ ordinal }: Row) => [ordinal.round, ordinal.index];
		expect(again.rows.map(numbers)).toEqual([
			[0, 0],
			[0, 1],
		]);
		expect(next.rows.map(numbers)).toEqual([
			[1, 0],
			[1, 1],
		]);
	});

	it('are one question of a tool until it is answered, in all its runs', async () => {
		const { rows, asked } = await rowsOf({ isTool: true }, {}, {});
		expect(rows.map(({ ordinal }) => ordinal.round)).toEqual([0, 0]);
		expect(asked).toEqual({ 'Runflow|': {} });
	});
});

it('a Retry may have asked before, and has forgotten where nothing is stored', async () => {
	const crashed = (await rowsOf({ isRetry: true }, {})).rows[0]?.facts;
	const before = { mayHaveAsked: true, mayBeOlder: true, isShared: false };
	expect(crashed).toMatchObject({ ...before, isForgotten: true });
	const store = { runflow: { writtenBy: '0' } };
	const known = (await rowsOf({ isRetry: true, store }, {})).rows[0]?.facts;
	expect(known).toMatchObject({ ...before, isForgotten: false });
	const goesOn = (await rowsOf({ store }, {})).rows[0]?.facts;
	expect(goesOn).toMatchObject({ mayHaveAsked: false, mayBeOlder: false, isForgotten: false });
});

describe('files', () => {
	it('are asked by their content, whatever their name', async () => {
		const image = fileOf('one');
		const reference = { image: fileOf('two'), kind: 'style', description: 'Soft' };
		const [row] = (await rowsOf({}, { image, references: [reference] })).rows;
		expect(row?.digests).toEqual(
			new Map([
				[image, sha256('one')],
				[reference.image, sha256('two')],
			]),
		);
		expect(row?.question).toBe(
			questionDigest({
				...{ task_type: 'headshot', image: { sha256: sha256('one') } },
				references: [{ ...reference, image: { sha256: sha256('two') } }],
			}),
		);
	});

	it('and a callback URL may be sent in another way by others', async () => {
		const callback_url = 'https://n8n.example.com';
		const address = 'https://images.example.com/b.png';
		const { rows } = await rowsOf(
			{},
			{ image: fileOf('one') },
			{ references: [{ image: fileOf('one') }] },
			{ facts: { task_type: 'headshot', callback_url } },
			{ references: [{ image: address }] },
		);
		expect(rows.map(({ facts }) => facts.mayDiffer)).toEqual([true, true, true, false]);
	});

	it('that cannot be read fail alone, and are not counted as asked', async () => {
		const { rows, failures } = await rowsOf(
			{},
			{ image: BROKEN },
			{ references: [{ image: BROKEN }] },
			{},
		);
		expect(rows).toMatchObject([{ itemIndex: 2, ordinal: { round: 0, index: 0 } }]);
		const failure = { kind: 'file', reaction: 'rejected', purpose: { subject: 'Image file' } };
		expect(failures).toEqual(
			new Map([
				[0, failure],
				[1, failure],
			]),
		);
	});
});

it.each([
	['its name at first', {}, undefined],
	['another one anew', { anew: 1 }, 'anyone'],
	['another one past a stored refusal', { left: 1 }, 'anyone'],
	['the own one of the execution', { asOwn: true }, { execution: 'token' }],
	['the own one, anew', { asOwn: true, anew: 2, left: 1 }, { execution: 'token' }],
] as const)('a row is asked under %s', (_, fields, asker) => {
	const ordinal = { round: 3, index: 1 };
	const row = rowOf({ ordinal, name: 'name' });
	const under = { ...FIRST_TRY, ...fields };
	expect(keyFor(row, under)).toBe(
		asker === undefined ? 'name' : makeKey(asker, row.question, ordinal, under),
	);
});
