import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { RunflowClient } from '../../nodes/Runflow/api/client';
import { evaluate } from '../../nodes/Runflow/billing/evaluate';
import type { Ending, Goal, Plan } from '../../nodes/Runflow/billing/types';
import type { NodeDesk } from '../../nodes/Runflow/desk';
import type { Account } from '../../nodes/Runflow/billing/accounts';
import type { ItemSource } from '../../nodes/Runflow/parameters/source';
import type { Submission } from '../../nodes/Runflow/parameters/submission';
import type { Problem } from '../../nodes/Runflow/items/problem';
import { batchProblem, toResult } from '../../nodes/Runflow/items/results';
import type { TimeoutRule } from '../../nodes/Runflow/parameters/timeout';
import type { Execution, Settings } from './history';
import { endingsOf } from './parkingLot';
import type { ParkingLot } from './parkingLot';
import type { Course, Played } from './play';
import { WALL_MS } from './process';
import type { Process } from './process';
import { questionText } from './runflow';

/** An execution of n8n that runs. */
export interface Running {
	lineage: number;
	executionId: number;
	execution: Execution;
	/** What n8n stores with it. */
	store: IDataObject;
	process: Process;
	round: number;
}

/** What one n8n has for all executions. */
export interface House {
	course: Course;
	lot: ParkingLot;
	account: Account;
	accountName: string;
}

const BASE_URL = 'https://api.runflow.io';
const SHAPE: Plan['shape'] = { simple: true, embed: [], criterion: { passCriterion: 'overall' } };

export function clientOf({ course, accountName }: House, process: Process): RunflowClient {
	return new RunflowClient(course.runflow.doorFor(process), BASE_URL, accountName);
}

export function addressOf({ executionId }: Running): string {
	return `https://n8n.example.com/webhook-waiting/${executionId}/runflow`;
}

/** Runs the node on the questions; whether no error ended it. */
export async function playBatch(
	house: House,
	numbers: number[],
	running: Running,
): Promise<boolean> {
	const { settings } = house.course.history;
	const { process, round, lineage } = running;
	const callbackUrl = settings.mode === 'submit' ? addressOf(running) : undefined;
	const asked = numbers.map((number) => submissionOf(number, settings, callbackUrl));
	const played: Played = {
		lineage,
		process,
		round,
		questions: asked.map(({ text }) => text),
		wasThere: new Set(),
		words: new Map(),
		startedAt: process.time.elapsed(),
		tookMs: 0,
	};
	house.course.batches.push(played);
	const plans = new Map(
		asked.map(({ submission }, index): [number, Plan] => [index, { submission, shape: SHAPE }]),
	);
	const isParked = settings.mode === 'callback' && !settings.isTool;
	const isGood = isParked
		? await park(house, plans, running, played)
		: await pollOrSubmit(house, plans, running, played);
	played.tookMs = process.time.elapsed() - played.startedAt;
	return isGood;
}

async function pollOrSubmit(
	house: House,
	plans: Map<number, Plan>,
	running: Running,
	played: Played,
): Promise<boolean> {
	const { mode, maximumCost, timeoutSeconds } = house.course.history.settings;
	const desk = deskFor(house, running, plans.size);
	const goal: Goal = {
		until: mode === 'submit' ? 'accepted' : 'finished',
		rule: { timeoutSeconds, onTimeout: 'error' },
		maximumCost,
	};
	const api = clientOf(house, running.process);
	const { outcomes, wasThere } = await evaluate({ desk, api, clock: desk.clock }, plans, goal);
	if (running.process.isDead) return false;
	played.endings = outcomes;
	played.wasThere = new Set([...outcomes.keys()].filter(wasThere));
	for (const problem of problemsIn(desk, outcomes, goal.rule)) {
		played.words.set(problem.itemIndex, `${problem.message}. ${problem.description ?? ''}`);
	}
	return [...outcomes.values()].every(({ kind }) => kind === 'done' || kind === 'open');
}

/** What a user reads: one error, or each row's own. */
function problemsIn(desk: NodeDesk, outcomes: Map<number, Ending>, rule: TimeoutRule): Problem[] {
	const one = batchProblem(outcomes, rule);
	if (!desk.continues) return one === undefined ? [] : [one];
	const results = [...outcomes].map(([row, ending]) =>
		toResult(ending, row, { shape: SHAPE, rule, isBilled: true }),
	);
	return results.filter((each): each is Problem => 'message' in each);
}

async function park(
	house: House,
	plans: Map<number, Plan>,
	running: Running,
	played: Played,
): Promise<boolean> {
	const { process } = running;
	const { maximumCost, timeoutSeconds } = house.course.history.settings;
	const rule = { timeoutSeconds, onTimeout: 'continue' } as const;
	const goal = { until: 'submitted', rule, maximumCost } as const;
	const desk = deskFor(house, running, plans.size);
	const batch = { desk, client: clientOf(house, process), plans, problems: [], goal };
	try {
		const outputs = await house.lot.run(batch, addressOf(running));
		if (process.wasParked) return false;
		played.endings = endingsOf(outputs);
		return true;
	} catch (error) {
		if (process.isDead) return false;
		const description: unknown = Object(error).description;
		process.write(`${String(error)} ${String(description)}`);
		return false;
	}
}

function deskFor(house: House, running: Running, rows: number): NodeDesk {
	const { isTool, continues } = house.course.history.settings;
	const { execution, executionId, lineage, process, round, store } = running;
	const { time } = process;
	const write = (line: string) => process.write(line);
	return {
		token: `token-${lineage}`,
		executionId: String(executionId),
		workflowName: 'Gate',
		nodeName: NODE.name,
		runIndex: round,
		isRetry: execution.isRetry,
		isTool,
		toolTries: execution.tries,
		continues: continues || isTool,
		store,
		account: house.account,
		log: { info: write, warn: write },
		today: () => WALL_MS + time.elapsed(),
		node: NODE,
		rows: Array.from({ length: rows }, (_, row): INodeExecutionData => ({ json: { row } })),
		resource: 'evaluation',
		operation: 'submitAndWait',
		mode: execution.isRetry ? 'retry' : 'trigger',
		signal: process.signal,
		clock: {
			now: () => time.now(),
			random: () => time.random(),
			stopped: () => process.isStopped,
			sleep: async (ms: number) => await process.sleep(ms),
		},
		batch: NOTHING,
		source: () => NOTHING,
		connect: async () => await Promise.resolve(clientOf(house, process)),
		isLastOfSubWorkflow: () => false,
		next: () => [],
		timeZone: 'UTC',
		file: async () => await Promise.reject(new Error('No file is made')),
		hint: write,
	};
}

const NODE: NodeDesk['node'] = {
	id: 'node',
	name: 'Runflow',
	type: 'n8n-nodes-runflow.runflow',
	typeVersion: 1.1,
	position: [0, 0],
	parameters: {},
};

/** What is filled in nowhere. */
const NOTHING: ItemSource = {
	row: undefined,
	value: () => null,
	entered: () => null,
	file: () => undefined,
	bytes: async () => await Promise.resolve(Buffer.alloc(0)),
	stored: {
		bytes: async () => await Promise.resolve(0),
		stream: async () => await Promise.reject(new Error('There is no file')),
	},
};

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
