import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isOutOfReach } from '../../callback/reach';

/** Where Runflow is to report an evaluation. */
export interface CallbackUrls {
	/** Leads to this node in this execution. */
	own: string;
	/** What to submit with: the same in all tries, or a known idempotency key meets another request. */
	submitted: string;
}

/** Throws, before anything is spent, when Runflow cannot reach this n8n. */
export async function readCallbackUrls(context: IExecuteFunctions): Promise<CallbackUrls> {
	const own = await readOwn(context);
	const store: IDataObject = context.getContext('node');
	const { callbackUrl } = store;
	const submitted = typeof callbackUrl === 'string' ? callbackUrl : own;
	store.callbackUrl = submitted;
	return { own, submitted };
}

/** n8n's own URL to resume this execution, made to lead to this very node. */
async function readOwn(context: IExecuteFunctions): Promise<string> {
	const resumeUrl: unknown = context.evaluateExpression('{{ $execution.resumeUrl }}', 0);
	const { baseUrl } = await context.getCredentials('runflowApi');
	if (typeof resumeUrl !== 'string' || isOutOfReach(resumeUrl, String(baseUrl))) {
		throw new NodeOperationError(context.getNode(), 'Runflow cannot call this n8n back', {
			itemIndex: 0,
			description: `The address of this n8n is ${String(resumeUrl).split('?')[0]}, which Runflow cannot reach. Set 'Wait Mode' to Poll, or give n8n a public address with N8N_WEBHOOK_URL (WEBHOOK_URL in older versions). Nothing was submitted`,
		});
	}
	const url = new URL(resumeUrl);
	url.pathname += `/${encodeURIComponent(context.getNode().id)}`;
	return url.toString();
}
