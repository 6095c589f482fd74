/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';
import { isReady } from '../ready';
import type { RunningN8n } from '../server';
import { ExternalClient } from './client';
import type { ExternalN8n } from './settings';

const START_TIMEOUT_MS = 120_000;
const POLL_MS = 500;

const NOT_OURS =
	'This n8n was started by somebody else: it is not stopped, killed or measured here';

/** An n8n whose process is not ours: its address, and an end that leaves it as it was. */
class ExternalServer implements RunningN8n {
	readonly port: number;
	readonly userFolder: string;
	readonly url: string;

	constructor(
		{ url, folder }: ExternalN8n,
		private readonly client: ExternalClient,
	) {
		this.url = url;
		this.port = Number(new URL(url).port);
		this.userFolder = folder;
	}

	get pid(): number {
		throw new Error(NOT_OURS);
	}

	async end(): Promise<void> {
		await this.client.removeCreated();
	}

	start = refuse;
	stop = refuse;
	kill = refuse;
	restart = refuse;
	log = refuse;
	rssBytes = refuse;
	peakRssBytes = refuse;
	cpuMs = refuse;
}

function refuse(): never {
	throw new Error(NOT_OURS);
}

/** Signs in to an n8n that somebody else started; `end` removes what the session created in it. */
export async function enterExternal(
	external: ExternalN8n,
): Promise<{ n8n: RunningN8n; client: ExternalClient }> {
	const { url } = external;
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isReady(url))) {
		if (Date.now() > deadline) throw new Error(`No n8n answers at ${url}`);
		await sleep(POLL_MS);
	}
	const client = new ExternalClient(url);
	await client.enter(external);
	return { n8n: new ExternalServer(external, client), client };
}
