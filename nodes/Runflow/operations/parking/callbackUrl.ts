import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import { isOutOfReach } from '../../callback/reach';

/**
 * n8n's own URL to resume this execution, made to lead to this very node. Throws, before anything is
 * spent, when Runflow cannot reach this n8n.
 */
export async function readCallbackUrl(context: IExecuteFunctions): Promise<string> {
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
