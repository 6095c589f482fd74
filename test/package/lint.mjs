// Lints a folder as `n8n-node lint` would; prints each finding as its rule and what it is about.
import { createRequire } from 'node:module';
import { config } from '@n8n/node-cli/eslint';

const require = createRequire(import.meta.resolve('@n8n/node-cli/eslint'));
const { ESLint } = require('eslint');

/** What the places of a generated file cannot have. */
const rules = {
	'@typescript-eslint/no-unused-vars': 'off',
	'import-x/no-unresolved': 'off',
};
const eslint = new ESLint({
	cwd: process.argv[2],
	overrideConfigFile: true,
	baseConfig: [...config, { files: ['**/*.ts'], rules }],
});
const files = await eslint.lintFiles(['nodes']);
console.log(
	JSON.stringify(
		files.flatMap(({ messages }) => messages.map(({ ruleId, message }) => ({ ruleId, message }))),
	),
);
