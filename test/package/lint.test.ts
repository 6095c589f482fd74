/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { execFileSync } from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';

import { Runflow } from '../../nodes/Runflow/Runflow.node';
import { RunflowTrigger } from '../../nodes/Runflow/RunflowTrigger.node';

const root = path.resolve(__dirname, '../..');
const BEGIN = 'description: INodeTypeDescription = {';
const END = '\n\t};\n';

/** n8n's rules read literals alone, and ours are imported: what they do not see is written in place. */
const EXCEPTIONS: Record<string, { about: RegExp; because: string }> = {
	'@n8n/community-nodes/webhook-lifecycle-complete': {
		about: /webhookMethods/,
		because:
			"its webhook resumes an execution, as that of n8n's Wait: nothing is registered anywhere",
	},
	'n8n-nodes-base/node-param-default-wrong-for-options': {
		about: /ad_creative or headshot or product_photography/,
		because: 'what an image is meant to be is for a person to choose, before it is billed',
	},
	'n8n-nodes-base/node-param-default-wrong-for-limit': {
		about: /50/,
		because: 'the newest evaluation of a run is the one that counts',
	},
	'n8n-nodes-base/node-param-fixed-collection-type-unsorted-items': {
		about: /Description \| Input Binary Field \| Kind \| Skip If Empty \| Source \| URL/,
		because: 'the source decides which of the others are shown',
	},
};

it("passes n8n's lint with everything that it imports written in place", () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'runflow-lint-'));
	try {
		const nodes = path.join(folder, 'nodes/Runflow');
		mkdirSync(nodes, { recursive: true });
		for (const name of ['package.json', 'tsconfig.json'])
			cpSync(path.join(root, name), path.join(folder, name));
		cpSync(path.join(root, 'credentials'), path.join(folder, 'credentials'), { recursive: true });
		for (const name of ['runflow.svg', 'runflow.dark.svg']) {
			cpSync(path.join(root, 'nodes/Runflow', name), path.join(nodes, name));
		}
		symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
		write(nodes, 'Runflow', new Runflow().description);
		write(nodes, 'RunflowTrigger', new RunflowTrigger().description);
		const found = lint(folder);
		expect(found.filter(({ ruleId, message }) => !EXCEPTIONS[ruleId]?.about.test(message))).toEqual(
			[],
		);
		expect(new Set(found.map(({ ruleId }) => ruleId))).toEqual(new Set(Object.keys(EXCEPTIONS)));
	} finally {
		rmSync(folder, { recursive: true });
	}
});

function write(folder: string, name: string, description: INodeTypeDescription): void {
	const source = readFileSync(path.join(root, 'nodes/Runflow', `${name}.node.ts`), 'utf8');
	const begin = source.indexOf(BEGIN);
	const end = source.indexOf(END, begin);
	const literal = `${BEGIN.slice(0, -1)}${inSource(description)};\n`;
	const whole = source.slice(0, begin) + literal + source.slice(end + END.length);
	writeFileSync(path.join(folder, `${name}.node.ts`), whole);
}

/** A value as a developer would write it. */
function inSource(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(inSource).join(', ')}]`;
	if (typeof value === 'object' && value !== null) {
		const entries = Object.entries(value).filter(([, each]) => each !== undefined);
		return `{ ${entries.map(([key, each]) => `${keyInSource(key)}: ${inSource(each)}`).join(', ')} }`;
	}
	if (value === 'main') return 'NodeConnectionTypes.Main';
	if (typeof value !== 'string') return String(value);
	return `'${JSON.stringify(value).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}

function keyInSource(key: string): string {
	return /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
}

function lint(folder: string): Array<{ ruleId: string; message: string }> {
	/** The rules behave differently where NODE_ENV is test. */
	const env = { ...process.env, NODE_ENV: 'production' };
	const script = path.join(__dirname, 'lint.mjs');
	return JSON.parse(
		execFileSync('node', [script, folder], { cwd: root, env, encoding: 'utf8' }),
	) as ReturnType<typeof lint>;
}
