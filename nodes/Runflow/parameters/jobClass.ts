import { NodeApiError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { getJobClasses } from '../api/evaluations';
import { sumDecimals } from '../verdict/decimals';

/** The active job classes for the picker, each with the price of one evaluation in its name. */
export async function getJobClassOptions(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const attempt = await getJobClasses(this);
	if (!attempt.ok) {
		const { message, description, status } = attempt.failure;
		throw new NodeApiError(
			this.getNode(),
			{},
			{ message, description, httpCode: `${status ?? ''}` },
		);
	}
	return attempt.value
		.filter(({ is_active }) => is_active)
		.map(({ code, name, price }) => ({ name: labelFor(name, price), value: code }));
}

function labelFor(name: string, price: string | null): string {
	return price === null ? name : `${name} (${sumDecimals([price])} credits)`;
}
