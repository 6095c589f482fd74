import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { NodeDesk } from '../../desk';
import { inOutputs } from '../../verdict/split';
import { VERDICTS } from '../../verdict/verdict';
import { UNKNOWN_SOURCE } from './links';
import { callbackUrlFrom } from './callbackUrl';
import { inOrderOf } from './recall';
import { readRecord, toRecord } from './record';
import type { Parked } from './record';

const UNKNOWN_N8N = 'this version of n8n keeps items in another way than the node knows';

/**
 * Where a run of the node is parked: what n8n keeps of it. That stands on things that n8n does not
 * promise: that the items a node sees are those that it stores, and that they can be written. Where
 * they are copies, n8n would pass on the rows of the input at the deadline, with whatever verdicts
 * they carry from before.
 */
export class ParkingSpace {
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly desk: NodeDesk,
	) {}

	/** Why the run must not be parked; undefined when it can be. Changes nothing, costs nothing. */
	async whyNot(): Promise<string | undefined> {
		const { context, desk } = this;
		if (desk.mode === 'evaluation') return 'n8n does not wait for it in an evaluation';
		if (!(await this.hasOneCredential())) {
			return 'the credential has an expression that n8n cannot evaluate when Runflow calls back';
		}
		const members: unknown[] = [
			...[context.putExecutionToWait, context.getExecuteData, context.getContext],
			...[context.setMetadata, context.evaluateExpression],
		];
		if (members.some((member) => typeof member !== 'function')) return UNKNOWN_N8N;
		const input = context.getInputData();
		const stored = this.storedItems();
		if (stored === undefined || input.length === 0) return UNKNOWN_N8N;
		if (!isSame(input, stored) || !isSame(input, context.getInputData())) return UNKNOWN_N8N;
		return input.every(isWritable) && !Object.isSealed(stored) ? undefined : UNKNOWN_N8N;
	}

	/** Where Runflow's callbacks lead back into this execution; throws when Runflow cannot reach it. */
	async callbackUrl(): Promise<string> {
		const resumeUrl: unknown = this.context.evaluateExpression('{{ $execution.resumeUrl }}', 0);
		const { baseUrl } = await this.context.getCredentials('runflowApi');
		return callbackUrlFrom(resumeUrl, String(baseUrl), this.desk.node);
	}

	/**
	 * Writes the items that n8n passes on by itself, and what the callbacks will need. With Execute
	 * Once n8n stores more items than the node saw: those that nobody judged must not be passed on.
	 * @returns what stands in the input then; undefined, and the input is as before, when n8n turns
	 * out not to have what was written
	 */
	write(
		records: Array<INodeExecutionData['json']>,
		parked: Omit<Parked, 'runIndex'>,
	): INodeExecutionData[] | undefined {
		const input = this.context.getInputData();
		const before = input.map(({ json }) => json);
		for (const [row, item] of input.entries()) item.json = records[row] ?? item.json;
		this.storedItems()?.splice(input.length);
		this.notes.parked = toRecord({ ...parked, runIndex: this.desk.runIndex });
		const seen = this.context.getInputData();
		if (isStored(seen, this.storedItems(), records) && this.ownRecord() !== undefined) return input;
		for (const [row, item] of input.entries()) item.json = before[row] ?? item.json;
		return undefined;
	}

	/**
	 * When the execution goes on, n8n looks for the origin of an item in output 2 at input 2, which a
	 * node with one input lacks. A single row is the only one that an item can come from, so there it
	 * is told; with more, any link would be to another row sooner or later, so n8n has to say that it
	 * knows none. It takes no origin from the node itself unless the metadata say so.
	 */
	linkOutputs(rows: number): void {
		const { source } = this.context.getExecuteData();
		const [origin] = source?.main ?? [];
		if (source && origin) {
			source.main = VERDICTS.map((_, output) =>
				output === 0 || rows === 1 ? origin : UNKNOWN_SOURCE,
			);
		}
		this.context.setMetadata({ preserveSourceOverwrite: true });
	}

	async waitUntil(time: number): Promise<void> {
		await this.context.putExecutionToWait(new Date(time));
	}

	/**
	 * What this node handed out after it was parked, when n8n runs it again on just that: Retry "with
	 * currently saved workflow" of an execution that crashed in a later node does so. The rows are gone
	 * from the input then, and everything is paid. Undefined for any other input.
	 */
	handedOut(split: boolean): INodeExecutionData[][] | undefined {
		const parked = this.ownRecord();
		if (parked === undefined) return undefined;
		const input = (this.context.getExecuteData().data.main ?? []).flatMap((each) => each ?? []);
		const items = inOrderOf(parked.ids, input);
		if (items === undefined) return undefined;
		return split ? inOutputs(items) : [items];
	}

	/** What this very run of the node stored before, in an execution that n8n tries again. */
	private ownRecord(): Parked | undefined {
		const parked = readRecord(this.notes.parked);
		return parked?.runIndex === this.desk.runIndex ? parked : undefined;
	}

	/** n8n keeps them with the execution. */
	private get notes() {
		return this.context.getContext('node');
	}

	/** What n8n keeps of the input while the execution is parked. */
	private storedItems(): INodeExecutionData[] | undefined {
		const executeData: Partial<ReturnType<IExecuteFunctions['getExecuteData']>> | undefined =
			this.context.getExecuteData();
		return executeData?.data?.main?.[0] ?? undefined;
	}

	/**
	 * Whether the credential is the same without a row, as far as that can be told: a callback has
	 * none, and n8n evaluates an expression of a credential that takes something from a row to nothing
	 * then.
	 */
	private async hasOneCredential(): Promise<boolean> {
		try {
			const withRow = await this.context.getCredentials('runflowApi', 0);
			const without = await this.context.getCredentials('runflowApi', this.desk.rows.length);
			return JSON.stringify(withRow) === JSON.stringify(without);
		} catch {
			return false;
		}
	}
}

/** Whether what was written into the items is what n8n has and stores. */
export function isStored(
	seen: INodeExecutionData[],
	stored: INodeExecutionData[] | undefined,
	written: Array<INodeExecutionData['json']>,
): boolean {
	const isThere = (items: INodeExecutionData[] | undefined) =>
		items?.length === written.length && written.every((json, row) => items[row]?.json === json);
	return isThere(seen) && isThere(stored);
}

/** With Execute Once the node sees fewer items than are stored. */
function isSame(seen: INodeExecutionData[], stored: INodeExecutionData[]): boolean {
	return seen.length <= stored.length && seen.every((item, row) => item === stored[row]);
}

function isWritable(item: INodeExecutionData): boolean {
	return Object.getOwnPropertyDescriptor(item, 'json')?.writable === true;
}
