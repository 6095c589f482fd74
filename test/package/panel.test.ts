import { NodeHelpers } from 'n8n-workflow';
import type { INode, INodeParameters, INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { RunflowApi } from '../../credentials/RunflowApi.credentials';
import { Runflow } from '../../nodes/Runflow/Runflow.node';
import { RunflowTrigger } from '../../nodes/Runflow/RunflowTrigger.node';
import { events } from '../../nodes/Runflow/parameters/events';
import { VERDICTS } from '../../nodes/Runflow/verdict/verdict';

const { description } = new Runflow();
const trigger = new RunflowTrigger().description;

function nodeOf(parameters: INodeParameters, type = 'n8n-nodes-runflow.runflow'): INode {
	return { id: '1', name: 'Runflow', type, typeVersion: 1.1, position: [0, 0], parameters };
}

/** The fields that n8n's editor shows, in its order. */
function shown(operation: string, type: INodeTypeDescription = description): INodeProperties[] {
	const values = { resource: 'evaluation', operation, imageSource: 'url', '@tool': false };
	const node = nodeOf(values);
	return description.properties.filter((field) =>
		NodeHelpers.displayParameter(values, field, node, type),
	);
}

it('shows what a builder needs first, and what is rare last', () => {
	expect(shown('submitAndWait').map(({ name }) => name)).toEqual([
		'resource',
		'operation',
		'imageSource',
		'generatedImageUrl',
		'taskType',
		'splitByVerdict',
		'additionalFields',
		'options',
	]);
});

/** What is not required stands in a collection; these change what else the panel or the node shows. */
const OUTSIDE = [
	...['resource', 'operation', 'imageSource', 'splitByVerdict', 'feedback', 'reason', 'title'],
	...['returnAll', 'limit'],
];

it('keeps at most six controls outside collections, and only what decides or is required', () => {
	const field = description.properties.find(({ name }) => name === 'operation');
	for (const option of field?.options ?? []) {
		const controls = shown('value' in option ? String(option.value) : '').filter(
			({ type }) => type !== 'collection' && type !== 'notice',
		);
		expect(controls.length).toBeLessThanOrEqual(6);
		const others = controls.filter(({ required }) => required !== true);
		expect(OUTSIDE).toEqual(expect.arrayContaining(others.map(({ name }) => name)));
	}
});

it.each([
	['the action node', description],
	['the trigger', trigger],
])('%s: a notice is no longer than the longest of n8n, links aside', (_, { properties }) => {
	const notices = properties.filter(({ type }) => type === 'notice');
	for (const { displayName } of notices) {
		expect(displayName.replace(/ (href|target)="[^"]*"/g, '').length).toBeLessThanOrEqual(269);
	}
});

it.each(['get', 'wait', 'sendFeedback'])(
	'%s takes the evaluation of the item by default',
	(name) => {
		const id = shown(name).find((field) => field.name === 'evaluationId');
		expect(id?.default).toContain('$json.id');
	},
);

it("keeps a task type of one's own and a job class among the additional fields", () => {
	const saved = {
		operation: 'submit',
		taskType: 'logo_design',
		additionalFields: { jobClass: 'premium' },
	};
	const kept = NodeHelpers.getNodeParameters(
		description.properties,
		saved,
		true,
		false,
		nodeOf(saved),
		description,
	);
	expect(kept).toMatchObject(saved);
});

it('offers any verdict first, and means every one by it', () => {
	const field = trigger.properties.find(({ name }) => name === 'events');
	const actions = field?.options?.map((option) => 'action' in option && option.action);
	expect(actions?.[0]).toBe('On any verdict');
	const chosen = ['any'];
	expect(events.read({ value: () => chosen, entered: () => chosen })).toEqual(VERDICTS);
});

it.each([
	['the action node', description],
	['the trigger', trigger],
	['the credential', new RunflowApi()],
])('%s speaks the words of n8n', (_, described) => {
	const texts = JSON.stringify(described);
	expect(texts).not.toMatch(/[Pp]arked|catalogue|colour|in vain|by hand|an address of your own/);
});
