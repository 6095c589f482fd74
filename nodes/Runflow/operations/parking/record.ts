import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isObject } from '../../api/read';
import type { Shape } from '../../verdict/shape';
import { EMBEDS, PLAIN_SHAPE } from '../../parameters/verdict';
import type { Criterion } from '../../verdict/verdict';

/** What a parked execution must know when a callback comes: it is stored with the execution. */
export interface Parked {
	/** By item index: the evaluation to wait for; null for an item in error. */
	ids: Array<string | null>;
	/** By item index. */
	shapes: Shape[];
	split: boolean;
	/** Item indices of evaluations that were there before and are not billed again. */
	unbilled: number[];
	/** Until when callbacks count, in milliseconds since 1970. */
	until: number;
	/** Which run of the node in the execution it is: a loop may run it again. */
	runIndex: number;
}

/** As it is stored with the parked execution. */
export function toRecord(parked: Parked): IDataObject {
	return { ...parked, shapes: sameOnes(parked.shapes) };
}

/** n8n stores an object once however often it occurs, and reads all of it for each callback. */
function sameOnes<T>(values: T[]): T[] {
	const known = new Map<string, T>();
	return values.map((value) => {
		const key = JSON.stringify(value);
		const same = known.get(key) ?? value;
		known.set(key, same);
		return same;
	});
}

/**
 * Reads it again when a callback comes; undefined when there is none that can be read.
 * @param evaluate an expression, as n8n does for the node that was parked
 */
export function readParked(
	nodeName: string,
	evaluate: (expression: string) => unknown,
): Parked | undefined {
	return readRecord(evaluate(`{{ $("${escapeAll(nodeName)}").context["parked"] }}`));
}

export function readRecord(stored: unknown): Parked | undefined {
	if (!isObject(stored) || !Array.isArray(stored.ids) || !Array.isArray(stored.shapes)) {
		return undefined;
	}
	const { until } = stored;
	if (typeof until !== 'number') return undefined;
	return {
		ids: stored.ids.map((id) => (typeof id === 'string' ? id : null)),
		shapes: stored.shapes.map(readStoredShape),
		split: stored.split === true,
		unbilled: Array.isArray(stored.unbilled) ? stored.unbilled.map(Number) : [],
		until,
		runIndex: Number(stored.runIndex),
	};
}

/** The items that n8n stored for the parked node, one for each input item. */
export function readParkedItems(evaluate: (expression: string) => unknown): INodeExecutionData[] {
	const items = evaluate('{{ $input.all() }}');
	return Array.isArray(items) ? items.filter(isItem) : [];
}

/** Braces and line separators break an expression even inside quotes, so every character is escaped. */
function escapeAll(text: string): string {
	const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
	return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

function readStoredShape(stored: unknown): Shape {
	const { simple, embed, criterion, forTables } = isObject(stored) ? stored : {};
	return {
		simple: simple !== false,
		embed: EMBEDS.filter((name) => Array.isArray(embed) && embed.some((each) => each === name)),
		criterion: readStoredCriterion(criterion) ?? PLAIN_SHAPE.criterion,
		forTables: forTables === true,
	};
}

function readStoredCriterion(stored: unknown): Criterion | undefined {
	const { passCriterion, minimumScore } = isObject(stored) ? stored : {};
	if (typeof minimumScore !== 'number') return undefined;
	return passCriterion === 'score' || passCriterion === 'both'
		? { passCriterion, minimumScore }
		: undefined;
}

function isItem(value: unknown): value is INodeExecutionData {
	return isObject(value) && isObject(value.json);
}
