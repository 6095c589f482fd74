import type { IDataObject } from 'n8n-workflow';

import { operate, seenError } from '../../lab/scenario/evaluate';
import { shareEmulator } from '../../lab/scenario/useEmulator';

const emulator = shareEmulator();

const ID = '6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11';
const PAGE = '2b1c6f0e-3c0d-4b8e-9d0a-0a4f5b1c2d3e';
const RECORD = 'recA1B2C3D4E5F6G7';
const OF_THE_ROW = "'Evaluation ID' is the ID of the row, not of an evaluation";
const DEFAULT = '={{ $json.evaluation_id || $json.id }}';

/** What n8n's nodes read from tables, and what the panel's own expression makes of it. */
const ROWS: Array<[table: string, row: IDataObject, advice: string]> = [
	['Airtable', { id: RECORD, fields: { evaluation_id: ID } }, '{{ $json.fields.evaluation_id }}'],
	[
		'Airtable, not judged yet',
		{ id: RECORD, fields: { task_type: 'headshot' } },
		"The item holds no 'evaluation_id' as Submit gives it",
	],
	['Notion', { id: PAGE, property_evaluation_id: ID }, '{{ $json.property_evaluation_id }}'],
	['Notion, not judged yet', { id: PAGE, property_evaluation_id: '' }, 'has no evaluation yet'],
	['a Data Table, not judged yet', { id: 3, evaluation_id: null }, 'has no evaluation yet'],
	[
		'a CSV file, its name as people write it',
		{ id: '3', 'Evaluation ID': ID },
		'["Evaluation ID"]',
	],
	['a table without a column for it', { id: 3, verdict: 'passed' }, 'Enter the column that does'],
];

describe.each(['get', 'wait', 'sendFeedback'])('%s', (operation) => {
	it.each(ROWS)('refuses the ID of a row of %s before it asks', async (_table, json, advice) => {
		emulator.reset();
		const run = await operate(emulator, { operation, evaluationId: DEFAULT }, [{ json }]);
		const { message, description } = seenError(run);
		expect([message, description]).toEqual([OF_THE_ROW, expect.stringContaining(advice)]);
		expect(emulator.requests).toEqual([]);
	});
});

it.each<[string, IDataObject, string]>([
	['is', { fields: { evaluation_id: ID } }, 'enter {{ $json.fields.evaluation_id }}'],
	['would be', { row_number: 2, evaluation_id: '' }, '{{ $json.evaluation_id }} is empty'],
	['nowhere', { row_number: 2 }, "Use the 'evaluation_id' that Submit"],
])('an empty value: where the ID %s', async (_where, json, advice) => {
	const parameters = { operation: 'get', evaluationId: '={{ $json.evaluation_id }}' };
	expect(seenError(await operate(emulator, parameters, [{ json }]))).toMatchObject({
		message: "'Evaluation ID' is empty",
		description: expect.stringContaining(advice),
	});
});

it.each<[string, IDataObject]>([
	['of the evaluation twice', { id: ID, evaluation_id: ID.toUpperCase() }],
	['alone', { id: ID }],
	['of an evaluation beside its row', { id: ID, input: { id: 3, evaluation_id: PAGE } }],
])('an ID %s is asked for', async (_what, json) => {
	emulator.reset();
	emulator.options.forcedAnswers = [{ pathPrefix: '/v1/', status: 403 }];
	const parameters = { operation: 'get', evaluationId: '={{ $json.id }}' };
	await operate(emulator, parameters, [{ json }]);
	expect(emulator.requests.map(({ path }) => path)).toContain(`/v1/evaluations/${ID}`);
});
