import type { IBinaryData, IBinaryKeyData, INodeExecutionData } from 'n8n-workflow';

import { isObject } from '../api/read';
import { ParameterProblem } from './check';
import type { Checked } from './check';
import { nothingGiven, readAt } from './parameter';
import type { Asked } from './parameter';
import type { ItemSource } from './source';
import { describe, excerpt, isUnset, onlyEntry } from './value';

const DEFAULT_FIELD = 'data';
/** Where n8n's binary mode `combined` keeps the files of an item. */
const FILES_IN_JSON = '_files';
const LONGEST_NAME = 200;

/** A file of an item, and its name for a description: n8n replaces messages that hold some words. */
export interface ChosenFile {
	name?: string;
	file: IBinaryData;
}

/** The file that a parameter means, by the name of a field or by an expression that gives it. */
export function findFile(source: ItemSource, path: string, label: string): Checked<ChosenFile> {
	return readAt<ChosenFile>(source, path, label, (value, asked) => {
		const entry = onlyEntry(value);
		if (isUnset(entry)) {
			return asked.isComputed === true
				? nothingGiven(label, 'image file')
				: namedFile(source, DEFAULT_FIELD, label);
		}
		if (typeof entry === 'string') return namedFile(source, entry.trim(), label);
		const entered = source.entered(path);
		const file = isFileObject(entry)
			? entry
			: (ownFile(source, entered, entry) ?? onlyFileIn(entry));
		return file ? { file } : noFile(entry, asked);
	});
}

/** False where the field is empty, or the item has none of its name, whatever other files it has. */
export function hasFile(source: ItemSource, path: string): boolean {
	const isThere = readAt<boolean>(source, path, '', (value, { isComputed }) => {
		const entry = onlyEntry(value);
		if (isUnset(entry) && isComputed === true) return false;
		const field = isUnset(entry) ? DEFAULT_FIELD : entry;
		if (typeof field !== 'string' || field.length > LONGEST_NAME) return true;
		return placesOf(source, field.trim()).some((file) => file !== undefined);
	});
	return isThere !== false;
}

/** The files of an item, also where n8n's binary mode `combined` keeps them. */
export function filesOf({ binary, json }: INodeExecutionData): IBinaryKeyData | undefined {
	const inJson = json[FILES_IN_JSON];
	if (binary !== undefined || !isObject(inJson)) return binary;
	const files: Array<[string, unknown]> = Object.entries(inJson);
	const found = files.filter((entry): entry is [string, IBinaryData] => isFileObject(entry[1]));
	return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** Whether a value is a file as n8n hands it on: with its content, or with the id of it. */
export function isFileObject(value: unknown): value is IBinaryData {
	if (!isObject(value) || typeof value.mimeType !== 'string') return false;
	return typeof value.data === 'string' || (typeof value.id === 'string' && value.id !== '');
}

/** Takes the path of a file in an item's JSON too, as n8n does in its binary mode `combined`. */
function namedFile(source: ItemSource, field: string, label: string): Checked<ChosenFile> {
	const name = excerpt(field);
	for (const file of placesOf(source, field)) {
		if (isFileObject(file)) return { name, file };
		if (file !== undefined) {
			return new ParameterProblem(
				`The file in '${label}' has no content`,
				`Look at the binary field '${name}' in the output of the previous node, and make that node give the file again`,
			);
		}
	}
	return missing(source, field, label);
}

function placesOf(source: ItemSource, field: string): unknown[] {
	const places = [field, `${FILES_IN_JSON}.${field}`].map((path) => fileAt(source, path));
	return [...places, binaryOf(source)?.[field]];
}

function fileAt(source: ItemSource, field: string): unknown {
	try {
		return source.file(field);
	} catch {
		return undefined;
	}
}

/** In the mode `combined` n8n leaves files here that it keeps in memory. */
function binaryOf({ row }: ItemSource): Record<string, unknown> | undefined {
	return row?.binary;
}

/**
 * n8n gives the files of `$binary` without their content: the file of this item that has the same
 * name, type and size is meant. Of another node's file nothing can be told that way.
 */
function ownFile(source: ItemSource, entered: unknown, value: unknown) {
	const isOwn = typeof entered === 'string' && /\$binary\b/.test(entered);
	if (!isOwn || /\$node\b|\$\(|\$items\b/.test(entered) || !isObject(value)) return undefined;
	const files = Object.values(binaryOf(source) ?? {});
	const facts = Object.entries(value).filter(([, fact]) => typeof fact !== 'object');
	const alike = files.filter(
		(file) => isObject(file) && facts.every(([name, fact]) => file[name] === fact),
	);
	const key = /\$binary(?:\.([\w$]+)|\[\s*["']([^"']+)["']\s*\])\s*\}\}\s*$/.exec(entered);
	const named = key && binaryOf(source)?.[key[1] ?? key[2] ?? ''];
	const [file] = named ? alike.filter((each) => each === named) : alike;
	return (named || alike.length === 1) && isFileObject(file) ? file : undefined;
}

/** `$binary` as a whole, when there is one file in it. */
function onlyFileIn(value: unknown): IBinaryData | undefined {
	const files: unknown[] = isObject(value) ? Object.values(value) : [];
	const [file] = files;
	return files.length === 1 && isFileObject(file) ? file : undefined;
}

function missing(source: ItemSource, field: string, label: string): ParameterProblem {
	if (/^(https?|data|runflow):/i.test(field)) {
		return new ParameterProblem(
			`'${label}' has an address instead of a field's name`,
			"Choose URL as the image's source and enter the address there",
		);
	}
	if (field.length > LONGEST_NAME) {
		return new ParameterProblem(
			`'${label}' must be the name of a field`,
			`It has ${field.length} characters. To send bytes in base64, use a Convert to File node before this one, or choose URL and enter data:image/png;base64, followed by them`,
		);
	}
	const fields = fieldsOf(source);
	const advice =
		fields.length > 0
			? `Its binary fields are: ${excerpt(fields.join(', '))}. Enter one of them in '${label}'`
			: 'It has no file at all. Check that the previous node returns one, or choose URL as the source of the image';
	return new ParameterProblem(
		`The item has no binary field with the name in '${label}'`,
		`The name is: ${excerpt(field)}. ${advice}`,
		fields.length > 0 ? undefined : 'image file',
	);
}

function fieldsOf(source: ItemSource): string[] {
	const inJson = source.row?.json[FILES_IN_JSON];
	const names = [binaryOf(source), inJson].flatMap((files) =>
		isObject(files) ? Object.keys(files) : [],
	);
	return [...new Set(names)];
}

function noFile(value: unknown, { label, expression = '$binary' }: Asked): ParameterProblem {
	const names = isObject(value)
		? Object.entries(value).filter(([, each]) => isFileObject(each))
		: [];
	const [first] = names;
	const example = first ? `${expression}.${first[0]}` : "$('Generate Image').item.binary.data";
	return new ParameterProblem(
		`'${label}' must be the name of a field, or one file`,
		`It is ${describe(value)}. Enter a name such as data, or an expression that gives one file, for example {{ ${example} }}`,
	);
}
