import type { IDataObject } from 'n8n-workflow';

import { RunflowClient } from '../../nodes/Runflow/api/client';
import { evaluate } from '../../nodes/Runflow/billing/evaluate';
import type { Desk, Ending, Plan } from '../../nodes/Runflow/billing/types';
import type { Submission } from '../../nodes/Runflow/parameters/submission';
import { VirtualTime } from '../simulation/virtualTime';
import type { Execution, History, Settings } from './history';
import { Process, WALL_MS, withVirtualGlobals } from './process';
import { questionText, SimulatedRunflow } from './runflow';

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
	execution: Execution;
	store: IDataObject;
	/** The round with which a retry begins. */
	failedRound?: number;
}

class Player {
	private lineage = 0;
	private executionId = 0;
	/** What n8n's process knows of the account. */
	private account: Desk['account'] = { durationsMs: [] };

	constructor(
		private readonly time: VirtualTime,
		private readonly course: Course,
	) {}

	async run(): Promise<void> {
		let left: Left | undefined;
		for (const execution of this.course.history.executions) {
			const isRetry = execution.isRetry && left?.failedRound !== undefined;
			if (!isRetry) this.lineage += 1;
			const { rounds } = isRetry && left ? left.execution : execution;
			const store: IDataObject = isRetry && left ? structuredClone(left.store) : {};
			const from = isRetry ? (left?.failedRound ?? 0) : 0;
			left = await this.execute({ ...execution, isRetry, rounds }, store, from);
			await this.time.sleep(AFTERMATH_MS);
		}
	}

	private async execute(execution: Execution, store: IDataObject, from: number): Promise<Left> {
		const process = new Process(this.time);
		const atStart = structuredClone(store);
		this.course.lineages.set(process, this.lineage);
		this.executionId += 1;
		for (let round = from; round < execution.rounds.length; round++) {
			const tries = this.course.history.settings.isTool ? 1 : execution.tries;
			for (let count = 1; count <= tries; count++) {
				const isGood = await this.tryRound({ execution, store, process, round });
				if (process.isDead) {
					this.account = { durationsMs: [] };
					this.course.crashed.add(this.lineage);
					return { execution, store: atStart, failedRound: from };
				}
				if (isGood) break;
				if (process.isStopped || count === tries) {
					return { execution, store, failedRound: round };
				}
				await this.time.sleep(BETWEEN_TRIES_MS);
			}
		}
		return { execution, store };
	}

	/** Whether no error ended it. */
	private async tryRound(place: Place): Promise<boolean> {
		const { settings } = this.course.history;
		const { execution, process, round } = place;
		const questions = execution.rounds[round] ?? [];
		const end = settings.isTool
			? Promise.all(questions.map(async (question) => await this.call(question, place))).then(
					(all) => all.every((isGood) => isGood),
				)
			: this.batch(questions, place);
		const { cut } = execution;
		if (cut === undefined || process.isStopped) return await end;
		const struck = this.time.sleep(cut.atMs).then(async () => {
			if (cut.kind === 'stall') process.stall(STALL_MS);
			if (cut.kind === 'stop') process.isStopped = true;
			if (cut.kind !== 'crash') return await end;
			process.isDead = true;
			return false;
		});
		return await Promise.race([end, struck]);
	}

	/** Of a tool n8n tries each call again by itself. */
	private async call(question: number, place: Place): Promise<boolean> {
		const { execution, process } = place;
		for (let count = 1; ; count++) {
			if (await this.batch([question], place)) return true;
			if (count >= execution.tries || process.isStopped || process.isDead) return false;
			await process.sleep(BETWEEN_TRIES_MS);
		}
	}

	private async batch(numbers: number[], place: Place): Promise<boolean> {
		const { settings } = this.course.history;
		const { process, round } = place;
		const callback = `https://n8n.example.com/webhook-waiting/${this.executionId}/runflow`;
		// As parking does: under a key that others share, only the same body is known again.
		const callsBack = settings.mode === 'callback' && settings.asks === 'always';
		const callbackUrl = callsBack ? callback : undefined;
		const rows = numbers.map((number) => submissionOf(number, settings, callbackUrl));
		const played: Played = {
			lineage: this.lineage,
			process,
			round,
			questions: rows.map(({ text }) => text),
			wasThere: new Set(),
			tookMs: 0,
		};
		this.course.batches.push(played);
		const startedAt = this.time.elapsed();
		const client = new RunflowClient(this.course.runflow.doorFor(process), BASE_URL, 'account');
		const { maximumCost, timeoutSeconds } = settings;
		const { outcomes, wasThere } = await evaluate(
			{ desk: this.deskFor(place), api: client, clock: clockOf(process) },
			new Map(
				rows.map(({ submission }, index): [number, Plan] => [index, { submission, shape: SHAPE }]),
			),
			{
				until: settings.mode === 'poll' ? 'finished' : 'submitted',
				rule: { timeoutSeconds, onTimeout: 'error' },
				maximumCost,
			},
		);
		if (process.isDead) return false;
		played.endings = outcomes;
		played.wasThere = new Set([...outcomes.keys()].filter(wasThere));
		played.tookMs = this.time.elapsed() - startedAt;
		return [...outcomes.values()].every(({ kind }) => kind === 'done' || kind === 'open');
	}

	private deskFor({ execution, store, process, round }: Place): Desk {
		const { isTool, continues } = this.course.history.settings;
		const write = (line: string) => process.write(line);
		return {
			token: `token-${this.lineage}`,
			executionId: String(this.executionId),
			workflowName: 'Gate',
			nodeName: 'Runflow',
			runIndex: round,
			isRetry: execution.isRetry,
			isTool,
			toolTries: execution.tries,
			continues: continues || isTool,
			store,
			account: this.account,
			log: { info: write, warn: write },
			today: () => WALL_MS + this.time.elapsed(),
		};
	}
}

interface Place {
	execution: Execution;
	store: IDataObject;
	process: Process;
	round: number;
}

const BASE_URL = 'https://api.runflow.io';
const SHAPE: Plan['shape'] = { simple: true, embed: [], criterion: { passCriterion: 'overall' } };

function clockOf(process: Process) {
	const { time } = process;
	return {
		now: () => time.now(),
		random: () => time.random(),
		stopped: () => process.isStopped,
		sleep: async (ms: number) => await process.sleep(ms),
	};
}

function submissionOf(number: number, settings: Settings, callbackUrl: string | undefined) {
	const { asks, hasClientRef, image: kind } = settings;
	const facts = { task_type: 'headshot', ...(hasClientRef && { client_ref: `ref-${number}` }) };
	const content = kind === 'file' ? `bytes-${number}` : `https://images.example.com/${number}.png`;
	const file = {
		fileName: 'a.png',
		mimeType: 'image/png',
		bytes: content.length,
		open: async () => Buffer.from(content),
	};
	const submission: Submission = {
		image: kind === 'file' ? file : content,
		references: [],
		facts: { ...facts, ...(callbackUrl !== undefined && { callback_url: callbackUrl }) },
		userKey: asks === 'ownKey' ? `key-${number}` : undefined,
		evaluateAgain: asks === 'onChange' ? 'onChange' : 'always',
	};
	return { submission, text: questionText(content, facts) };
}
