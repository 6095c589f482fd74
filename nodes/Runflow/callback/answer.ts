import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

/** Answers a callback itself and starts no execution. */
export function decline(
	context: IWebhookFunctions,
	status: number,
	message: string,
): IWebhookResponseData {
	context
		.getResponseObject()
		.status(status)
		.json({ received: status < 300, message });
	return { noWebhookResponse: true };
}

/**
 * Answers a callback and starts an execution with this item. The answer goes out first: n8n 2.41
 * does not keep what a trigger remembers when it has to answer by itself.
 */
export function accept(context: IWebhookFunctions, json: IDataObject): IWebhookResponseData {
	const item: INodeExecutionData = { json };
	context.getResponseObject().status(200).json({ received: true });
	return { noWebhookResponse: true, workflowData: [[item]] };
}

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
