import type { IWebhookFunctions } from 'n8n-workflow';

/**
 * The exact bytes of the request's body; empty when there are none. n8n keeps none of a multipart
 * form, and reading it again throws.
 */
export async function readRawBody(context: IWebhookFunctions): Promise<Buffer> {
	const request = context.getRequestObject();
	if (!Buffer.isBuffer(request.rawBody)) await request.readRawBody?.().catch(() => {});
	const body: unknown = request.rawBody;
	return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** The body as JSON, whatever content type it claims; undefined when it is none. */
export function parseBody(rawBody: Buffer): unknown {
	try {
		return JSON.parse(new TextDecoder().decode(rawBody));
	} catch {
		return undefined;
	}
}
