/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeParameters } from 'n8n-workflow';

import { operate, rows, submitted, withIds } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';
import { previews, type Schema } from '../../lab/schema/previews';
import { PREVIEW_FOLDER, previewText } from '../../lab/schema/write';
import { evaluationProperties } from '../../nodes/Runflow/operations';

const emulator = useEmulator();

it('there is one for every operation, and each file is what the shape says', () => {
	const operations = evaluationProperties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options = [], displayOptions }) =>
			options.map(
				(option) =>
					`${displayOptions?.show?.resource}/${'value' in option ? option.value : option.name}`,
			),
		);
	expect(Object.keys(previews()).sort()).toEqual(operations.sort());
	const files = readdirSync(PREVIEW_FOLDER, { recursive: true, encoding: 'utf8' });
	expect(files.filter((file) => file.endsWith('.json')).sort()).toEqual(
		operations.map((place) => `${place}.json`),
	);
	for (const [place, schema] of Object.entries(previews())) {
		const file = path.join(PREVIEW_FOLDER, `${place}.json`);
		expect(readFileSync(file, 'utf8')).toBe(previewText(schema));
	}
});

const parameters: Record<string, INodeParameters> = {
	createReport: {
		options: { earlierVerdictField: 'row', groupByField: 'row', oneReportFor: 'id' },
	},
	get: { evaluationId: '={{ $json.id }}' },
	getMany: { runId: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b' },
	sendFeedback: { evaluationId: '={{ $json.id }}', feedback: 'positive' },
	wait: { evaluationId: '={{ $json.id }}' },
};

it.each(Object.entries(previews()))('%s gives what its preview says', async (place, schema) => {
	const [resource = '', operation = ''] = place.split('/');
	emulator.options.balance = '12.350000';
	const items =
		operation in parameters ? withIds(await submitted(emulator, 'row-0', 'row-1')) : rows(2);
	const run = await operate(emulator, { resource, operation, ...parameters[operation] }, items);
	const given = run.after[0] ?? [];
	expect(given.length).toBeGreaterThan(0);
	for (const { json } of given) expectToFit(json, schema, operation);
});

/** The same keys in the same order; null where there is nothing. */
function expectToFit(value: unknown, schema: Schema, place: string): void {
	if (value === null) return;
	const type = Array.isArray(value) ? 'array' : typeof value;
	expect({ place, type }).toEqual({ place, type: schema.type });
	if (Array.isArray(value)) {
		for (const each of value) expectToFit(each, schema.items ?? { type: '' }, `${place}[]`);
	} else if (type === 'object') {
		const entries = Object.entries(value as object);
		const { properties = {} } = schema;
		expect(entries.map(([key]) => key)).toEqual(Object.keys(properties));
		for (const [key, each] of entries) {
			expectToFit(each, properties[key] ?? { type: '' }, `${place}.${key}`);
		}
	}
}
