import type { Rows } from './rows';
import type { Store } from './store';
import type { Desk, Ending } from './types';

/**
 * n8n counts every attempt of a tool as a run of its own, so what an agent asks again is told from
 * what n8n tries again by what became of it: a verdict that was handed out is not handed out again
 * (the image may have been made anew under the same address), and neither is an evaluation that the
 * agent was told about. n8n's own retry, and an agent whose question never reached Runflow as far
 * as is known, ask the same question again and pay once.
 */
export function settleTool(
	{ isTool, toolTries }: Desk,
	store: Store,
	{ rows, ordinals }: Rows,
	outcomes: Map<number, Ending>,
): void {
	if (!isTool) return;
	const hasFailed = [...outcomes.values()].some(({ kind }) => kind !== 'done' && kind !== 'open');
	if (hasFailed && toolTries > 1 && !store.isLastTry(toolTries)) return;
	for (const { name, question } of rows.values())
		if (store.acceptedUnder(name) !== undefined) ordinals.answered(question);
}
