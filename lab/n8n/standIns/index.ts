/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLeash } from '../leash';
import { createTestAuthority } from './authority';
import { createFal } from './fal';
import { createGoogle, type GoogleStandIn } from './google';
import { createOpenAi, type OpenAiStandIn } from './openAi';
import { startProxy } from './proxy';
import { createSlack, type SlackMessage, type SlackStandIn } from './slack';

export { signInWithGoogle } from './googleSignIn';
export { FAL_KEY } from './fal';
export { OPENAI_KEY } from './openAi';
export { SLACK_TOKEN, type SlackMessage } from './slack';

export interface StandIns {
	slack: SlackStandIn;
	google: GoogleStandIn;
	openAi: OpenAiStandIn;
	/** Requests that none of them answered; they were refused. */
	unexpected: string[];
	/** What n8n needs in its environment to talk to them instead of the internet. */
	env: Record<string, string>;
	close(): Promise<void>;
}

/** Starts stand-ins for the web services that the examples use; they listen on loopback only. */
export async function startStandIns(
	onSlackMessage?: (message: SlackMessage) => void,
): Promise<StandIns> {
	const slack = createSlack(onSlackMessage);
	const services = { slack, google: createGoogle(), openAi: createOpenAi() };
	const list = [...Object.values(services), createFal()];
	const authority = createTestAuthority(list.flatMap(({ hosts }) => hosts));
	const folder = mkdtempSync(join(tmpdir(), 'runflow-authority-'));
	const leash = createLeash(folder);
	const certificateFile = join(folder, 'root.pem');
	writeFileSync(certificateFile, authority.rootCertificate);
	const proxy = await startProxy(list, authority);
	return {
		...services,
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
