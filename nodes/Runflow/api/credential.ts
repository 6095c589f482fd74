import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

type CredentialContext = Pick<IExecuteFunctions, 'getCredentials' | 'getNode' | 'getWorkflow'>;
type Reading = Promise<ICredentialDataDecryptedObject>;

const known = new WeakMap<CredentialContext, Reading>();
const underWay = new Map<string, Reading>();

/**
 * The credential, read once for each execution, and once for callbacks that come at the same time:
 * n8n 2.41 starts a sandbox of its own, some 100 ms of work, whenever a webhook reads a credential.
 */
export async function readCredential(
	context: CredentialContext,
): Promise<ICredentialDataDecryptedObject> {
	const isWebhook = 'getRequestObject' in context;
	const reading = known.get(context) ?? (isWebhook ? readTogether(context) : read(context));
	known.set(context, reading);
	return await reading;
}

/** Joins a reading for the same node that has not ended yet; one that has is never used again. */
async function readTogether(context: CredentialContext): Reading {
	const { id, credentials } = context.getNode();
	const key = [context.getWorkflow().id, id, credentials?.runflowApi?.id].join('/');
	const reading = underWay.get(key) ?? read(context).finally(() => underWay.delete(key));
	underWay.set(key, reading);
	return await reading;
}

async function read(context: CredentialContext): Reading {
	return await context.getCredentials('runflowApi');
}
