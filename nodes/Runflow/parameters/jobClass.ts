import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { connect, hasCredential } from '../connect';
import { describeFailure } from '../messages/failure';
import { sentences } from '../messages/sentences';
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
 * default alone while the node has no credential. Where Runflow does not tell them, the default says
 * why, and what was chosen before stays: an error would make the field red and close it.
 */
export async function getJobClassOptions(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	if (!hasCredential(this.getNode())) return [RUNFLOW_DEFAULT];
	const attempt = await (await connect(this)).jobClasses();
	if (!attempt.ok) {
		const { message, description } = describeFailure(attempt.failure);
		const why = sentences(message, description);
		return [{ ...RUNFLOW_DEFAULT, description: why }, ...chosenBefore(this)];
	}
	const active = attempt.value.filter(({ is_active }) => is_active);
	return [
		RUNFLOW_DEFAULT,
		...active.map(({ code, name, price }) => ({ name: labelFor(name, price), value: code })),
	];
}

function chosenBefore(context: ILoadOptionsFunctions): INodePropertyOptions[] {
	const chosen = context.getCurrentNodeParameter('additionalFields.jobClass');
	return typeof chosen === 'string' && chosen !== '' ? [{ name: chosen, value: chosen }] : [];
}

function labelFor(name: string, price: string | null): string {
	return price === null ? name : `${name} (${sumDecimals([price])} credits)`;
}
