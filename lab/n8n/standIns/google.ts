import { readArray, readRecords, readString, type JsonRecord } from '../read';
import type { Service, ServiceAnswer, ServiceRequest } from './service';
import type { Troubles } from './troubles';

const ACCESS_TOKEN = 'ya29.stand-in';
const REFRESH_TOKEN = '1//stand-in';
export const CONSENT_CODE = '4/stand-in';

const QUOTA = 60;
const MINUTE_MS = 60_000;
const EXCEEDED: ServiceAnswer = {
	status: 429,
	body: { error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'Quota exceeded' } },
};

const UNAVAILABLE: ServiceAnswer = {
	status: 503,
	body: { error: { code: 503, status: 'UNAVAILABLE', message: 'The service is unavailable' } },
};

const readsWithinAMinute = (reads: number[]) =>
	reads.filter((at) => at > Date.now() - MINUTE_MS).length;

export interface Spreadsheet {
	id: string;
	title: string;
	/** The cells of its one sheet; the first row has the column names. */
	cells: unknown[][];
}

export interface GoogleStandIn extends Service {
	spreadsheet: Spreadsheet;
	/** The rows below the first one, by column name; what is empty is left out. */
	rows(): JsonRecord[];
	/** When it was read, in milliseconds since 1970; Google allows 60 a minute for each user. */
	reads: number[];
}

/** Google's token endpoint and Google Sheets with one spreadsheet. */
export function createGoogle(troubles: Troubles): GoogleStandIn {
	const spreadsheet: Spreadsheet = { id: '', title: 'Sheet1', cells: [] };
	const reads: number[] = [];
	return {
		hosts: [
			'oauth2.googleapis.com',
			'sheets.googleapis.com',
			'www.googleapis.com',
			'accounts.google.com',
		],
		spreadsheet,
		reads,
		rows: () => rowsOf(spreadsheet),
		answer: (request) => {
			if (request.host === 'oauth2.googleapis.com') return answerToken(request);
			if (request.host === 'sheets.googleapis.com') {
				if (request.method === 'GET') {
					if (readsWithinAMinute(reads) >= QUOTA) return EXCEEDED;
					reads.push(Date.now());
				}
				if (troubles.sheetRefuses && request.method === 'POST') return UNAVAILABLE;
				return answerSheets(spreadsheet, request);
			}
			if (request.path === '/drive/v3/files') return { body: { files: [fileOf(spreadsheet)] } };
			return undefined;
		},
	};
}

/** The spreadsheet in the list of documents. */
function fileOf({ id }: Spreadsheet): JsonRecord {
	return {
		id,
		name: 'Image Audit',
		webViewLink: `https://docs.google.com/spreadsheets/d/${id}/edit`,
	};
}

function rowsOf({ cells: [header = [], ...rows] }: Spreadsheet): JsonRecord[] {
	return rows.map((row) => {
		const named = header.map((name, column) => [String(name), row[column] ?? ''] as const);
		return Object.fromEntries(named.filter(([, value]) => value !== ''));
	});
}

function answerToken({ method, path, body }: ServiceRequest): ServiceAnswer | undefined {
	if (method !== 'POST' || path !== '/token') return undefined;
	const valid = body.code === CONSENT_CODE || body.refresh_token === REFRESH_TOKEN;
	if (!valid) return { status: 400, body: { error: 'invalid_grant' } };
	const token = { access_token: ACCESS_TOKEN, token_type: 'Bearer', expires_in: 3599 };
	return { body: { ...token, refresh_token: REFRESH_TOKEN } };
}

function answerSheets(
	spreadsheet: Spreadsheet,
	{ method, path, authorization, body }: ServiceRequest,
): ServiceAnswer | undefined {
	if (authorization !== `Bearer ${ACCESS_TOKEN}`) {
		return { status: 401, body: { error: { code: 401, status: 'UNAUTHENTICATED' } } };
	}
	const { id, title, cells } = spreadsheet;
	const root = `/v4/spreadsheets/${id}`;
	if (method === 'GET' && path === root) {
		const gridProperties = { rowCount: cells.length, columnCount: 26 };
		const properties = { sheetId: 0, title, index: 0, sheetType: 'GRID', gridProperties };
		return { body: { sheets: [{ properties }] } };
	}
	if (method === 'GET' && unquoted(path) === `${root}/values/${title}`) {
		return { body: { range: `${title}!A1:Z1000`, majorDimension: 'ROWS', values: cells } };
	}
	if (method === 'POST' && path === `${root}/values:batchUpdate`) {
		const data = readRecords(body.data, 'data');
		const isEntered = body.valueInputOption === 'USER_ENTERED';
		for (const update of data) writeCell(spreadsheet, update, isEntered);
		return { body: { spreadsheetId: id, totalUpdatedCells: data.length } };
	}
	return undefined;
}

/** A sheet's name may stand in quotes. */
function unquoted(range: string): string {
	return range.replaceAll("'", '');
}

/** Writes one cell; `range` looks like `Sheet1!C2`. */
function writeCell({ title, cells }: Spreadsheet, update: JsonRecord, isEntered: boolean): void {
	const range = unquoted(readString(update, 'range'));
	const [, sheet, letter = '', row] = /^(.+)!([A-Z])(\d+)$/.exec(range) ?? [];
	const [value] = readArray(readArray(update.values, 'values')[0], 'row');
	if (sheet !== title) throw new Error(`no such range: ${range}`);
	const cellsOfRow = (cells[Number(row) - 1] ??= []);
	const column = letter.charCodeAt(0) - 'A'.charCodeAt(0);
	while (cellsOfRow.length < column) cellsOfRow.push('');
	cellsOfRow[column] = isEntered ? asTyped(value) : value;
}

/** What a sheet makes of text that somebody types: numbers, booleans, text behind an apostrophe, formulas. */
function asTyped(value: unknown): unknown {
	if (typeof value !== 'string' || value === '') return value;
	if (/^-?\d+(?:\.\d+)?$/.test(value)) return Number(value);
	if (/^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true';
	if (/^[=+]/.test(value)) return '#ERROR!';
	return value.replace(/^'/, '');
}
