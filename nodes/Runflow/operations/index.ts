import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { deskOf } from '../desk';
import type { NodeDesk } from '../desk';
import { forErrorOutput, fromError } from '../items/errorItem';
import { additionalFields } from '../parameters/additionalFields';
import { evaluationId } from '../parameters/evaluationId';
import { createReport } from './createReport.operation';
import { get } from './get.operation';
import { getBalance } from './getBalance.operation';
import { getMany } from './getMany.operation';
import { imageFields } from '../parameters/image';
import { taskTypeFields } from '../parameters/taskType';
import { listJobClasses } from './listJobClasses.operation';
import { shownFor } from './operation';
import type { Operation } from './operation';
import { sendFeedback } from './sendFeedback.operation';
import { submit } from './submit.operation';
import { submitAndWait } from './submitAndWait.operation';
import { splitByVerdict } from '../parameters/verdict';
import { wait } from './wait.operation';

const OPERATIONS: Operation[] = [
	createReport,
	get,
	getMany,
	listJobClasses,
	sendFeedback,
	submit,
	submitAndWait,
	wait,
];
const OF_ACCOUNT: Operation[] = [getBalance];

const SUBMITTING = ['submit', 'submitAndWait'];
const JUDGING = ['get', 'getMany', 'submitAndWait', 'wait'];

/** Everything a builder can set, in the order of the panel: what is needed first, rare things last. */
export const evaluationProperties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Account', value: 'account' },
			{ name: 'Evaluation', value: 'evaluation' },
		],
		default: 'evaluation',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['evaluation'] } },
		options: OPERATIONS.map(({ option }) => option),
		default: 'submitAndWait',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['account'] } },
		options: OF_ACCOUNT.map(({ option }) => option),
		default: 'getBalance',
	},
	...OF_ACCOUNT.flatMap(({ option, fields = [] }) =>
		shownFor([`${option.value}`], fields, 'account'),
	),
	...shownFor(['get', 'sendFeedback', 'wait'], [evaluationId.field]),
	...shownFor(SUBMITTING, [...imageFields, ...taskTypeFields]),
	...shownFor(JUDGING, [splitByVerdict.field]),
	...shownFor(SUBMITTING, [additionalFields]),
	...OPERATIONS.flatMap(({ option, fields = [] }) => shownFor([`${option.value}`], fields)),
];

/** Runs the operation that is chosen in the node. */
export async function runOperation(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const desk = deskOf(context);
	const operation = [...OPERATIONS, ...OF_ACCOUNT].find(
		({ option }) => option.value === desk.operation,
	);
	if (operation === undefined) {
		throw new NodeOperationError(desk.node, "The chosen 'Operation' does not exist", {
			description: 'Choose one from the list',
		});
	}
	const execute = async () => await operation.execute(desk, context);
	if (desk.isTool) return await answerAgent(desk, execute);
	return desk.continues ? await continueAlways(desk, execute) : await execute();
}

type Execute = () => Promise<INodeExecutionData[][]>;

/**
 * Of a node that continues on fail n8n takes any error as leave to pass on what came in: images that
 * nobody judged would go where the judged ones go.
 */
async function continueAlways(desk: NodeDesk, execute: Execute): Promise<INodeExecutionData[][]> {
	try {
		return forErrorOutput(desk.node, await execute());
	} catch (error) {
		const items = [...desk.rows.keys()].map((itemIndex) => fromError(desk, itemIndex, error));
		return forErrorOutput(desk.node, [items]);
	}
}

/** An agent learns from an item what went wrong: of an error it would not hear what to do. */
async function answerAgent(desk: NodeDesk, execute: Execute): Promise<INodeExecutionData[][]> {
	try {
		return await execute();
	} catch (error) {
		return [[fromError(desk, 0, error)]];
	}
}
