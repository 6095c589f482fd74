/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';

import { createTestAuthority } from './standIns/authority';

/** An https address that leads to a server on loopback. */
export interface SecureDoor {
	url: string;
	/** Lets a process of Node trust it. */
	env: { NODE_EXTRA_CA_CERTS: string };
	close(): void;
}

/** @param target `http://host:port` */
export async function openSecureDoor(target: string): Promise<SecureDoor> {
	const folder = mkdtempSync(join(tmpdir(), 'runflow-https-'));
	const { rootCertificate, key, certificate } = createTestAuthority(['localhost']);
	const trusted = join(folder, 'root.pem');
	writeFileSync(trusted, rootCertificate);
	const { hostname, port } = new URL(target);
	const server = createServer({ key, cert: certificate }, (secure) => {
		const plain = connect(Number(port), hostname);
		secure.pipe(plain).pipe(secure);
		for (const socket of [secure, plain]) {
			socket.on('error', () => {});
			socket.on('close', () => [secure, plain].forEach((each) => each.destroy()));
		}
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return {
		url: `https://localhost:${address.port}`,
		env: { NODE_EXTRA_CA_CERTS: trusted },
		close: () => {
			server.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
