import type { INodeProperties } from 'n8n-workflow';

export const evaluationIdField: INodeProperties = {
	displayName: 'Evaluation ID',
	name: 'evaluationId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11',
	description: 'The ID that Submit gives for an evaluation',
};
