import type { INodeExecutionData } from 'n8n-workflow';

import { inOrderOf } from '../../../nodes/Runflow/operations/parking/recall';
import {
	readParked,
	readParkedItems,
	readRecord,
	toRecord,
} from '../../../nodes/Runflow/operations/parking/record';
import type { Parked } from '../../../nodes/Runflow/operations/parking/record';
import { PLAIN_SHAPE } from '../../../nodes/Runflow/parameters/verdict';
import type { Shape } from '../../../nodes/Runflow/verdict/shape';

const SHAPE: Shape = {
	...{ simple: false, embed: ['judges', 'action'], forTables: true },
	criterion: { passCriterion: 'score', minimumScore: 0.7 },
};
const PARKED: Parked = {
	...{ ids: ['a', null], shapes: [SHAPE, PLAIN_SHAPE], split: true, unbilled: [1] },
	...{ until: 1_000, runIndex: 2 },
};

/** As n8n stores it with the execution and reads it again. */
const stored = (parked: Parked): object => JSON.parse(JSON.stringify(toRecord(parked))) as object;

it.each([
	['all of it', PARKED],
	['a row that is judged by both', { ...PARKED, shapes: [both(0.5), both(0)] }],
	['one without a split', { ...PARKED, split: false, unbilled: [] }],
])('reads what it stored: %s', (_what, parked) => {
	expect(readRecord(stored(parked))).toEqual({
		...parked,
		shapes: parked.shapes.map((shape) => ({ ...shape, forTables: shape.forTables === true })),
	});
});

function both(minimumScore: number): Shape {
	return { ...SHAPE, criterion: { passCriterion: 'both', minimumScore } };
}

it('stores equal shapes once', () => {
	const { shapes } = toRecord({ ...PARKED, shapes: [SHAPE, { ...SHAPE }, PLAIN_SHAPE] });
	const [first, second, third] = shapes as Shape[];
	expect([first === second, first === third]).toEqual([true, false]);
});

it.each<[string, unknown]>([
	['nothing', undefined],
	['a list', []],
	['text', 'parked'],
	['a record without ids', { ...PARKED, ids: undefined }],
	['a record without shapes', { ...PARKED, shapes: {} }],
	['a record without a time', { ...PARKED, until: '1000' }],
])('takes %s for no record', (_what, record) => {
	expect(readRecord(record)).toBeUndefined();
});

it('reads a record that was changed as far as it goes, never as a verdict that passes more easily', () => {
	const odd = {
		...{ ids: ['a', 7, undefined], split: 'true', unbilled: 'all', until: 5, runIndex: '1' },
		shapes: [
			null,
			{ simple: false, embed: 'judges', criterion: { passCriterion: 'score' } },
			{ embed: ['action', 'other'], criterion: { passCriterion: 'any', minimumScore: 0 } },
			{ forTables: 'yes', criterion: { passCriterion: 'overall', minimumScore: 0.1 } },
		],
	};
	const plain = { simple: true, embed: [], criterion: PLAIN_SHAPE.criterion, forTables: false };
	expect(readRecord(odd)).toEqual({
		...{ ids: ['a', null, null], split: false, unbilled: [], until: 5, runIndex: 1 },
		shapes: [plain, { ...plain, simple: false }, { ...plain, embed: ['action'] }, plain],
	});
});

it("asks n8n for the node's own record, whatever its name", () => {
	const asked: string[] = [];
	const evaluate = (expression: string) => {
		asked.push(expression);
		return stored(PARKED);
	};
	expect(readParked('A"}}é', evaluate)).toMatchObject({ ids: ['a', null] });
	expect(asked).toEqual(['{{ $("\\u0041\\u0022\\u007d\\u007d\\u00e9").context["parked"] }}']);
});

it('reads the items that n8n stored, and nothing else', () => {
	const item = { json: { a: 1 } };
	const answers: Record<string, unknown> = { '{{ $input.all() }}': [item, null, { json: 1 }, 7] };
	expect(readParkedItems((expression) => answers[expression])).toEqual([item]);
	expect(readParkedItems(() => 'none')).toEqual([]);
});

describe('what a parked node handed out', () => {
	const result = (id: unknown, verdict: unknown = 'passed'): INodeExecutionData => ({
		json: { id, verdict } as INodeExecutionData['json'],
	});
	const inError: INodeExecutionData = { json: { error: 'bad' } };

	it('is put into the order of the rows again, each linked to its own', () => {
		const [a, b] = [result('A'), result('b', 'no_verdict')];
		expect(inOrderOf(['a', null, 'b'], [b, inError, a])).toEqual([
			...[
				{ ...a, pairedItem: { item: 0 } },
				{ ...inError, pairedItem: { item: 1 } },
				{ ...b, pairedItem: { item: 2 } },
			],
		]);
	});

	it('gives each of two rows with one evaluation an item', () => {
		expect(inOrderOf(['a', 'a'], [result('a'), result('a')])).toHaveLength(2);
		expect(inOrderOf(['a', 'a'], [result('a')])).toBeUndefined();
	});

	it.each<[string, Array<string | null>, INodeExecutionData[]]>([
		['another evaluation', ['a'], [result('b')]],
		['a row more', ['a'], [result('a'), { json: { row: 1 } }]],
		['a row less', ['a', 'b'], [result('a')]],
		['a row in error less', ['a', null], [result('a'), result('c')]],
		['an id that is no text', ['1'], [result(1)]],
		['a record without a verdict', ['a'], [result('a', null)]],
	])('is not recognized in an input with %s', (_what, ids, input) => {
		expect(inOrderOf(ids, input)).toBeUndefined();
	});
});
