import type { INode } from 'n8n-workflow';

import { parseUrl } from '../api/address';

/** The last part of the trigger's address, behind what identifies the node. */
export const WEBHOOK_PATH = 'runflow';

/**
 * The part of a trigger's path that n8n gives to this trigger alone; what comes before it depends on
 * the instance and its proxies (n8n-workflow, getNodeWebhookPath).
 */
export function ownPathOf({ webhookId, name }: INode, workflowId: string | undefined): string {
	const owner = webhookId ?? `${workflowId}/${encodeURIComponent(name.toLowerCase())}`;
	return `${owner}/${WEBHOOK_PATH}`;
}

/**
 * Whether an evaluation that was submitted with this callback URL is meant for the trigger with this
 * path: the URL's path ends with it, whatever a proxy puts in front, or a relay that forwards to the
 * trigger has this URL. Scheme and query are no matter.
 */
export function leadsTo(callbackUrl: string, ownPath: string, relayUrl?: string): boolean {
	const called = parse(callbackUrl);
	if (called === undefined) return false;
	if (`/${called.path}`.endsWith(`/${readable(ownPath)}`)) return true;
	const relay = parse(relayUrl ?? '');
	return relay !== undefined && relay.host === called.host && relay.path === called.path;
}

function parse(url: string): { host: string; path: string } | undefined {
	const parsed = parseUrl(url.trim());
	if (parsed === undefined) return undefined;
	const path = parsed.pathname.split('/').filter((part) => part !== '');
	return { host: parsed.host, path: readable(path.join('/')) };
}

function readable(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
