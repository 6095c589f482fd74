import type { INodeExecutionData } from 'n8n-workflow';

/** Of items about one evaluation the first has what was billed: a sum counts it once. */
export function billedOnce(items: INodeExecutionData[]): INodeExecutionData[] {
	const seen = new Set<string>();
	return items.map((item) => {
		const { evaluation_id: id, billed_credits } = item.json;
		if (typeof id !== 'string' || id === '') return item;
		const isSeen = seen.has(id.toLowerCase());
		seen.add(id.toLowerCase());
		if (!isSeen || billed_credits === 0) return item;
		return { ...item, json: { ...item.json, billed_credits: 0 } };
	});
}
