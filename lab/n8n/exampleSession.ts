/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CredentialReference } from './credentials';
import { createCredential } from './credentials';
import {
	DOCKER_FILES_FOLDER,
	PLACEHOLDER_CALLBACK_URL,
	readExample,
	type Replacements,
} from './exampleFiles';
import { readPlace } from './external/prepare';
import { readExternal } from './external/settings';
import { credentialTypesByNodeType, listNodeTypes } from './nodeTypes';
import type { JsonRecord } from './read';
import { startSession, type Session, type SessionOptions } from './session';
import { FAL_KEY, OPENAI_KEY, signInWithGoogle, SLACK_TOKEN, startStandIns } from './standIns';
import type { SlackMessage, StandIns } from './standIns';
import {
	activateWorkflow,
	importWorkflow,
	replaceInWorkflow,
	triggerWebhook,
	type StoredWorkflow,
} from './workflows';

/** What an assistant shows to the example with an MCP server. */
export const MCP_TOKEN = 'stand-in-assistant';

interface ExampleSessionOptions extends Omit<SessionOptions, 'env'> {
	/** The only folder in which nodes may read and write files; by default one that the session makes, and removes. */
	filesFolder?: string;
	onSlackMessage?: (message: SlackMessage) => void;
}

/** A session in which every example can run: with stand-ins, and a credential for each of them. */
export interface ExampleSession extends Session {
	standIns: StandIns;
	filesFolder: string;
	/** One for each service of the examples. */
	credentials: CredentialReference[];
	/** Imports an example and sets it up, as a person does in the editor. */
	importExample(
		file: string,
		replacements?: Replacements,
		edit?: (workflow: JsonRecord) => JsonRecord,
	): Promise<StoredWorkflow>;
}

export async function startExampleSession(
	options: ExampleSessionOptions = {},
): Promise<ExampleSession> {
	const { onSlackMessage, ...sessionOptions } = options;
	const filesFolder = options.filesFolder ?? mkdtempSync(join(tmpdir(), 'runflow-files-'));
	const external = readExternal();
	const place = external && (await readPlace(external.folder));
	const standIns = await startStandIns(onSlackMessage, place);
	try {
		const env = { ...standIns.env, N8N_RESTRICT_FILE_ACCESS_TO: filesFolder };
		const session = await startSession({ ...sessionOptions, env });
		const credentials = await createCredentials(session);
		const credentialTypes = credentialTypesByNodeType(await listNodeTypes(session.client));
		return {
			...session,
			standIns,
			filesFolder,
			credentials,
			importExample: async (file, replacements = {}, edit = (workflow) => workflow) => {
				const folder = { [DOCKER_FILES_FOLDER]: filesFolder };
				const workflow = edit(readExample(file, { ...folder, ...replacements }));
				return await importWorkflow(session.client, workflow, { credentials, credentialTypes });
			},
			end: async () => {
				await session.end();
				await standIns.close();
				if (options.filesFolder === undefined) {
					rmSync(filesFolder, { recursive: true, force: true });
				}
			},
		};
	} catch (error) {
		await standIns.close();
		throw error;
	}
}

async function createCredentials({ client, credential }: Session): Promise<CredentialReference[]> {
	return [
		credential,
		await createCredential(client, 'slackApi', { accessToken: SLACK_TOKEN }, 'Slack'),
		await createCredential(client, 'openAiApi', { apiKey: OPENAI_KEY }, 'OpenAI'),
		await createCredential(
			client,
			'httpHeaderAuth',
			{ name: 'Authorization', value: FAL_KEY },
			'fal',
		),
		await createCredential(client, 'httpBearerAuth', { token: MCP_TOKEN }, 'Assistants'),
		await signInWithGoogle(client),
	];
}

/** Imports the example that reacts to callbacks, gives Submit the URL of its trigger and publishes it. */
export async function publishReact(
	session: ExampleSession,
	...setUp: [replacements?: Replacements, edit?: (workflow: JsonRecord) => JsonRecord]
): Promise<StoredWorkflow> {
	const { client, n8n } = session;
	const imported = await session.importExample('callback-to-row-and-slack.json', ...setUp);
	const webhook = triggerWebhook(n8n.url, imported, 'Runflow Trigger', 'runflow');
	const workflow = await replaceInWorkflow(client, imported, PLACEHOLDER_CALLBACK_URL, webhook.url);
	await activateWorkflow(client, workflow, [webhook]);
	return workflow;
}
