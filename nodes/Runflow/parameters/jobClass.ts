import { NodeApiError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { connect, hasCredential } from '../connect';
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
			'How thoroughly the image is judged, with the price of one evaluation. As far as is known, a credit is one US dollar. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	text,
	'additionalFields',
);

const RUNFLOW_DEFAULT: INodePropertyOptions = { name: "Runflow's Default", value: '' };

/**
 * The active job classes for the picker, each with the price of one evaluation in its name; the
 * default alone while the node has no credential.
 * @throws NodeApiError when Runflow does not tell them
 */
export async function getJobClassOptions(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	if (!hasCredential(this.getNode())) return [RUNFLOW_DEFAULT];
	const attempt = await (await connect(this)).jobClasses();
	if (!attempt.ok) {
		const httpCode = `${attempt.failure.status ?? ''}`;
		throw new NodeApiError(this.getNode(), {}, { ...describeFailure(attempt.failure), httpCode });
	}
	const active = attempt.value.filter(({ is_active }) => is_active);
	return [
		RUNFLOW_DEFAULT,
		...active.map(({ code, name, price }) => ({ name: labelFor(name, price), value: code })),
	];
}

function labelFor(name: string, price: string | null): string {
	return price === null ? name : `${name} (${sumDecimals([price])} credits)`;
}
