import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/**
 * Why this execution must not be parked; undefined when it can be. Parking stands on things that n8n
 * does not promise: that the items a node sees are those that it stores, and that they can be written.
 * Where they are copies, n8n would pass on the rows of the input at the deadline, with whatever
 * verdicts they carry from before. Asked before anything is spent; changes nothing.
 */
export async function whyNotPark(context: IExecuteFunctions): Promise<string | undefined> {
	if (context.getMode() === 'evaluation') return 'n8n does not wait for it in an evaluation';
	if (!(await hasOneCredential(context))) {
		return 'the credential has an expression that n8n cannot evaluate when Runflow calls back';
	}
	const members: unknown[] = [
		...[context.putExecutionToWait, context.getExecuteData, context.getContext],
		...[context.setMetadata, context.evaluateExpression],
	];
	if (members.some((member) => typeof member !== 'function')) return UNKNOWN_N8N;
	const input = context.getInputData();
	const stored = storedItems(context);
	if (stored === undefined || input.length === 0) return UNKNOWN_N8N;
	if (!isSame(input, stored) || !isSame(input, context.getInputData())) return UNKNOWN_N8N;
	return input.every(isWritable) && !Object.isSealed(stored) ? undefined : UNKNOWN_N8N;
}

/**
 * Whether the credential is the same without a row, as far as that can be told: a callback has none,
 * and n8n evaluates an expression of a credential that takes something from a row to nothing then.
 */
async function hasOneCredential(context: IExecuteFunctions): Promise<boolean> {
	const noRow = context.getInputData().length;
	try {
		const withRow = await context.getCredentials('runflowApi', 0);
		const without = await context.getCredentials('runflowApi', noRow);
		return JSON.stringify(withRow) === JSON.stringify(without);
	} catch {
		return false;
	}
}

/** Whether what was written into the items is what n8n has and stores. */
export function isStored(
	context: IExecuteFunctions,
	written: Array<INodeExecutionData['json']>,
): boolean {
	const isThere = (items: INodeExecutionData[] | undefined) =>
		items?.length === written.length && written.every((json, row) => items[row]?.json === json);
	return isThere(context.getInputData()) && isThere(storedItems(context));
}

/** What n8n keeps of the input while the execution is parked. */
export function storedItems(context: IExecuteFunctions): INodeExecutionData[] | undefined {
	const executeData: Partial<ReturnType<typeof context.getExecuteData>> | undefined =
		context.getExecuteData();
	return executeData?.data?.main?.[0] ?? undefined;
}

const UNKNOWN_N8N = 'this version of n8n keeps items in another way than the node knows';

/** With Execute Once the node sees fewer items than are stored. */
function isSame(seen: INodeExecutionData[], stored: INodeExecutionData[]): boolean {
	return seen.length <= stored.length && seen.every((item, row) => item === stored[row]);
}

function isWritable(item: INodeExecutionData): boolean {
	return Object.getOwnPropertyDescriptor(item, 'json')?.writable === true;
}
