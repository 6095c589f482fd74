import type { INodeExecutionData } from 'n8n-workflow';

import type { RunflowClient } from '../api/client';
import type { Goal, Plan } from '../billing/types';
import { billedOnce } from '../verdict/billed';
import { inOutputs } from '../verdict/split';
import { filesOf } from '../parameters/fileObject';
import { isProblem, ParameterProblem } from '../parameters/check';
import type { Checked } from '../parameters/check';
import type { ItemSource } from '../parameters/source';
import { excerpt } from '../parameters/value';
import { includeInput } from '../parameters/verdict';
import type { Layout } from '../parameters/verdict';
import { Breather } from '../billing/breather';
import type { NodeDesk } from '../desk';
import type { Message } from '../messages/message';
import { sentences } from '../messages/sentences';
import { throwIfEmpty } from './emptyRows';
import { toErrorItem } from './errorItem';
import { throwUnlessContinuing } from './problem';
import type { Problem } from './problem';

/** What was read from the items, by item index, and what is wrong with the others. */
export interface CheckedItems<T> {
	plans: Map<number, T>;
	problems: Problem[];
}

/** All rows of one run of the node, and what is to become of them. */
export interface Batch extends CheckedItems<Plan> {
	desk: NodeDesk;
	client: RunflowClient;
	goal: Goal;
	/** Whether the node has an output for each verdict. */
	isSplit?: boolean;
}

/**
 * Reads all items before the first request, so that a bad last row costs nothing.
 * Throws for the first bad item, unless the node is set to continue on fail.
 */
export async function checkItems<T>(
	desk: NodeDesk,
	read: (source: ItemSource) => Promise<Checked<T>> | Checked<T>,
): Promise<CheckedItems<T>> {
	const plans = new Map<number, T>();
	const problems: Problem[] = [];
	const unusable = new Map<number, ParameterProblem>();
	const breather = new Breather();
	for (const itemIndex of desk.rows.keys()) {
		await breather.pause();
		const plan = await readItem(desk.source(itemIndex), read);
		if (!isProblem(plan)) plans.set(itemIndex, plan);
		else {
			unusable.set(itemIndex, plan);
			problems.push({ itemIndex, message: plan.message, description: plan.description });
		}
	}
	throwIfEmpty(desk, unusable);
	throwUnlessContinuing(desk, problems);
	return { plans, problems };
}

/** Whatever throws while an item is read is a problem of that item alone. */
async function readItem<T>(
	source: ItemSource,
	read: (source: ItemSource) => Promise<Checked<T>> | Checked<T>,
): Promise<Checked<T>> {
	try {
		return await read(source);
	} catch (error) {
		const said = error instanceof Error ? error.message : String(error);
		return new ParameterProblem(
			'The item could not be read',
			`n8n says: ${excerpt(said)}. Look at its data in the output of the previous node`,
		);
	}
}

/** Every item stands in error when what holds for all of them cannot be used; throws by default. */
export function refuseAll(
	desk: NodeDesk,
	{ message, description }: ParameterProblem,
): INodeExecutionData[][] {
	const indices = [...desk.rows.keys()];
	const problems = indices.map((itemIndex) => ({ itemIndex, message, description }));
	throwUnlessContinuing(desk, problems);
	const isWanted = includeInput.read(desk.batch) === true;
	return [keepBinary(desk, withInput(desk, inInputOrder(desk, [], problems), isWanted))];
}

/** Items and error items together, in the order of the input; an evaluation is billed once. */
export function inInputOrder(
	desk: NodeDesk,
	items: INodeExecutionData[],
	problems: Problem[],
): INodeExecutionData[] {
	const all = [...items, ...problems.map((problem) => toErrorItem(desk, problem))];
	return billedOnce(all.sort((a, b) => indexOf(a) - indexOf(b)));
}

/** One output, or one per verdict when the node is set so; an AI tool has a single one. */
export function toOutputs(
	desk: NodeDesk,
	items: INodeExecutionData[],
	{ split, includeInput }: Layout,
): INodeExecutionData[][] {
	const withRows = withInput(desk, items, includeInput);
	if (desk.isTool) return [withRows];
	const complete = keepBinary(desk, withRows);
	if (!split) return [complete];
	if (desk.isLastOfSubWorkflow())
		desk.hint(sentences(WHAT_PARENTS_GET.message, WHAT_PARENTS_GET.description));
	return inOutputs(complete);
}

/** A parent goes on with the first output of a sub-workflow's last node: of ours, with No Verdict. */
const WHAT_PARENTS_GET: Message = {
	message: 'The workflow that called this one gets the items of No Verdict only',
	description: 'Join the three outputs with Merge at the end',
};

/**
 * Adds the input row under `input` where the user asks for it, so that it is there even where n8n
 * has lost the link.
 */
export function withInput(
	desk: NodeDesk,
	items: INodeExecutionData[],
	includeInput: boolean,
): INodeExecutionData[] {
	if (!includeInput) return items;
	const inputOf = (item: INodeExecutionData) => desk.rows[indexOf(item)]?.json;
	return items.map((item) => ({ ...item, json: { ...item.json, input: inputOf(item) } }));
}

/** Files stay with their items, so that what passed is the very image that was judged. */
export function keepBinary(desk: NodeDesk, items: INodeExecutionData[]): INodeExecutionData[] {
	return items.map((item) => {
		const row = desk.rows[indexOf(item)];
		const binary = row && filesOf(row);
		return binary === undefined ? item : { ...item, binary };
	});
}

function indexOf({ pairedItem }: INodeExecutionData): number {
	return typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : 0;
}
