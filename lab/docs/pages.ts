/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import * as policy from '../../nodes/Runflow/api/policy';
import { readErrors } from './errors';
import type { ErrorRow } from './errors';
import {
	CREDENTIAL_PROPERTIES,
	fieldsOf,
	fieldTable,
	kebab,
	operations,
	TRIGGER_PROPERTIES,
} from './fields';
import { outputTable } from './outputs';
import { recordedTable } from './recordedErrors';
import { table } from './table';

export const DOCS = path.join(__dirname, '../../docs');
const TEMPLATES = path.join(__dirname, 'pages');
const HEAD =
	'<!-- Made by `npm run docs` from lab/docs/pages and the nodes. Change it there. -->\n\n';

type Maker = (argument: string) => string;

/** The generated pages, by path from docs. `{{name argument}}` in a template is what the maker gives. */
export function pages(): Map<string, string> {
	const errors = readErrors();
	const makers: Record<string, Maker> = {
		fields: (operation) => fieldTable(fieldsOf(operation), operation),
		triggerFields: () => fieldTable(TRIGGER_PROPERTIES),
		credentialFields: () => fieldTable(CREDENTIAL_PROPERTIES),
		output: (operation) => outputTable(operation, false),
		outputWithDetails: (operation) => outputTable(operation, true),
		operations: operationList,
		errors: (files) => errorTable(files, errors),
		recordedErrors: recordedTable,
		number: (name) => numberOf(name, 1),
		seconds: (name) => numberOf(name, 1_000),
		minutes: (name) => numberOf(name, 60_000),
	};
	const templates = readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' });
	const names = templates.filter((name) => name.endsWith('.md')).sort();
	const made = new Map(names.map((name) => [name, HEAD + fill(name, makers)]));
	const left = [...errors.keys()];
	if (left.length > 0) throw new Error(`No page has the errors of ${left.join(', ')}`);
	return made;
}

function fill(name: string, makers: Record<string, Maker>): string {
	const template = readFileSync(path.join(TEMPLATES, name), 'utf8');
	return template.replace(/\{\{(\w+) ?([^{}]*)\}\}/g, (_, maker: string, argument: string) => {
		const make = makers[maker];
		if (make === undefined) throw new Error(`${name}: there is no {{${maker}}}`);
		return make(argument);
	});
}

function operationList(resource: string): string {
	const rows = operations(resource).map(({ name, value, description = '' }) => [
		`[${name}](${kebab(String(value))}.md)`,
		description,
	]);
	return table(['Operation', 'What it does'], rows);
}

/** The errors of some source files; each may stand on one page only. */
function errorTable(files: string, errors: Map<string, ErrorRow[]>): string {
	const rows = files.split(' ').flatMap((file) => {
		const found = errors.get(file);
		if (found === undefined) throw new Error(`There are no errors in ${file}, or a page has them`);
		errors.delete(file);
		return found;
	});
	const cells = rows.map(({ messages, advice }) => [messages.join('<br>'), advice.join('<br>')]);
	const columns = cells.some(([, advice]) => advice !== '') ? 2 : 1;
	return table(
		['Message', 'What to do'].slice(0, columns),
		cells.map((row) => row.slice(0, columns)),
	);
}

function numberOf(name: string, unit: number): string {
	const found: unknown = Object.entries(policy).find(([key]) => key === name)?.[1];
	if (typeof found !== 'number') throw new Error(`api/policy.ts has no ${name}`);
	return (found / unit).toLocaleString('en-US');
}
