import { isRecord, readRecord, readRecords, readString, type JsonRecord } from '../read';
import type { Service, ServiceAnswer } from './service';

export const AIRTABLE_TOKEN = 'pat-stand-in';
export const AIRTABLE_BASE = 'appStandIn0000000';
export const AIRTABLE_TABLE = 'tblStandIn0000000';

type Column = 'text' | 'number' | 'checkbox';

export interface AirtableStandIn extends Service {
	/** The columns of its one table; live. */
	columns: Record<string, Column>;
	/** The records, in order. */
	records: Array<{ id: string; fields: JsonRecord }>;
}

const TYPES: Record<Column, string> = { text: 'string', number: 'number', checkbox: 'boolean' };

const refusal = (type: string, message: string): ServiceAnswer => ({
	status: 422,
	body: { error: { type, message } },
});

/** Airtable with one table: a cell that is empty, or a checkbox that is off, is left out when read. */
export function createAirtable(): AirtableStandIn {
	const columns: AirtableStandIn['columns'] = {};
	const records: AirtableStandIn['records'] = [];
	const root = `/v0/${AIRTABLE_BASE}/${AIRTABLE_TABLE}`;
	const wrong = (fields: JsonRecord): ServiceAnswer | undefined => {
		for (const [name, value] of Object.entries(fields)) {
			const column = columns[name];
			if (column === undefined)
				return refusal('UNKNOWN_FIELD_NAME', `Unknown field name: "${name}"`);
			if (value !== null && typeof value !== TYPES[column]) {
				const message = `Field "${name}" cannot accept the provided value`;
				return refusal('INVALID_VALUE_FOR_COLUMN', message);
			}
		}
		return undefined;
	};
	const write = (record: AirtableStandIn['records'][number], fields: JsonRecord) => {
		Object.assign(record.fields, fields);
		for (const [name, value] of Object.entries(record.fields)) {
			if (value === null || value === '' || value === false) delete record.fields[name];
		}
	};
	const bodyOf = ({ id, fields }: AirtableStandIn['records'][number]) => ({
		...{ id, createdTime: '2026-11-30T20:00:00.000Z', fields: { ...fields } },
	});
	return {
		hosts: ['api.airtable.com'],
		columns,
		records,
		answer: ({ method, path, authorization, body }) => {
			if (authorization !== `Bearer ${AIRTABLE_TOKEN}`) return { status: 401, body: {} };
			if (path !== root) return undefined;
			if (method === 'GET') return { body: { records: records.map(bodyOf) } };
			if (method === 'POST') {
				const fields = isRecord(body.fields) ? body.fields : {};
				const refused = wrong(fields);
				if (refused !== undefined) return refused;
				const record = { id: `rec${String(records.length).padStart(14, '0')}`, fields: {} };
				records.push(record);
				write(record, fields);
				return { body: bodyOf(record) };
			}
			const updates = readRecords(body.records, 'records');
			for (const update of updates) {
				const fields = readRecord(update.fields, 'fields');
				const refused = wrong(fields);
				if (refused !== undefined) return refused;
				const record = records.find(({ id }) => id === readString(update, 'id'));
				if (record === undefined) return { status: 404, body: { error: 'NOT_FOUND' } };
				write(record, fields);
			}
			const ids = updates.map(({ id }) => id);
			return { body: { records: records.filter(({ id }) => ids.includes(id)).map(bodyOf) } };
		},
	};
}
