import { NodeApiError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { connect } from '../connect';
import { describeFailure } from '../messages/failure';
import { sumDecimals } from '../verdict/decimals';
import { text } from './kinds';
import { parameter } from './parameter';
import type { Reader } from './parameter';

const field: INodeProperties = {
	displayName: 'Job Class Name or ID',
	name: 'jobClass',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getJobClasses' },
	default: '',
	description:
		'How thoroughly the image is judged, with the price of one evaluation. As far as is known, a credit is one US dollar. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const inPanel = parameter(field, text);

/** Counts where a workflow has it, but is no longer offered: it has its place in the panel. */
const asAdditional = parameter(
	{ displayName: 'Job Class', name: field.name, type: 'hidden', default: '' },
	text,
	'additionalFields',
);

export const jobClassFields = { inPanel: inPanel.field, asAdditional: asAdditional.field };

export const jobClass: Reader<string> = {
	read: (source) => {
		const chosen = inPanel.read(source);
		return chosen === '' ? asAdditional.read(source) : chosen;
	},
};

/** The active job classes for the picker, each with the price of one evaluation in its name. */
export async function getJobClassOptions(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const attempt = await (await connect(this)).jobClasses();
	if (!attempt.ok) {
		const httpCode = `${attempt.failure.status ?? ''}`;
		throw new NodeApiError(this.getNode(), {}, { ...describeFailure(attempt.failure), httpCode });
	}
	const active = attempt.value.filter(({ is_active }) => is_active);
	return [
		{ name: "Runflow's Default", value: '' },
		...active.map(({ code, name, price }) => ({ name: labelFor(name, price), value: code })),
	];
}

function labelFor(name: string, price: string | null): string {
	return price === null ? name : `${name} (${sumDecimals([price])} credits)`;
}
