/** @jest-environment-options {"speed": 10} */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

import { evaluationProperties } from '../../nodes/Runflow/operations';
import { allOperations, CREDENTIAL_PROPERTIES, kebab, TRIGGER_PROPERTIES } from './fields';
import { DOCS, pages } from './pages';
import { readRecorded, recordErrors } from './recordedErrors';
import { parseSources, walk } from './sources';
import { inMarkdown } from './table';

const ROOT = path.join(DOCS, '..');
const PAGES = [
	...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'examples/README.md'],
	...filesIn('docs', '.md'),
];
const TEXT_KEYS = ['displayName', 'description', 'hint'];

it('every generated page is what `npm run docs` makes now', () => {
	for (const [name, text] of pages()) {
		expect({ name, text: read(`docs/${name}`) }).toEqual({ name, text });
	}
});

it('every recorded error is what n8n shows now', async () => {
	expect(await recordErrors()).toEqual(readRecorded());
});

it('every operation and the trigger have a page', () => {
	const expected = allOperations().map(({ value }) => `${kebab(String(value))}.md`);
	expect(filesIn('docs/reference', '.md').map((file) => path.basename(file))).toEqual(
		expect.arrayContaining([...expected, 'runflow-trigger.md', 'credential.md']),
	);
});

it('every label, option and sentence of the panels stands in a page', () => {
	const all = words(filesIn('docs/reference', '.md').map(read).join('\n'));
	const texts = [evaluationProperties, TRIGGER_PROPERTIES, CREDENTIAL_PROPERTIES].flatMap(textsIn);
	expect(texts.length).toBeGreaterThan(150);
	expect(texts.filter((text) => !all.includes(words(inMarkdown(text))))).toEqual([]);
});

it.each(['messages', 'parameters', 'items'])('every sentence of %s stands in a page', (room) => {
	const all = words(PAGES.map(read).join('\n'));
	const missing = sentencesIn(room).filter((text) => !all.includes(words(inMarkdown(text))));
	expect(missing).toEqual([]);
});

it.each(PAGES)('the links of %s lead somewhere', (page) => {
	const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
	const local = links.filter((target) => !/^(https?|mailto):/.test(target));
	expect(local.filter((target) => !leadsSomewhere(page, target))).toEqual([]);
});

it('everything that a process remembers stands with its bound in docs/threats.md', () => {
	const listed = [...read('docs/threats.md').matchAll(/^\|.*\|.*\d.*\| `([\w/]+)` \|$/gm)];
	const inHouse = listed.filter(([, file]) => !/^(test|lab)/.test(`${file}`));
	const remembering = filesIn('nodes/Runflow', '.ts').flatMap((file) => {
		const made = [
			...read(file).matchAll(/^(?:export )?(?:const|let) [a-z]\w*[^=\n]*= new [A-Z]/gm),
		];
		return made.map(() => path.posix.relative('nodes/Runflow', file).replace(/\.ts$/, ''));
	});
	expect(inHouse.map(([, file]) => file).sort()).toEqual(remembering.sort());
});

it('every picture is shown in a page', () => {
	const all = PAGES.map(read).join('\n');
	expect(readdirSync(path.join(DOCS, 'pictures')).filter((name) => !all.includes(name))).toEqual(
		[],
	);
});

function read(file: string): string {
	return readFileSync(path.join(ROOT, file), 'utf8');
}

function filesIn(folder: string, ending: string): string[] {
	const entries = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
	return entries
		.filter((entry) => entry.endsWith(ending))
		.sort()
		.map((entry) => `${folder}/${entry}`);
}

/** Without what Markdown adds, so that a text is found wherever it stands. */
function words(text: string): string {
	return text
		.replace(/[*`]|<br>/g, ' ')
		.replace(/\\\|/g, '|')
		.replace(/\s+/g, ' ');
}

/** Every text of a panel that a builder can read, at any depth; hidden fields show none. */
function textsIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(textsIn);
	if (typeof value !== 'object' || value === null) return [];
	const fields: Array<[string, unknown]> = Object.entries(value);
	if (fields.some(([key, each]) => key === 'type' && each === 'hidden')) return [];
	const isOption = 'value' in value;
	return fields.flatMap(([key, each]) => {
		if (key === 'displayOptions' || key === 'typeOptions') return [];
		const isText = TEXT_KEYS.includes(key) || (isOption && key === 'name');
		return typeof each === 'string' ? (isText ? [each] : []) : textsIn(each);
	});
}

/** The pieces of text in a room's source that are long enough to be part of a sentence. */
function sentencesIn(room: string): string[] {
	const files = [...parseSources()].filter(([name]) => name.startsWith(`${room}/`));
	const texts = files.flatMap(([, file]) => walk(file).filter(isText));
	return texts.filter(isRead).map(({ text }) => text);
}

function isText(node: ts.Node): node is ts.LiteralLikeNode {
	return ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
}

/** Examples inside a field and lines for n8n's log are no sentences of a page. */
function isRead(node: ts.LiteralLikeNode): boolean {
	if (!/[a-z']{2,} [a-z']+ \S/i.test(node.text)) return false;
	for (let at = node.parent; at; at = at.parent) {
		if (ts.isCallExpression(at) && /\blog(ger)?\.\w+$/.test(at.expression.getText())) return false;
		if (!ts.isPropertyAssignment(at)) continue;
		if (['placeholder', 'action'].includes(at.name.getText())) return false;
	}
	return true;
}

function leadsSomewhere(page: string, target: string): boolean {
	const [file = '', anchor] = target.split('#');
	const found = file === '' ? page : path.join(path.dirname(page), file);
	if (!existsSync(path.join(ROOT, found))) return false;
	if (anchor === undefined || !found.endsWith('.md')) return true;
	const heads = [...read(found).matchAll(/^#+ (.+)$/gm)].map(([, head = '']) => slug(head));
	return heads.includes(anchor);
}

function slug(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replace(/ /g, '-');
}
