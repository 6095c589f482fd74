import type { IDataObject } from 'n8n-workflow';

import { makeReport } from '../../nodes/Runflow/verdict/report';

const SETTINGS = { title: 'Nightly', worstCount: 5 };
const URL = 'https://images.example.com/a.png';

const airtable = (fields: IDataObject) => ({
	...{ id: 'recA1B2C3D4E5F6G7', createdTime: '2026-11-30T20:00:00.000Z', fields },
});
const notion = (cells: IDataObject) => ({
	...{ id: '2b1c6f0e-3c0d-4b8e-9d0a-0a4f5b1c2d3e', name: 'A', url: 'https://www.notion.so/A-2b1c' },
	...Object.fromEntries(Object.entries(cells).map(([key, value]) => [`property_${key}`, value])),
});

describe.each([
	['Airtable', airtable],
	['Notion', notion],
])('a record of %s', (_service, record) => {
	it('is read by its cells', () => {
		const cells = {
			...{ verdict: 'not_passed', reason: 'Blurred', image_url: URL, client: 'Acme' },
			...{ evaluation_id: 'e-1', weighted_pass_rate: 0.4, cost_credits: 0.4, title: 'Shoe' },
		};
		const { report, entries } = makeReport([record(cells)], {
			...SETTINGS,
			groupByField: 'client',
		});
		expect(report).toMatchObject({ not_passed: 1, cost: '0.40' });
		expect(report.groups).toMatchObject([{ group: 'Acme' }]);
		expect(entries).toMatchObject([{ id: 'e-1', imageUrl: URL, label: 'Shoe', score: 0.4 }]);
	});

	it('without a verdict is not judged yet, and its own ID is no evaluation', () => {
		const { report, entries } = makeReport(
			[record({ verdict: '', title: 'Shoe' }), record({ verdict: 'passed', title: 'Hat' })],
			SETTINGS,
		);
		expect(report).toMatchObject({ passed: 1, no_verdict: 1 });
		expect(entries.map(({ id, imageUrl }) => [id, imageUrl])).toEqual([
			[undefined, undefined],
			[undefined, undefined],
		]);
	});

	it('tells what changed when it is the input of a result', () => {
		const item = { verdict: 'not_passed', reason: 'Blurred', input: record({ verdict: 'passed' }) };
		expect(makeReport([item], SETTINGS).report.changes).toMatchObject([
			{ change: 'newly_failing' },
		]);
	});

	it('beside a verdict of its own changes nothing of it', () => {
		const item = { ...record({ verdict: 'passed' }), verdict: 'no_verdict', error: 'Late' };
		expect(makeReport([item], SETTINGS).report).toMatchObject({ passed: 0, no_verdict: 1 });
	});
});

it('other rows have properties, and lists of fields, too', () => {
	const house = { property_url: 'https://houses.example/7', property_id: 7, url: URL, id: 'e-2' };
	const [entry] = makeReport([house], SETTINGS).entries;
	expect(entry).toMatchObject({ imageUrl: URL, id: 'e-2', verdict: 'no_verdict' });
	const [listed] = makeReport([{ verdict: 'passed', fields: ['a'] }], SETTINGS).entries;
	expect(listed).toMatchObject({ verdict: 'passed' });
});
