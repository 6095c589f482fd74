import { NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import { isOutOfReach } from '../../api/reach';

/** The last part of a callback URL, behind what n8n takes for its own: the same for every node. */
export const RESUME_PATH = 'runflow-verdicts';

/**
 * n8n's own URL to resume this execution, made to lead to a parked Runflow node. Throws, before
 * anything is spent, when Runflow cannot reach this n8n.
 */
export function callbackUrlFrom(resumeUrl: unknown, baseUrl: string, node: INode): string {
	if (typeof resumeUrl !== 'string' || isOutOfReach(resumeUrl, baseUrl)) {
		throw new NodeOperationError(node, 'Runflow cannot call this n8n back', {
			itemIndex: 0,
			description: `The address of this n8n is ${String(resumeUrl).split('?')[0]}, which Runflow cannot reach. Set 'Wait Mode' to Poll, or give n8n a public address with N8N_WEBHOOK_URL (WEBHOOK_URL in older versions). Nothing was submitted`,
		});
	}
	const url = new URL(resumeUrl);
	// An address that was entered with a slash too many has two, which n8n does not know.
	url.pathname = `${url.pathname}/${RESUME_PATH}`.replace(/\/{2,}/g, '/');
	return url.toString();
}
