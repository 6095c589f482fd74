import { NodeApiError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { connect } from '../connect';
import { describeFailure } from '../messages/failure';
import { sumDecimals } from '../verdict/decimals';

/** The active job classes for the picker, each with the price of one evaluation in its name. */
export async function getJobClassOptions(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const attempt = await (await connect(this)).jobClasses();
	if (!attempt.ok) {
		const httpCode = `${attempt.failure.status ?? ''}`;
		throw new NodeApiError(this.getNode(), {}, { ...describeFailure(attempt.failure), httpCode });
	}
	return attempt.value
		.filter(({ is_active }) => is_active)
		.map(({ code, name, price }) => ({ name: labelFor(name, price), value: code }));
}

function labelFor(name: string, price: string | null): string {
	return price === null ? name : `${name} (${sumDecimals([price])} credits)`;
}
