// Loads a package folder the way n8n does at its start and prints what it found, as JSON.
import { createRequire } from 'node:module';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

process.env.N8N_USER_FOLDER = mkdtempSync(path.join(tmpdir(), 'n8n-load-'));
const require = createRequire(import.meta.url);
const { PackageDirectoryLoader } = require('n8n-core');

const loader = new PackageDirectoryLoader(process.argv[2]);
await loader.loadAll();
const { nodes, credentials } = loader.types;
const icons = [...nodes, ...credentials].map(({ name, iconUrl }) => ({ name, iconUrl }));
const codex = nodes.map(({ name, codex }) => ({ name, alias: codex?.alias ?? [] }));
console.log(
	JSON.stringify({
		nodes: nodes.map(({ name }) => name),
		credentials: credentials.map(({ name }) => name),
		icons,
		codex,
	}),
);
