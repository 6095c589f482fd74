/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';

import { describeStandIn, json, text } from './standInDescription';

/** Read/Write Files from Disk. With a folder, only the last part of the paths in the workflow counts. */
export function readWriteFile(folder?: string): INodeType {
	const locate = (given: string) =>
		folder === undefined ? path.resolve(given) : path.join(folder, path.basename(given));
	return {
		description: describeStandIn('readWriteFile', [
			text('operation', 'read'),
			text('fileSelector'),
			text('fileName'),
			text('dataPropertyName', 'data'),
			json('options'),
		]),
		async execute(this: IExecuteFunctions) {
			const output: INodeExecutionData[] = [];
			for (const [index, item] of this.getInputData().entries()) {
				if (stringParameter(this, 'operation', index) === 'write') {
					const file = locate(stringParameter(this, 'fileName', index));
					output.push(await writeFile(this, item, index, file));
				} else {
					const selector = locate(stringParameter(this, 'fileSelector', index));
					for (const file of matchingFiles(selector))
						output.push(await readFile(this, file, index));
				}
			}
			return [output];
		},
	};
}

/** Extract From File, operation `csv`: one item per row, empty cells left out as in the real node. */
export const extractFromFile: INodeType = {
	description: describeStandIn('extractFromFile', [
		text('operation', 'csv'),
		text('binaryPropertyName', 'data'),
		json('options'),
	]),
	async execute(this: IExecuteFunctions) {
		const output: INodeExecutionData[] = [];
		for (const index of this.getInputData().keys()) {
			requireCsv(this, index);
			const property = stringParameter(this, 'binaryPropertyName', index);
			const options = objectParameter(this, 'options', index);
			const csv = await this.helpers.getBinaryDataBuffer(index, property);
			for (const row of readRows(csv, options)) {
				output.push({ json: row, pairedItem: { item: index } });
			}
		}
		return [output];
	},
};

/** Convert to File, operation `csv`: all items become the rows of one file. */
export const convertToFile: INodeType = {
	description: describeStandIn('convertToFile', [
		text('operation', 'csv'),
		text('binaryPropertyName', 'data'),
		json('options'),
	]),
	async execute(this: IExecuteFunctions) {
		requireCsv(this, 0);
		const items = this.getInputData();
		const options = objectParameter(this, 'options', 0);
		const fileName = typeof options.fileName === 'string' ? options.fileName : 'file.csv';
		const csv = Buffer.from(
			writeRows(
				items.map(({ json: row }) => flatten(row)),
				options,
			),
		);
		const binary = await this.helpers.prepareBinaryData(csv, fileName, 'text/csv');
		const property = stringParameter(this, 'binaryPropertyName', 0);
		const pairedItem = items.map((_, item) => ({ item }));
		return [[{ json: {}, binary: { [property]: binary }, pairedItem }]];
	},
};

async function readFile(
	context: IExecuteFunctions,
	file: string,
	index: number,
): Promise<INodeExecutionData> {
	const { dataPropertyName } = objectParameter(context, 'options', index);
	const binary = await context.helpers.prepareBinaryData(readFileSync(file), file);
	const { fileName, fileExtension, mimeType, fileType, fileSize, directory } = binary;
	return {
		json: { mimeType, fileType, fileName, directory, fileExtension, fileSize },
		binary: { [typeof dataPropertyName === 'string' ? dataPropertyName : 'data']: binary },
		pairedItem: { item: index },
	};
}

async function writeFile(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	index: number,
	file: string,
): Promise<INodeExecutionData> {
	const property = stringParameter(context, 'dataPropertyName', index);
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, await context.helpers.getBinaryDataBuffer(index, property));
	return {
		json: { ...item.json, fileName: file },
		binary: item.binary,
		pairedItem: { item: index },
	};
}

/** The file itself, or those that a `*` in the last part of the path stands for. */
function matchingFiles(selector: string): string[] {
	const { dir, base } = path.parse(selector);
	if (!base.includes('*')) return [selector];
	const parts = base.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
	const pattern = new RegExp(`^${parts.join('.*')}$`);
	return readdirSync(dir)
		.filter((name) => pattern.test(name))
		.map((name) => path.join(dir, name))
		.filter((file) => statSync(file).isFile())
		.sort();
}

function readRows(csv: Buffer, options: INodeParameters): IDataObject[] {
	const rows: unknown = parse(csv, {
		delimiter: delimiter(options),
		bom: options.enableBOM === true,
		columns: options.headerRow !== false,
		relax_quotes: options.relaxQuotes === true,
	});
	if (!Array.isArray(rows)) return [];
	const keep = options.includeEmptyCells === true;
	return rows.map((row: object) =>
		Object.fromEntries(Object.entries(row).filter(([, value]) => keep || value !== '')),
	);
}

function writeRows(rows: IDataObject[], options: INodeParameters): string {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	return stringify(rows, {
		columns,
		delimiter: delimiter(options),
		header: options.headerRow !== false,
		cast: { boolean: (value) => (value ? 'TRUE' : 'FALSE') },
	});
}

/** Nested values get a column of their own, `outer.inner`. */
function flatten(row: object, prefix = ''): IDataObject {
	const flat: IDataObject = {};
	for (const [key, value] of Object.entries(row)) {
		if (typeof value === 'object' && value !== null) {
			Object.assign(flat, flatten(value, `${prefix}${key}.`));
		} else {
			flat[prefix + key] = value;
		}
	}
	return flat;
}

function delimiter(options: INodeParameters): string {
	return typeof options.delimiter === 'string' ? options.delimiter : ',';
}

function requireCsv(context: IExecuteFunctions, index: number): void {
	const operation = stringParameter(context, 'operation', index);
	if (operation !== 'csv') throw new Error(`The stand-in knows only "csv", not "${operation}"`);
}

function stringParameter(context: IExecuteFunctions, name: string, index: number): string {
	return String(context.getNodeParameter(name, index));
}

function objectParameter(context: IExecuteFunctions, name: string, index: number): INodeParameters {
	return Object.assign<INodeParameters, unknown>({}, context.getNodeParameter(name, index, {}));
}
