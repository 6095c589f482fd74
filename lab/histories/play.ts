import type { IDataObject } from 'n8n-workflow';

import type { Ending } from '../../nodes/Runflow/billing/types';
import { VirtualTime } from '../simulation/virtualTime';
import { addressOf, clientOf, playBatch } from './batch';
import type { House, Running } from './batch';
import type { Execution, History } from './history';
import { ParkingLot } from './parkingLot';
import { Process, withVirtualGlobals } from './process';
import { SimulatedRunflow } from './runflow';

/** What one batch (a try of a round) was asked and told. */
export interface Played {
	/** Of executions that are retries of each other. */
	lineage: number;
	process: Process;
	round: number;
	/** By row. */
	questions: string[];
	/** Absent when its process died. */
	endings?: Map<number, Ending>;
	/** Rows whose evaluation is said to have been there before this execution. */
	wasThere: Set<number>;
	/** What a user reads about each row without a verdict. */
	words: Map<number, string>;
	startedAt: number;
	tookMs: number;
}

export interface Course {
	history: History;
	runflow: SimulatedRunflow;
	/** In the order of their starts. */
	batches: Played[];
	/** By process, the lineage of its execution. */
	lineages: Map<Process, number>;
	/** In each lineage, whether a crash lost what the execution had stored. */
	crashed: Set<number>;
}

/** Late answers come after the end of an execution, as long as its process lives. */
const AFTERMATH_MS = 100_000;
const STALL_MS = 40_000;
const BETWEEN_TRIES_MS = 1_000;

/** Plays a history on virtual time, globals included: seconds take microseconds. */
export async function play(history: History): Promise<Course> {
	const time = new VirtualTime();
	const runflow = new SimulatedRunflow(time, history.behavior);
	const course: Course = {
		history,
		runflow,
		batches: [],
		lineages: new Map(),
		crashed: new Set(),
	};
	const restore = withVirtualGlobals(time);
	try {
		await time.during(new Player(time, course).run());
	} finally {
		restore();
	}
	return course;
}

/** What an execution leaves to its retry; after a crash that is how it was started. */
interface Left {
	lineage: number;
	execution: Execution;
	store: IDataObject;
	/** The round with which a retry begins. */
	failedRound?: number;
}

let plays = 0;

class Player {
	private lineages = 0;
	private executions = 0;
	private readonly house: House;

	constructor(
		private readonly time: VirtualTime,
		private readonly course: Course,
	) {
		const lot = new ParkingLot(time, () => clientOf(this.house, new Process(time)));
		course.runflow.deliveries.receiver = async (url, id) => await lot.receive(url, id);
		plays += 1;
		const accountName = `account ${plays}`;
		this.house = { course, lot, account: { durationsMs: [] }, accountName };
	}

	async run(): Promise<void> {
		let left: Left | undefined;
		let underWay: Array<Promise<Left>> = [];
		for (const execution of this.course.history.executions) {
			if (execution.isAtOnce && !execution.isRetry) {
				underWay.push(this.execute(execution));
				continue;
			}
			left = (await Promise.all(underWay)).at(-1);
			if (underWay.length > 0) await this.time.sleep(AFTERMATH_MS);
			underWay = [this.execute(execution, left)];
		}
		await Promise.all(underWay);
		await this.time.sleep(AFTERMATH_MS);
	}

	/** @param left what the execution before it leaves, for a retry of that */
	private async execute(given: Execution, left?: Left): Promise<Left> {
		const { time, course, house } = this;
		const { failedRound: from = 0 } = left ?? {};
		const isRetry = given.isRetry && left?.failedRound !== undefined;
		const first = isRetry ? left : undefined;
		const rounds = (first?.execution.rounds ?? given.rounds).map((round, at) =>
			given.hasOtherRows ? (given.rounds[at] ?? round) : round,
		);
		const execution = { ...given, isRetry, rounds };
		const lineage = first?.lineage ?? (this.lineages += 1);
		const executionId = (this.executions += 1);
		const store: IDataObject = structuredClone(first?.store ?? {});
		const atStart = structuredClone(store);
		const process = new Process(time);
		course.lineages.set(process, lineage);
		for (let round = first ? from : 0; round < rounds.length; round++) {
			const tries = course.history.settings.isTool ? 1 : execution.tries;
			const running = { lineage, executionId, execution, store, process, round };
			for (let count = 1; count <= tries; count++) {
				const isGood = await this.tryRound(running);
				if (process.isDead) {
					house.account = { durationsMs: [] };
					course.crashed.add(lineage);
					return { lineage, execution, store: atStart, failedRound: first ? from : 0 };
				}
				if (isGood) break;
				if (process.wasParked) return { lineage, execution, store };
				if (process.isStopped || count === tries) {
					return { lineage, execution, store, failedRound: round };
				}
				await time.sleep(BETWEEN_TRIES_MS);
			}
		}
		return { lineage, execution, store };
	}

	/** Whether no error ended it. */
	private async tryRound(running: Running): Promise<boolean> {
		const { settings } = this.course.history;
		const { execution, process, round } = running;
		const questions = execution.rounds[round] ?? [];
		const end = settings.isTool
			? Promise.all(questions.map(async (question) => await this.call(question, running))).then(
					(all) => all.every((isGood) => isGood),
				)
			: playBatch(this.house, questions, running);
		const { cut } = execution;
		if (cut === undefined || process.isStopped) return await end;
		const struck = this.time.sleep(cut.atMs).then(async () => {
			if (cut.kind === 'stall') process.stall(STALL_MS);
			// n8n keeps what is parked, whatever becomes of its process.
			const isParked = this.house.lot.isParked(addressOf(running));
			if (cut.kind === 'stop') this.stop(running);
			if (cut.kind !== 'crash' || isParked) return await end;
			process.isDead = true;
			return false;
		});
		return await Promise.race([end, struck]);
	}

	private stop(running: Running): void {
		const address = addressOf(running);
		running.process.wasParked = this.house.lot.isParked(address);
		running.process.stop();
		this.house.lot.stop(address);
	}

	/** Of a tool n8n tries each call again by itself. */
	private async call(question: number, running: Running): Promise<boolean> {
		const { execution, process } = running;
		for (let count = 1; ; count++) {
			if (await playBatch(this.house, [question], running)) return true;
			if (count >= execution.tries || process.isStopped || process.isDead) return false;
			await process.sleep(BETWEEN_TRIES_MS);
		}
	}
}
