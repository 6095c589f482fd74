/* eslint-disable @n8n/community-nodes/require-node-api-error */
import type { CredentialReference } from './credentials';
import { createCredential } from './credentials';
import { readExample } from './exampleFiles';
import { credentialTypesByNodeType, listNodeTypes } from './nodeTypes';
import { startSession, type Session, type SessionOptions } from './session';
import { OPENAI_KEY, signInWithGoogle, SLACK_TOKEN, startStandIns } from './standIns';
import type { SlackMessage, StandIns } from './standIns';
import { itemsNode, MANUAL_TRIGGER, rowOfNodes, runflowNode } from './workflowFile';
import { importWorkflow, type StoredWorkflow } from './workflows';

interface ExampleSessionOptions extends Omit<SessionOptions, 'env'> {
	/** The only folder in which nodes may read and write files. */
	filesFolder: string;
	onSlackMessage?: (message: SlackMessage) => void;
}

/** A session in which every example can run: with stand-ins, and a credential for each of them. */
export interface ExampleSession extends Session {
	standIns: StandIns;
	/** Imports an example and chooses the credentials, as a person does in the editor. */
	importExample(file: string): Promise<StoredWorkflow>;
}

export async function startExampleSession(options: ExampleSessionOptions): Promise<ExampleSession> {
	const { filesFolder, onSlackMessage, ...sessionOptions } = options;
	const standIns = await startStandIns(onSlackMessage);
	try {
		const env = { ...standIns.env, N8N_RESTRICT_FILE_ACCESS_TO: filesFolder };
		const session = await startSession({ ...sessionOptions, env });
		const credentials = await createCredentials(session);
		const credentialTypes = credentialTypesByNodeType(await listNodeTypes(session.client));
		return {
			...session,
			standIns,
			importExample: async (file) => {
				const workflow = readExample(file, filesFolder);
				return await importWorkflow(session.client, workflow, { credentials, credentialTypes });
			},
			end: async () => {
				await session.end();
				await standIns.close();
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
		await signInWithGoogle(client),
	];
}

/**
 * A workflow such as a user's own: submits the images with their references and has Runflow report
 * to the callback URL.
 */
export async function importSubmit(
	{ client, credential }: Session,
	images: Array<{ url: string; ref: string }>,
	callbackUrl: string,
): Promise<StoredWorkflow> {
	const submit = runflowNode('Submit', 'submit', {
		generatedImageUrl: '={{ $json.url }}',
		taskType: 'product_photography',
		additionalFields: { clientRef: '={{ $json.ref }}', callbackUrl },
	});
	const file = rowOfNodes('Submit', [MANUAL_TRIGGER, itemsNode(images), submit]);
	const credentialTypes = new Map([[submit.type, new Set([credential.type])]]);
	return await importWorkflow(client, file, { credentials: [credential], credentialTypes });
}
