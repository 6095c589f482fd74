import { NodeApiError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { connect } from '../connect';
import { describeFailure } from '../messages/failure';
import { sumDecimals } from '../verdict/decimals';
import { text } from './kinds';
import { parameter } from './parameter';

export const jobClass = parameter(
	{
		displayName: 'Job Class Name or ID',
		name: 'jobClass',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getJobClasses' },
		default: '',
		description:
			'How thoroughly the image is judged, with the price of one evaluation. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	text,
	'additionalFields',
);

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
