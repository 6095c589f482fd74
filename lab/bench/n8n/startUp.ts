/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ensureN8n } from '../../n8n/install';
import { installPackage, packPackage } from '../../n8n/pack';
import { readRecord } from '../../n8n/read';
import { run } from '../../n8n/run';

const PEERS = ['@mendable/n8n-nodes-firecrawl@2.1.2', 'n8n-nodes-upload-post@0.1.32'];
const ROUNDS = 7;

/** n8n's own loader, in a process of its own: reads, compiles and describes what a package has. */
const SCRIPT = `
const { PackageDirectoryLoader } = require('n8n-core');
(async () => {
	global.gc();
	const heapBefore = process.memoryUsage().heapUsed;
	const startedAt = performance.now();
	const loader = new PackageDirectoryLoader(process.argv[1]);
	await loader.loadAll();
	const ms = performance.now() - startedAt;
	global.gc();
	const heapBytes = process.memoryUsage().heapUsed - heapBefore;
	console.log(JSON.stringify({ ms, heapBytes, nodes: loader.types.nodes.length }));
	process.exit(0);
})();
`;

export interface PackageLoad {
	name: string;
	nodes: number;
	/** The median of several processes. */
	ms: number;
	heapBytes: number;
}

/** What loading each package adds to the start of n8n, this one first; the processes take turns. */
export async function compareStartUp(): Promise<PackageLoad[]> {
	const install = await ensureN8n();
	const packed = await packPackage();
	const folder = await mkdtemp(join(tmpdir(), 'runflow-peers-'));
	try {
		await installPackage(packed.tarball, folder, install.env);
		for (const peer of PEERS) await installPackage(peer, folder, install.env);
		const names = ['n8n-nodes-runflow', ...PEERS.map((peer) => peer.replace(/@[\d.]+$/, ''))];
		const env = { ...install.env, NODE_PATH: join(install.directory, 'node_modules') };
		const rounds = names.map(() => [] as Array<Omit<PackageLoad, 'name'>>);
		for (let round = 0; round < ROUNDS; round++) {
			for (const [index, name] of names.entries()) {
				const directory = join(folder, '.n8n', 'nodes', 'node_modules', name);
				const parameters = ['--expose-gc', '-e', SCRIPT, directory];
				const printed = await run(install.nodeBin, parameters, { cwd: folder, env });
				const { ms, heapBytes, nodes } = readRecord(JSON.parse(printed), 'load');
				rounds[index]?.push({
					ms: Number(ms),
					heapBytes: Number(heapBytes),
					nodes: Number(nodes),
				});
			}
		}
		return names.map((name, index) => ({ name, ...median(rounds[index] ?? []) }));
	} finally {
		await packed.remove();
		await rm(folder, { recursive: true, force: true });
	}
}

function median(loads: Array<Omit<PackageLoad, 'name'>>): Omit<PackageLoad, 'name'> {
	const middle = [...loads].sort((one, other) => one.ms - other.ms)[loads.length >> 1];
	if (middle === undefined) throw new Error('nothing was measured');
	return middle;
}
