import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RunflowClient } from '../../nodes/Runflow/api/client';
import { textAt } from '../../nodes/Runflow/api/read';
import type { Ending } from '../../nodes/Runflow/billing/types';
import type { Batch } from '../../nodes/Runflow/items/items';
import { decideResume } from '../../nodes/Runflow/operations/parking/decide';
import { submitAndPark } from '../../nodes/Runflow/operations/parking/park';
import type { Space } from '../../nodes/Runflow/operations/parking/park';
import type { Parked } from '../../nodes/Runflow/operations/parking/record';
import { sightFor } from '../../nodes/Runflow/operations/parking/sight';
import type { VirtualTime } from '../simulation/virtualTime';
import { WALL_MS } from './process';

type Outputs = INodeExecutionData[][];

interface ParkedRun {
	parked: Parked;
	rows: INodeExecutionData[];
	goOn: (outputs: Outputs) => void;
}

/** What n8n does for parked runs of the node: keeps them, and lets them go on. */
export class ParkingLot {
	private readonly runs = new Map<string, ParkedRun>();

	/** @param connect from the process that receives callbacks */
	constructor(
		private readonly time: VirtualTime,
		private readonly connect: () => RunflowClient,
	) {}

	isParked(url: string): boolean {
		return this.runs.has(url);
	}

	/** The user stops a parked execution: n8n drops it. */
	stop(url: string): void {
		const run = this.runs.get(url);
		this.runs.delete(url);
		run?.goOn([]);
	}

	/** Runs the node; what comes out once it is over, by itself, at a callback or at the deadline. */
	async run(batch: Batch, url: string): Promise<Outputs> {
		const { rows, runIndex } = batch.desk;
		let parked: Parked | undefined;
		let deadline: number | undefined;
		const space: Space = {
			callbackUrl: async () => await Promise.resolve(url),
			write: (records, record) => {
				for (const [row, item] of rows.entries()) item.json = records[row] ?? item.json;
				parked = { ...record, runIndex };
				return rows;
			},
			linkOutputs: () => {},
			waitUntil: async (moment) => {
				deadline = await Promise.resolve(moment);
			},
		};
		const outputs = await submitAndPark(batch, space, { split: false, includeInput: false });
		if (parked === undefined || deadline === undefined) return outputs;
		return await this.keep(url, deadline, { parked, rows });
	}

	private async keep(
		url: string,
		deadline: number,
		run: Pick<ParkedRun, 'parked' | 'rows'>,
	): Promise<Outputs> {
		return await new Promise((resolve) => {
			const kept: ParkedRun = { ...run, goOn: resolve };
			this.runs.set(url, kept);
			this.time.at(deadline - WALL_MS, () => {
				if (this.runs.get(url) !== kept) return;
				this.runs.delete(url);
				resolve([kept.rows]);
			});
		});
	}

	/** A callback comes; the status of its answer. */
	async receive(url: string, id: string): Promise<number> {
		const run = this.runs.get(url);
		if (run === undefined) return 409;
		const decision = await decideResume(Buffer.from(JSON.stringify({ evaluation_id: id })), {
			parked: run.parked,
			readItems: () => run.rows,
			sight: async ({ shapes }) => await Promise.resolve(sightFor(this.connect(), shapes)),
			now: Date.now,
			isGoingOn: () => this.runs.get(url) !== run,
			claim: () => this.runs.delete(url),
		});
		if (decision.start === undefined) return decision.status;
		const late = decision.claim?.();
		if (late !== undefined) return late.status;
		run.goOn(decision.start);
		return decision.status;
	}
}

/** How each row ended, as its item tells. */
export function endingsOf(outputs: Outputs): Map<number, Ending> {
	const items = outputs.flat().map((item, at): [number, Ending] => {
		const { pairedItem } = item;
		const row = typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : at;
		return [row, endingOf(item.json)];
	});
	return new Map(items);
}

function endingOf(json: IDataObject): Ending {
	const id = textAt(json, 'id', 'evaluation_id') ?? '';
	const isJudged = json.verdict === 'passed' || json.verdict === 'not_passed';
	if (isJudged) return { kind: 'done', evaluation: { id, status_code: 'completed' } };
	return { kind: 'timedOut', id };
}
