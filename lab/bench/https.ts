/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer } from 'node:tls';
import { promisify } from 'node:util';

import { startEmulator } from '../emulator';
import { createTestAuthority } from '../n8n/standIns/authority';

const run = promisify(execFile);
const TSX = require.resolve('tsx/cjs');
/** Samples of memory collect garbage, over both alike. */
const NODE = ['--expose-gc', '--require', TSX];
const SCRIPT = path.join(__dirname, 'oneRun.ts');
const ITEMS = 500;
const ROUNDS = 3;

interface Line {
	scheme: string;
	cpuMsPerRequest: number;
}

/** CPU that a request takes in n8n's process, over http and over https; the rest runs elsewhere. */
async function main(): Promise<void> {
	const folder = mkdtempSync(path.join(tmpdir(), 'runflow-https-'));
	const emulator = await startEmulator({ latency: { distribution: 'fixed', minMs: 5_000 } });
	const authority = createTestAuthority(['localhost']);
	const root = path.join(folder, 'root.pem');
	writeFileSync(root, authority.rootCertificate);
	const { port } = new URL(emulator.url);
	const tls = createServer({ key: authority.key, cert: authority.certificate }, (secure) => {
		const plain = connect(Number(port), '127.0.0.1');
		secure.pipe(plain).pipe(secure);
		for (const socket of [secure, plain]) socket.on('error', () => socket.destroy());
	});
	await new Promise<void>((done) => tls.listen(0, '127.0.0.1', done));
	const address = tls.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	const bases = { http: emulator.url, https: `https://localhost:${address.port}` };
	const lines: Line[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		for (const [scheme, base] of Object.entries(bases)) {
			emulator.reset();
			const env = { ...process.env, NODE_EXTRA_CA_CERTS: root };
			const { stdout } = await run(process.execPath, [...NODE, SCRIPT, String(ITEMS), base], {
				env,
			});
			const { cpuSeconds }: { cpuSeconds: number } = JSON.parse(
				stdout.trim().split('\n').at(-1) ?? '',
			);
			lines.push({ scheme, cpuMsPerRequest: (cpuSeconds * 1_000) / emulator.requests.length });
		}
	}
	for (const scheme of Object.keys(bases)) {
		const found = lines.filter((line) => line.scheme === scheme);
		const all = found.map(({ cpuMsPerRequest }) => cpuMsPerRequest.toFixed(2)).join(', ');
		process.stdout.write(`${scheme}: ${all} ms of CPU a request, node and engine together\n`);
	}
	tls.close();
	await emulator.close();
	rmSync(folder, { recursive: true, force: true });
	process.exit(0);
}

void main();
