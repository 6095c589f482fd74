import ts from 'typescript';

import { walk } from './sources';

/** What stands for a part that only the moment gives. */
export const OPEN = '…';
const DEEPEST = 8;
/** They put a user's value into words. */
const ANY_VALUE = ['describe', 'excerpt'];

/** What the parameters of a function are at one of its calls. */
export type Arguments = Map<string, string[]>;

/** Puts the texts into words that an expression of the source can give. */
export class Wording {
	private readonly functions: ts.FunctionDeclaration[];
	private readonly calls: ts.CallExpression[];

	constructor(files: ts.SourceFile[]) {
		const all = files.flatMap(walk);
		this.functions = all.filter(ts.isFunctionDeclaration);
		this.calls = all.filter(ts.isCallExpression);
	}

	/** All texts that are possible; parts that belong together are taken together. */
	of(node: ts.Node, known: Arguments = new Map(), depth = 0): string[] {
		const next = (inner: ts.Node) => this.of(inner, known, depth + 1);
		if (depth > DEEPEST) return [OPEN];
		if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return [node.text];
		if (ts.isTemplateExpression(node)) {
			const spans = node.templateSpans.flatMap(({ expression, literal }) => [
				next(expression),
				[literal.text],
			]);
			return together([[node.head.text], ...spans]).map((parts) => parts.join(''));
		}
		if (ts.isParenthesizedExpression(node)) return next(node.expression);
		if (ts.isConditionalExpression(node)) {
			return unique([...next(node.whenTrue), ...next(node.whenFalse)]);
		}
		if (ts.isBinaryExpression(node)) return this.ofBinary(node, next);
		if (ts.isIdentifier(node)) return this.ofName(node, known, next);
		if (ts.isCallExpression(node)) return this.ofCall(node, next);
		return [OPEN];
	}

	/** The arguments at each call of the function around a node; one empty entry without any. */
	callsAround(node: ts.Node): Arguments[] {
		const around = functionAround(node);
		const name = around?.name?.text;
		if (around === undefined || name === undefined) return [new Map()];
		const names = around.parameters.map(({ name: each }) => each.getText());
		const isExported = ts.getCombinedModifierFlags(around) === ts.ModifierFlags.Export;
		const file = around.getSourceFile();
		const calls = this.calls
			.filter(({ expression }) => ts.isIdentifier(expression) && expression.text === name)
			.filter((call) => isExported || call.getSourceFile() === file)
			.map(({ arguments: given }): Arguments => {
				return new Map(given.map((argument, at) => [names[at] ?? '', this.of(argument)]));
			});
		return calls.length > 0 ? calls : [new Map()];
	}

	private ofBinary(node: ts.BinaryExpression, next: (inner: ts.Node) => string[]): string[] {
		const kind = node.operatorToken.kind;
		if (kind === ts.SyntaxKind.PlusToken && !ts.isNumericLiteral(node.right)) {
			return together([next(node.left), next(node.right)]).map((parts) => parts.join(''));
		}
		const isChoice =
			kind === ts.SyntaxKind.AmpersandAmpersandToken ||
			kind === ts.SyntaxKind.QuestionQuestionToken;
		return isChoice ? next(node.right) : [OPEN];
	}

	private ofName(node: ts.Identifier, known: Arguments, next: (inner: ts.Node) => string[]) {
		if (node.text === 'undefined') return [''];
		const given = known.get(node.text);
		if (given) return given;
		const declaration = declarationOf(node);
		return declaration?.initializer ? next(declaration.initializer) : [OPEN];
	}

	private ofCall(node: ts.CallExpression, next: (inner: ts.Node) => string[]): string[] {
		const name = node.expression.getText();
		if (name === 'sentences') {
			const parts = node.arguments.map((part) => (ts.isSpreadElement(part) ? [''] : next(part)));
			return together(parts).map((each) => each.filter((part) => part !== '').join('. '));
		}
		const candidates = this.functions.filter(
			(each) => each.name?.text === name && each.type?.getText() === 'string',
		);
		const file = node.getSourceFile();
		const called = candidates.find((each) => each.getSourceFile() === file) ?? candidates[0];
		if (called === undefined || ANY_VALUE.includes(name)) return [OPEN];
		const results = walk(called).filter(ts.isReturnStatement);
		return unique(results.flatMap(({ expression }) => (expression ? next(expression) : [])));
	}
}

/** Alternatives of several parts side by side: the first of each, the second of each, and so on. */
function together(parts: string[][]): string[][] {
	const set = parts.map((texts) =>
		texts.some((text) => text !== '') ? texts.filter((text) => text !== '') : texts,
	);
	const count = Math.max(...set.map((texts) => texts.length));
	return Array.from({ length: count }, (_, at) =>
		set.map((texts) => texts[Math.min(at, texts.length - 1)] ?? ''),
	);
}

export function unique(texts: string[]): string[] {
	return [...new Set(texts)];
}

function functionAround(node: ts.Node): ts.FunctionDeclaration | undefined {
	for (let at = node.parent; at; at = at.parent) if (ts.isFunctionDeclaration(at)) return at;
	return undefined;
}

/** The constant that a name means: of the functions around it, or of the file. */
function declarationOf(name: ts.Identifier): ts.VariableDeclaration | undefined {
	const scopes: ts.Node[] = [];
	for (let at = name.parent; at; at = at.parent) {
		if (ts.isFunctionLike(at) || ts.isSourceFile(at)) scopes.push(at);
	}
	for (const scope of scopes) {
		for (const node of walk(scope)) {
			if (!ts.isVariableDeclaration(node) || node.name.getText() !== name.text) continue;
			if (functionLikeAround(node) === (ts.isSourceFile(scope) ? undefined : scope)) return node;
		}
	}
	return undefined;
}

function functionLikeAround(node: ts.Node): ts.Node | undefined {
	for (let at = node.parent; at; at = at.parent) if (ts.isFunctionLike(at)) return at;
	return undefined;
}
