import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { Load, TRIGGER_LIMITS } from '../callback/load';
import { credentialIdOf, receive } from '../callback/receiver';
import { ownPathOf } from './callbackUrl';
import { decideStart } from './decide';
import { Deliveries } from './duplicates';
import { budgetFor, lookUp } from './lookup';
import { triggerName, readTriggerSettings, readVerification } from './settings';

/** Of all triggers of this process. */
const load = new Load(TRIGGER_LIMITS);

/** Receives a callback of Runflow at the trigger's URL. */
export async function receiveCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await receive(context, triggerName(context), 'receiver', () => {
		const verification = readVerification(context);
		return {
			signed: verification === 'signature' ? 'always' : 'never',
			load,
			// What anybody may send does not hold what is signed.
			account: `${credentialIdOf(context)} ${verification}`,
			handle: async (rawBody, connect) => {
				const settings = readTriggerSettings(context);
				const workflowId = context.getWorkflow().id;
				const isSigned = settings.verification === 'signature';
				const budget = isSigned ? undefined : budgetFor(context.getNode());
				return await decideStart(rawBody, {
					settings,
					ownPath: ownPathOf(context.getNode(), workflowId),
					now: Date.now,
					deliveries: new Deliveries(
						`${workflowId}/${context.getNode().id}`,
						context.getWorkflowStaticData('node'),
						context.getMode() === 'manual',
					),
					lookUp: async (ids) =>
						await lookUp(ids, { client: await connect(), embed: settings.shape.embed, budget }),
				});
			},
		};
	});
}
