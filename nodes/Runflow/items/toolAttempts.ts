import type { IExecuteFunctions } from 'n8n-workflow';

import { isTool } from '../parameters/asTool';
import type { ExecutionMemory } from './memory';
import type { Rows } from './rows';
import type { Submitter } from './submitter';
import type { Outcome } from '../waiting/batch';

const DEFAULT_TRIES = 3;
const MOST_TRIES = 5;

/**
 * n8n counts every attempt of a tool as a run of its own, so what an agent asks again is told from
 * what n8n tries again by what became of it: a verdict that was handed out is not handed out again
 * (the image may have been made anew under the same address), and neither is an evaluation that the
 * agent was told about. n8n's own retry, and an agent whose question never reached Runflow as far
 * as is known, ask the same question again and pay once.
 */
export function settleTool(
	context: IExecuteFunctions,
	memory: ExecutionMemory,
	{ rows, ordinals }: Rows,
	submitter: Submitter,
	outcomes: Map<number, Outcome>,
): void {
	if (!isTool(context)) return;
	const hasFailed = [...outcomes.values()].some(({ kind }) => kind !== 'done' && kind !== 'open');
	if (hasFailed && isTriedAgain(context, memory)) return;
	for (const row of rows.values())
		if (submitter.knownId(row) !== undefined) ordinals.answered(row.question);
}

function isTriedAgain(context: IExecuteFunctions, memory: ExecutionMemory): boolean {
	const { retryOnFail, maxTries = DEFAULT_TRIES } = context.getNode();
	// What a tool answers in process is heard, errors too; the engine tries again after an error item.
	if (retryOnFail !== true || context.isToolExecution?.()) return false;
	return !memory.isLastTry(Math.min(MOST_TRIES, Math.max(2, maxTries)));
}
