import type { IDataObject } from 'n8n-workflow';

import { makeReport } from '../../nodes/Runflow/verdict/report';

const SETTINGS = { title: 'Nightly audit', worstCount: 5 };

describe('an item is read', () => {
	const one = (json: IDataObject) => makeReport([json], SETTINGS).entries[0];

	it.each<[string, IDataObject, IDataObject]>([
		[
			'from a spreadsheet, everything as text',
			{
				verdict: 'Not passed',
				weighted_pass_rate: '0.61',
				cost: '',
				cost_credits: '0,40',
				top_issues: '["Blurred","Too, dark"]',
				client_ref: 7,
			},
			{
				verdict: 'not_passed',
				score: 0.61,
				cost: '0.40',
				issues: ['Blurred', 'Too, dark'],
				reason: 'Blurred; Too, dark',
				label: '7',
			},
		],
		[
			'with the issues in one cell and a percentage',
			{ verdict: 'NOT_PASSED', weighted_pass_rate: '61%', top_issues: 'Blurred; Too dark' },
			{ verdict: 'not_passed', score: 0.61, issues: ['Blurred', 'Too dark'] },
		],
		[
			'with the issues in columns of their own',
			{ verdict: 'not_passed', 'top_issues.0': 'Blurred', 'top_issues.1': 'Too dark' },
			{ issues: ['Blurred', 'Too dark'] },
		],
		[
			'with nothing but the verdict and the reason',
			{ verdict: 'not_passed', reason: 'Blurred; Too dark' },
			{ issues: ['Blurred', 'Too dark'], reason: 'Blurred; Too dark' },
		],
		[
			"without a verdict, whatever Runflow's own decision was",
			{ overall_passed: 'TRUE', status_code: 'completed', reason: 'last night' },
			{ verdict: 'no_verdict', reason: 'Not judged yet', isUnreadable: false },
		],
		[
			'from a file with a byte order mark before its first name',
			{ '\ufeffverdict': 'not_passed', overall_passed: 'TRUE' },
			{ verdict: 'not_passed' },
		],
		[
			'from a file whose byte order mark was read as Latin-1',
			{ 'ï»¿"Verdict"': 'not_passed', 'Client\u00a0Ref': 'a' },
			{ verdict: 'not_passed', label: 'a' },
		],
		[
			'with options that were chosen, as Baserow and Notion have them',
			{ verdict: { id: 3, value: 'not_passed', color: 'red' }, reason: 'Blurred' },
			{ verdict: 'not_passed', isUnreadable: false },
		],
		[
			'with headers as people write them',
			{ 'Verdict ': 'Not Passed', 'Weighted Pass Rate': '0.5', 'CLIENT-REF': 'a' },
			{ verdict: 'not_passed', score: 0.5, label: 'a' },
		],
		[
			'with two columns for the verdict: the one of that very name counts',
			{ Verdict: 'passed', verdict: 'not_passed' },
			{ verdict: 'not_passed' },
		],
		[
			'with the issues joined by commas',
			{ verdict: 'not_passed', top_issues: 'Blurred, Too dark' },
			{ issues: ['Blurred', 'Too dark'] },
		],
		[
			'from a text column of Postgres',
			{ verdict: 'not_passed', top_issues: '{Blurred,"Too dark, \\"very\\"","{odd}"}' },
			{ issues: ['Blurred', 'Too dark, "very"', '{odd}'] },
		],
		[
			'from a text column of Postgres, without issues',
			{ verdict: 'not_passed', top_issues: '{}', issues_text: 'Blurred' },
			{ issues: ['Blurred'] },
		],
		[
			'with what was billed for it',
			{ verdict: 'passed', cost: '0.400000', billed_credits: 0 },
			{ cost: '0.400000', billed: '0' },
		],
		[
			'with a number of its own as id',
			{ verdict: 'passed', id: '17' },
			{ id: undefined, label: 'Item 1' },
		],
		[
			'with a name at the end of its address that says nothing',
			{ verdict: 'passed', url: 'https://drive.google.com/file/d/1aB/view' },
			{ label: 'Item 1' },
		],
		['from a costs number', { verdict: 'passed', cost: 0.4 }, { cost: '0.4' }],
		['of a large amount', { verdict: 'passed', cost: '1,234.50' }, { cost: '1234.50' }],
		[
			'in error, with the row of an earlier audit',
			{
				error: "'Task Type' is empty",
				message: 'Say what it is',
				details: { evaluation_id: 'e-1' },
				verdict: 'passed',
			},
			{ verdict: 'no_verdict', reason: "'Task Type' is empty", id: 'e-1' },
		],
		[
			'in error, as an object',
			{ error: { message: 'Failed' }, overall_passed: true },
			{ verdict: 'no_verdict', reason: 'Failed' },
		],
		[
			'that was only submitted',
			{ verdict: 'no_verdict', status_code: 'pending' },
			{ verdict: 'no_verdict', reason: 'Not finished yet' },
		],
		[
			'that contradicts itself',
			{ verdict: 'passed', status_code: 'failed', failure_code: 'processing_failed' },
			{ verdict: 'no_verdict', reason: expect.stringContaining('processing_failed') },
		],
		[
			'with another word for the verdict',
			{ verdict: 'ok', overall_passed: true },
			{ verdict: 'no_verdict', isUnreadable: true, reason: "'ok' is not a verdict of Runflow" },
		],
		['with a list of one', { verdict: ['Not Passed'] }, { verdict: 'not_passed' }],
		[
			'with a verdict that is no text',
			{ verdict: { passed: true }, overall_passed: true },
			{ verdict: 'no_verdict', isUnreadable: true, reason: "Its 'verdict' is not text" },
		],
		[
			'without a verdict and without a reason, whatever Runflow decided',
			{ verdict: 'no_verdict', overall_passed: 'TRUE' },
			{ verdict: 'no_verdict', reason: 'Runflow came to no decision' },
		],
		[
			'with a verdict that was emptied',
			{ verdict: '', overall_passed: 'TRUE' },
			{ verdict: 'no_verdict' },
		],
		[
			'with an error that is a number',
			{ verdict: 'passed', error: 404 },
			{ verdict: 'no_verdict' },
		],
		['with errors in a list', { verdict: 'passed', error: ['late'] }, { verdict: 'no_verdict' }],
		['with another case', { verdict: 'passed', status_code: 'Completed' }, { verdict: 'passed' }],
		['with a currency', { verdict: 'passed', cost: '$1 234,50' }, { cost: '1234.50' }],
		['with a unit', { verdict: 'passed', cost: '0.40 credits' }, { cost: '0.40' }],
		['of half a credit', { verdict: 'passed', cost: '.5' }, { cost: '0.5' }],
		['in scientific form', { verdict: 'passed', cost: '1.5e-1' }, { cost: '0.15' }],
		['of millions', { verdict: 'passed', cost: '1.234.567,8 €' }, { cost: '1234567.8' }],
		[
			'with an impossible date',
			{ verdict: 'passed', completed_at: new Date(NaN) },
			{ completed: undefined },
		],
		[
			'that is something else',
			{ city: 'Bern' },
			{ verdict: 'no_verdict', reason: 'Not judged yet', label: 'Item 1' },
		],
		['with a decision that is no boolean', { overall_passed: 'yes' }, { verdict: 'no_verdict' }],
		[
			'with a score out of bounds',
			{ verdict: 'passed', weighted_pass_rate: 85 },
			{ verdict: 'passed', score: undefined },
		],
		[
			'with its input row',
			{ verdict: 'passed', input: { title: 'Mug', image_url: 'https://x.example/a%20b.png' } },
			{ title: 'Mug', imageUrl: 'https://x.example/a%20b.png', label: 'Mug' },
		],
		[
			'with the address of its row alone',
			{ verdict: 'passed', input: { image_url: 'https://x.example/a%20b.png' } },
			{ label: 'a b.png', isJudgedByAddress: false },
		],
	])('%s', (_name, json, expected) => {
		expect(one(json)).toMatchObject(expected);
	});

	it.each(['FALSE', 'none', '-', ' No ', '0', 'n/a', '#N/A', 'No errors', 'FALSCH', 'faux', '[]'])(
		"with a column of its own called error that says '%s'",
		(error) => {
			expect(one({ verdict: 'passed', error })).toMatchObject({ verdict: 'passed' });
		},
	);
});
