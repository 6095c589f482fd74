import type { INodeExecutionData } from 'n8n-workflow';

/** The items of these evaluations and, for each null, the next one in error; undefined unless all fit. */
export function inOrderOf(
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
