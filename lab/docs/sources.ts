/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(__dirname, '../..');

/** The product's source files, parsed, by path from `nodes/Runflow` (or from the repository). */
export function parseSources(): Map<string, ts.SourceFile> {
	const nodes = filesIn('nodes/Runflow').map((file) => [file.replace('nodes/Runflow/', ''), file]);
	const all = [...nodes, ...filesIn('credentials').map((file) => [file, file])];
	return new Map(all.map(([name = '', file = '']) => [name, parse(file)]));
}

/** All nodes of a syntax tree, in the order of the text. */
export function walk(node: ts.Node): ts.Node[] {
	const found = [node];
	ts.forEachChild(node, (child) => void found.push(...walk(child)));
	return found;
}

function filesIn(folder: string): string[] {
	const entries = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
	return entries
		.filter((entry) => entry.endsWith('.ts'))
		.sort()
		.map((entry) => `${folder}/${entry}`);
}

function parse(file: string): ts.SourceFile {
	const text = readFileSync(path.join(ROOT, file), 'utf8');
	return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
}
