/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLeash } from '../leash';
import { createAirtable, type AirtableStandIn } from './airtable';
import { createTestAuthority, type TestAuthority } from './authority';
import { createChatServices, type ChatServices } from './chatServices';
import { createFal, type FalStandIn } from './fal';
import { createGoogle, type GoogleStandIn } from './google';
import { createNotion, type NotionStandIn } from './notion';
import { createOpenAi, type OpenAiStandIn } from './openAi';
import { startProxy } from './proxy';
import { createSlack, type SlackMessage, type SlackStandIn } from './slack';
import type { Troubles } from './troubles';

export { signInWithGoogle } from './signIn';
export { FAL_KEY } from './fal';
export { OPENAI_KEY } from './openAi';
export { SLACK_TOKEN, type SlackMessage } from './slack';

export interface StandIns {
	slack: SlackStandIn;
	google: GoogleStandIn;
	openAi: OpenAiStandIn;
	fal: FalStandIn;
	airtable: AirtableStandIn;
	notion: NotionStandIn;
	chats: ChatServices;
	/** What goes wrong at them; live. */
	troubles: Troubles;
	/** Requests that none of them answered; they were refused. */
	unexpected: string[];
	/** What n8n needs in its environment to talk to them instead of the internet. */
	env: Record<string, string>;
	close(): Promise<void>;
}

/** Where the stand-ins listen, and who they say they are. */
export interface StandInPlace {
	authority: TestAuthority;
	/** Holds the authority's root certificate. */
	certificateFile: string;
	port: number;
}

function createServices(troubles: Troubles, onSlackMessage?: (message: SlackMessage) => void) {
	const generators = { openAi: createOpenAi(troubles), fal: createFal(troubles) };
	const tables = {
		google: createGoogle(troubles),
		airtable: createAirtable(),
		notion: createNotion(),
	};
	const chats = { slack: createSlack(troubles, onSlackMessage), chats: createChatServices() };
	return { ...chats, ...tables, ...generators };
}

/** The hosts that the stand-ins answer for. */
export function standInHosts(): string[] {
	return Object.values(createServices({})).flatMap(({ hosts }) => hosts);
}

/**
 * Starts stand-ins for the web services that the examples use; they listen on loopback only.
 * @param place for an n8n that runs already; else a new authority and a free port
 */
export async function startStandIns(
	onSlackMessage?: (message: SlackMessage) => void,
	place?: StandInPlace,
): Promise<StandIns> {
	const troubles: Troubles = {};
	const services = createServices(troubles, onSlackMessage);
	const folder = mkdtempSync(join(tmpdir(), 'runflow-authority-'));
	const leash = createLeash(folder);
	const authority = place?.authority ?? createTestAuthority(standInHosts());
	const certificateFile = place?.certificateFile ?? join(folder, 'root.pem');
	if (place === undefined) writeFileSync(certificateFile, authority.rootCertificate);
	const proxy = await startProxy(Object.values(services), authority, place?.port);
	return {
		...services,
		troubles,
		unexpected: proxy.unexpected,
		env: {
			HTTP_PROXY: proxy.url,
			HTTPS_PROXY: proxy.url,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certificateFile,
		},
		close: async () => {
			await proxy.close();
			await leash.release();
		},
	};
}
