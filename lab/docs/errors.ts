import ts from 'typescript';

import { parseSources, walk } from './sources';
import { OPEN, unique, Wording } from './wording';
import type { Arguments } from './wording';

/** What a user may read: the forms that a message has, and what to do about it. */
export interface ErrorRow {
	messages: string[];
	advice: string[];
}

const ERROR_CLASSES = ['ParameterProblem', 'NodeOperationError', 'UserError'];

/** Every error that the product words, by source file. */
export function readErrors(): Map<string, ErrorRow[]> {
	const sources = parseSources();
	const wording = new Wording([...sources.values()]);
	const found = new Map<string, ErrorRow[]>();
	for (const [name, file] of sources) {
		const rows = walk(file).flatMap((node) => rowsAt(node, wording));
		const kept = distinct(rows);
		if (kept.length > 0) found.set(name, kept);
	}
	return found;
}

function rowsAt(node: ts.Node, wording: Wording): ErrorRow[] {
	const pair = pairAt(node);
	if (pair === undefined) return [];
	return wording.callsAround(node).map((known: Arguments) => {
		const textsOf = (part: ts.Node | undefined) => (part ? wording.of(part, known) : ['']);
		return { messages: textsOf(pair.message), advice: textsOf(pair.advice) };
	});
}

/** The expressions of a message and of what to do, where a node of the syntax tree has them. */
function pairAt(node: ts.Node): { message: ts.Node; advice?: ts.Node } | undefined {
	if (ts.isObjectLiteralExpression(node)) {
		const what = valueOf(node, 'what');
		const advised = valueOf(node, 'advice');
		if (what && advised) return { message: what, advice: advised };
		const message = valueOf(node, 'message');
		const advice = valueOf(node, 'description');
		if (message && advice) return { message, advice };
		return message && valueOf(node, 'value') ? { message } : undefined;
	}
	if (!ts.isNewExpression(node) || !ERROR_CLASSES.includes(node.expression.getText())) {
		return undefined;
	}
	const given = [...(node.arguments ?? [])];
	const isOperation = node.expression.getText() === 'NodeOperationError';
	const [message, more] = isOperation ? given.slice(1) : given;
	if (message === undefined) return undefined;
	const advice = more && ts.isObjectLiteralExpression(more) ? valueOf(more, 'description') : more;
	return { message, advice };
}

function valueOf(node: ts.ObjectLiteralExpression, name: string): ts.Node | undefined {
	const property = node.properties.find((each) => each.name?.getText() === name);
	if (property && ts.isShorthandPropertyAssignment(property)) return property.name;
	return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

/** Sentences that say something only at the moment, in front of others. */
const OPEN_SENTENCES = /(?<=^|\. )(…\. )+/g;

/** Rows with words of their own; the same message with several things to do is one row. */
function distinct(rows: ErrorRow[]): ErrorRow[] {
	const byMessage = new Map<string, ErrorRow>();
	for (const { messages, advice } of rows) {
		const worded = messages.filter((text) => /\p{L}{3}/u.test(text.replace(OPEN, '')));
		if (worded.length === 0) continue;
		const key = worded.join('|');
		const known = byMessage.get(key);
		const told = advice.map((text) => text.replace(OPEN_SENTENCES, ''));
		const all = unique([...(known?.advice ?? []), ...told]).filter((text) => text !== '');
		byMessage.set(key, { messages: worded, advice: all });
	}
	return [...byMessage.values()];
}
