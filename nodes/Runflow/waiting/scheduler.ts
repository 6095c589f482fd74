import { STOPPED } from '../api/failure';
import type { ApiFailure } from '../api/attempt';
import type { BatchItem, BatchOptions, Look, Outcome } from './batch';
import type { Clock } from './clock';
import { Health } from './health';
import { RequestLoop } from './requestLoop';
import { UNREADABLE } from './run';
import type { Run } from './run';
import { Submitter } from './submitter';
import { Tasks } from './tasks';
import type { Task } from './tasks';
import { Watcher } from './watcher';

/**
 * Submits the items without an id, looks at all open evaluations together and returns how each
 * item ended, by index: one outcome for every item, whatever the API answers, a gateway throws or
 * the user stops. The stop signal ends it within 250 ms.
 */
export async function runBatch(
	items: BatchItem[],
	look: Look,
	options: BatchOptions,
	clock: Clock,
): Promise<Map<number, Outcome>> {
	return await new RunningBatch(items, look, options, clock).outcomes();
}

class RunningBatch implements Run {
	readonly tasks: Tasks;
	readonly health = new Health();
	readonly loop: RequestLoop;
	cause: ApiFailure | undefined;
	private readonly submitter: Submitter;
	private readonly watcher: Watcher;

	constructor(
		items: BatchItem[],
		look: Look,
		readonly options: BatchOptions,
		readonly clock: Clock,
	) {
		this.tasks = new Tasks(items, clock.now());
		this.submitter = new Submitter(this, (task, evaluation) =>
			this.watcher.opened(task, evaluation),
		);
		this.watcher = new Watcher(this, this.submitter.queue, look);
		this.loop = new RequestLoop(clock, this.submitter);
	}

	async outcomes(): Promise<Map<number, Outcome>> {
		let unfinished: ApiFailure | undefined;
		try {
			this.watcher.start();
			await this.loop.run(() => this.isDone);
			if (this.clock.stopped()) unfinished = STOPPED;
		} catch {
			unfinished = UNREADABLE;
		}
		this.remember();
		return this.tasks.outcomes(unfinished);
	}

	fail(task: Task, failure: ApiFailure, id?: string): void {
		const { stopOnFailure } = this.options;
		this.tasks.end(task, { kind: 'failed', failure, id });
		if (stopOnFailure) this.tasks.endOpen('notAwaited', failure);
		const isCutOff = this.health.isCutOff(failure, this.tasks.underWay > 0);
		const endsAll = stopOnFailure || failure.reaction === 'closed' || isCutOff;
		if (endsAll) this.closeQueue('notSubmitted', failure);
	}

	closeQueue(kind: 'failed' | 'notSubmitted', failure: ApiFailure): void {
		this.cause ??= failure;
		for (const { task } of this.submitter.queue.close()) this.tasks.end(task, { kind, failure });
	}

	endAll(failure: ApiFailure): void {
		this.closeQueue('notSubmitted', failure);
		this.tasks.endOpen('failed', failure);
	}

	private get isDone(): boolean {
		if (this.tasks.haveEnded) return true;
		const isSubmitted = this.submitter.queue.isEmpty && this.tasks.count('submitting') === 0;
		return this.options.until === 'submitted' && isSubmitted;
	}

	private remember(): void {
		const { memory } = this.options;
		if (memory === undefined) return;
		memory.inFlightLimit = this.submitter.queue.foundLimit ?? memory.inFlightLimit;
		memory.durationsMs = this.watcher.durations.remembered;
	}
}
