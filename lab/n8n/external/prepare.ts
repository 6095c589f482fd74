/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installPackage, packPackage } from '../pack';
import { freePort } from '../ports';
import { n8nSettings } from '../serverEnvironment';
import { standInHosts } from '../standIns';
import { createTestAuthority } from '../standIns/authority';
import type { StandInPlace } from '../standIns';
import { readRecord, readString } from '../read';

const KEPT = 'stand-ins.json';

export interface Prepared {
	folder: string;
	/** Settings for n8n, one `NAME=value` a line. */
	envFile: string;
	url: string;
}

/**
 * Makes a user folder for an n8n that is started by other means: the packed package is installed in
 * it, and beside it are the settings for n8n and what it needs to trust the stand-ins. The folder
 * must be seen under the same path by that n8n and by the tests.
 */
export async function prepareFolder(folder: string, port: number): Promise<Prepared> {
	await mkdir(filesIn(folder), { recursive: true });
	const packed = await packPackage();
	try {
		await rm(join(folder, '.n8n', 'nodes'), { recursive: true, force: true });
		await installPackage(packed.tarball, folder, process.env);
	} finally {
		await packed.remove();
	}
	const authority = createTestAuthority(standInHosts());
	const certificateFile = join(folder, 'root.pem');
	await writeFile(certificateFile, authority.rootCertificate);
	const place: StandInPlace = { authority, certificateFile, port: await freePort() };
	await writeFile(join(folder, KEPT), JSON.stringify(place), { mode: 0o600 });
	const url = `http://127.0.0.1:${port}`;
	const proxy = `http://127.0.0.1:${place.port}`;
	const settings = {
		...n8nSettings({ userFolder: folder, port, brokerPort: await freePort() }),
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_RESTRICT_FILE_ACCESS_TO: filesIn(folder),
		HTTP_PROXY: proxy,
		HTTPS_PROXY: proxy,
		NO_PROXY: '127.0.0.1,localhost',
		NODE_EXTRA_CA_CERTS: certificateFile,
	};
	const envFile = join(folder, 'n8n.env');
	const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
	await writeFile(envFile, `${lines.join('\n')}\n`, { mode: 0o600 });
	await chmod(folder, 0o700);
	return { folder, envFile, url };
}

/** Where nodes of that n8n may read and write files. */
export function filesIn(folder: string): string {
	return join(folder, 'files');
}

/** Where the stand-ins of a prepared folder listen, and who they say they are. */
export async function readPlace(folder: string): Promise<StandInPlace> {
	const kept = readRecord(JSON.parse(await readFile(join(folder, KEPT), 'utf8')), KEPT);
	const authority = readRecord(kept.authority, 'authority');
	const { port } = kept;
	if (typeof port !== 'number') throw new Error(`${KEPT} names no port`);
	return {
		port,
		certificateFile: readString(kept, 'certificateFile'),
		authority: {
			rootCertificate: readString(authority, 'rootCertificate'),
			certificate: readString(authority, 'certificate'),
			key: readString(authority, 'key'),
		},
	};
}
