import type { INodeExecutionData } from 'n8n-workflow';

import { VERDICTS } from './verdict';

/**
 * Distributes items to the outputs `No Verdict`, `Not Passed` and `Passed`, order kept.
 * An item without a verdict, such as one in error, goes to the first: never out of `Passed`.
 */
export function inOutputs(items: INodeExecutionData[]): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = VERDICTS.map(() => []);
	for (const item of items) {
		const place = VERDICTS.findIndex((verdict) => verdict === item.json.verdict);
		outputs[Math.max(place, 0)]?.push(item);
	}
	return outputs;
}
