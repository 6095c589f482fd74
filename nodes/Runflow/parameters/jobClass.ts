import { NodeApiError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { connect, hasCredential } from '../connect';
import { describeFailure } from '../messages/failure';
import { sumDecimals } from '../verdict/decimals';
import { text } from './kinds';
import { parameter } from './parameter';
import type { Reader } from './parameter';

const field: INodeProperties = {
	displayName: 'Job Class Name or ID',
	name: 'jobClass',
	type: 'options',
	// A new node asks before n8n has chosen its credential, and n8n does not ask again by itself.
	typeOptions: { loadOptionsMethod: 'getJobClasses', loadOptionsDependsOn: ['taskType'] },
	default: '',
	description:
		'How thoroughly the image is judged, with the price of one evaluation. As far as is known, a credit is one US dollar. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const RUNFLOW_DEFAULT: INodePropertyOptions = { name: "Runflow's Default", value: '' };

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
