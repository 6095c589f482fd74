import { answerFailure, networkFailure, unreadableFailure } from '../api/failure';
import type { ApiFailure, Attempt } from '../api/attempt';
import type { Evaluation } from '../api/types';
import type { BatchOptions } from './batch';
import type { Clock } from './clock';
import type { Health } from './health';
import type { RequestLoop, Step } from './requestLoop';
import type { Task, Tasks, TaskState } from './tasks';

/** A batch while it runs, as its submitting and its watching half see it. */
export interface Run {
	readonly tasks: Tasks;
	readonly loop: RequestLoop;
	readonly health: Health;
	readonly options: BatchOptions;
	readonly clock: Clock;
	/** The failure that ended the submitting. */
	readonly cause: ApiFailure | undefined;
	/** A definite failure of one task; ends others if the options say so. */
	fail(task: Task, failure: ApiFailure, id?: string): void;
	/** Ends what is not submitted yet. */
	closeQueue(kind: 'failed' | 'notSubmitted', failure: ApiFailure): void;
	/** Ends everything. */
	endAll(failure: ApiFailure): void;
}

/** A request of a task; whatever it throws costs this task one attempt. */
export async function ask(
	run: Run,
	request: () => Promise<Attempt<Evaluation>>,
	limitMs: number,
	late?: (attempt: Attempt<Evaluation>) => void,
): Promise<Attempt<Evaluation>> {
	const attempt = (await run.loop.answer(guarded(request), limitMs, late)) ?? NO_ANSWER;
	if (attempt.ok) run.health.good(run.clock.now());
	return attempt;
}

/** A step that is obsolete as soon as the task is in another state. */
export function stepOf(task: Task, state: TaskState, run: Run, perform: () => Promise<void>): Step {
	return {
		isObsolete: () => task.state !== state,
		perform,
		broke: () => broke(task, run),
	};
}

function broke(task: Task, { tasks }: Run): void {
	const { state } = task;
	if (state.kind === 'ended') return;
	if (state.kind === 'detailing') tasks.end(task, { kind: 'done', evaluation: state.evaluation });
	else {
		const id = state.kind === 'open' ? state.id : undefined;
		tasks.end(task, { kind: 'failed', failure: UNREADABLE, id });
	}
}

/** The answer to a request that may throw, which then counts as unreadable. */
export async function guarded<T>(request: () => Promise<Attempt<T>>): Promise<Attempt<T>> {
	try {
		return await request();
	} catch {
		return { ok: false, failure: UNREADABLE };
	}
}

const PURPOSE = { subject: 'Evaluation' };

/** What is said of an answer that could not be worked with. */
export const UNREADABLE = unreadableFailure(200, undefined, PURPOSE);

/** What is said when the API asked for a pause beyond the timeout. */
export const RATE_LIMITED = answerFailure(429, { code: 'RATE_LIMITED' }, PURPOSE);

/** What is said when a request takes too long, whatever dripped in; a submit may be billed then. */
export const NO_ANSWER: { ok: false; failure: ApiFailure } = {
	ok: false,
	failure: networkFailure(PURPOSE, 'ETIMEDOUT'),
};
