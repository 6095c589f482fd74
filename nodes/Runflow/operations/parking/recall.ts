import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { splitByVerdict } from '../../verdict/split';
import { readOwnRecord } from './record';

/**
 * What this node handed out after it was parked, when n8n runs it again on just that: Retry "with
 * currently saved workflow" of an execution that crashed in a later node does so. The rows are gone
 * from the input then, and everything is paid. Undefined for any other input.
 */
export function recallHandedOut(
	context: IExecuteFunctions,
	split: boolean,
): INodeExecutionData[][] | undefined {
	const parked = readOwnRecord(context);
	if (parked === undefined) return undefined;
	const input = context.getExecuteData().data.main ?? [];
	const items = inOrderOf(
		parked.ids,
		input.flatMap((each) => each ?? []),
	);
	if (items === undefined) return undefined;
	return split ? splitByVerdict(items) : [items];
}

/** The items of these evaluations and, for each null, the next one in error; undefined unless all fit. */
function inOrderOf(
	ids: Array<string | null>,
	input: INodeExecutionData[],
): INodeExecutionData[] | undefined {
	const rest = new Set(input);
	const take = (isWanted: (item: INodeExecutionData) => boolean) => {
		const found = [...rest].find(isWanted);
		if (found !== undefined) rest.delete(found);
		return found;
	};
	const items = ids.map((id, row) => {
		const item = take(({ json }) => (id === null ? 'error' in json : isResultOf(id, json)));
		return item && { ...item, pairedItem: { item: row } };
	});
	const found = items.filter((item) => item !== undefined);
	return rest.size === 0 && found.length === ids.length ? found : undefined;
}

function isResultOf(id: string, { id: other, verdict }: INodeExecutionData['json']): boolean {
	const isSame = typeof other === 'string' && other.toLowerCase() === id.toLowerCase();
	return isSame && typeof verdict === 'string';
}
