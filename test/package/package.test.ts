/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { execFileSync } from 'node:child_process';
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const MOST_BYTES = 150_000;

let folder: string;
let packed: string;
let tarball: string;

beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'runflow-package-'));
	const [{ filename }] = readJson(
		run('npm', ['pack', '--json', '--pack-destination', folder], root),
	);
	tarball = path.join(folder, filename);
	const modules = path.join(folder, 'node_modules');
	mkdirSync(modules);
	run('tar', ['-xzf', tarball, '-C', modules], folder);
	run('mv', ['package', 'n8n-nodes-runflow'], modules);
	packed = path.join(modules, 'n8n-nodes-runflow');
	symlinkSync(path.join(root, 'node_modules/n8n-workflow'), path.join(modules, 'n8n-workflow'));
});

afterAll(() => {
	rmSync(folder, { recursive: true, force: true });
});

it('is small and holds only what n8n needs', () => {
	expect(statSync(tarball).size).toBeLessThan(MOST_BYTES);
	const files = readdirSync(packed, { recursive: true, encoding: 'utf8' });
	const unwanted = files.filter((file) =>
		/test|examples|\.map$|tsbuildinfo|\.ts$|\.png$/.test(file),
	);
	expect(unwanted).toEqual([]);
	const { dependencies, peerDependencies } = readJson(
		readFileSync(path.join(packed, 'package.json')),
	);
	expect(dependencies).toBeUndefined();
	expect(peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

it('loads in n8n with every node, credential, icon and search word', () => {
	const loaded = readJson(run('node', [path.join(__dirname, 'load.mjs'), packed], root));
	expect(loaded).toMatchObject({
		nodes: ['runflow', 'runflowTrigger'],
		credentials: ['runflowApi'],
	});
	for (const { iconUrl } of loaded.icons) {
		expect(iconUrl).toEqual({
			light: 'icons/n8n-nodes-runflow/dist/nodes/Runflow/runflow.svg',
			dark: 'icons/n8n-nodes-runflow/dist/nodes/Runflow/runflow.dark.svg',
		});
	}
	for (const { alias } of loaded.codex) expect(alias).toEqual(expect.arrayContaining(['quality']));
});

it.each(['source', 'packed'])("passes n8n's own package scan (%s)", (kind) => {
	const target = kind === 'source' ? root : packed;
	const result = readJson(run('node', [path.join(__dirname, 'scan.mjs'), target, kind], root));
	expect(result).toEqual({ passed: true, details: '' });
});

it("has workflow files that GitHub's checker accepts", () => {
	expect(readJson(run('node', [path.join(__dirname, 'workflows.mjs')], root))).toEqual([]);
});

/** The lint rules of n8n behave differently where NODE_ENV is test. */
function run(command: string, args: string[], cwd: string): string {
	const env = { ...process.env, NODE_ENV: 'production' };
	return execFileSync(command, args, {
		cwd,
		env,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
	});
}

function readJson(text: string | Buffer): ReturnType<typeof JSON.parse> {
	return JSON.parse(text.toString());
}
