/* eslint-disable @n8n/community-nodes/require-node-api-error */
import { N8nClient, N8nRestError } from '../client';
import { listNodeTypes } from '../nodeTypes';
import { isRecord, readOptionalString, readRecord } from '../read';
import type { ExternalN8n } from './settings';

const ACTION_NODE = 'n8n-nodes-runflow.runflow';
const NOT_LOADED =
	'This n8n has not loaded the package. Start it with the settings in n8n.env of the prepared folder';

/** What a session creates is taken away at its end: n8n belongs to somebody else. */
const CREATED = [
	/^\/rest\/workflows$/,
	/^\/rest\/credentials$/,
	/^\/rest\/projects\/[^/]+\/data-tables$/,
];

/** A client that remembers what it created. */
export class ExternalClient extends N8nClient {
	private readonly created: string[] = [];

	override async send(method: string, path: string, body?: unknown): Promise<unknown> {
		const answer = await super.send(method, path, body);
		const isCreation = method === 'POST' && CREATED.some((place) => place.test(path));
		const id = isCreation && isRecord(answer) ? readOptionalString(answer, 'id') : undefined;
		if (id !== undefined) this.created.push(`${path}/${id}`);
		return answer;
	}

	/** Signs in, as the owner of a fresh n8n if it has none; fails when the package is not there. */
	async enter({ owner }: ExternalN8n): Promise<void> {
		const settings = readRecord(await this.send('GET', '/rest/settings'), 'settings');
		const { showSetupOnFirstLoad } = readRecord(settings.userManagement, 'user management');
		if (showSetupOnFirstLoad === true) await this.setUpOwner(owner);
		else await this.login(owner);
		const names = (await listNodeTypes(this)).map(({ name }) => name);
		if (!names.includes(ACTION_NODE)) throw new Error(NOT_LOADED);
	}

	/** Removes everything that was created, the newest first. */
	async removeCreated(): Promise<void> {
		for (const path of this.created.splice(0).reverse()) {
			if (path.startsWith('/rest/workflows')) await this.attempt('POST', `${path}/deactivate`);
			if (path.startsWith('/rest/workflows')) await this.attempt('POST', `${path}/archive`);
			await this.attempt('DELETE', path);
		}
	}

	/** What a test has removed, or an older n8n does not know, is no failure here. */
	private async attempt(method: string, path: string): Promise<void> {
		try {
			await this.send(method, path, method === 'POST' ? {} : undefined);
		} catch (error) {
			if (!(error instanceof N8nRestError)) throw error;
		}
	}
}
