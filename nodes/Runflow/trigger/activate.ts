import type { ICredentialDataDecryptedObject, IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { parseUrl } from '../api/address';
import { isOutOfReach } from '../api/reach';
import { secretsIn } from '../callback/secrets';
import { isProblem } from '../parameters/check';
import { knownEvents } from '../parameters/events';
import { triggerSource } from '../parameters/source';
import { triggerName, readTriggerSettings, readVerification } from './settings';

/**
 * Checks the trigger when it starts to listen: throws for settings with which no callback could
 * ever start anything, and warns in n8n's log when Runflow cannot reach the webhook's address.
 */
export async function checkTrigger(context: IHookFunctions): Promise<void> {
	const known = knownEvents.read(triggerSource(context));
	if (isProblem(known)) {
		const { message, description } = known;
		throw new NodeOperationError(context.getNode(), message, { description });
	}
	if (readTriggerSettings(context).events.length === 0) {
		throw new NodeOperationError(
			context.getNode(),
			"'Trigger On' names no verdict: choose Any Verdict, Passed, Not Passed, or No Verdict",
			{ description: 'Without one no callback would start the workflow' },
		);
	}
	const credential = await context.getCredentials<ICredentialDataDecryptedObject>('runflowApi');
	if (readVerification(context) === 'signature' && secretsIn(credential).length === 0) {
		// The message says what to do too: n8n shows no description when it publishes a workflow.
		throw new NodeOperationError(
			context.getNode(),
			"The Runflow API credential has no 'Callback Secret': fill it in, or set 'Verification' to Lookup",
			{ description: 'Without it every callback would be refused' },
		);
	}
	const url = context.getNodeWebhookUrl('default') ?? '';
	if (!isOutOfReach(url, String(credential.baseUrl))) return;
	context.logger.warn(
		`${triggerName(context)} won't receive callbacks unless something forwards them: Runflow cannot reach ${originOf(url)}, an address of this machine or of a private network. Give n8n a public address with N8N_WEBHOOK_URL (WEBHOOK_URL in older versions)`,
	);
}

/** The part that tells where n8n is; all of it when WEBHOOK_URL lacks its https://. */
function originOf(url: string): string {
	return /^https?:/i.test(url) ? (parseUrl(url)?.origin ?? url) : url;
}
