/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';

import { startEmulator, type Emulator, type EmulatorOptions } from '../emulator';
import {
	RUNFLOW_CREDENTIAL,
	RUNFLOW_NODE,
	readWorkflowFile,
	runWorkflowFile,
	type ExtraTypes,
	type WorkflowRun,
} from '../engine';
import { readInputRows, readResultRows, type InputRow, type ResultRow } from './rows';

export const IMAGE_FOLDER = path.join(__dirname, 'images');
export const URL_PREFIX = 'https://images.example.com/';
export const IN_FLIGHT_CAP = 8;

const WORKFLOW = path.join(__dirname, 'audit.json');
const INPUT = path.join(__dirname, 'audit.csv');

/** An account as Runflow documents it, in fast motion and on a bad day. */
const ACCOUNT: Partial<EmulatorOptions> = {
	seed: 12,
	images: { urlPrefix: URL_PREFIX, folder: IMAGE_FOLDER },
	inFlightCap: IN_FLIGHT_CAP,
	latency: {
		distribution: 'lognormal',
		medianMs: 30_000,
		sigma: 0.4,
		minMs: 12_000,
		maxMs: 90_000,
	},
	speed: 20,
	faults: {
		rate: 0.08,
		kinds: ['dropBefore', 'dropAfter', 'status502', 'status503', 'truncatedJson'],
	},
};

export interface AuditState {
	rows: number;
	accepted: number;
	finished: number;
	seconds: number;
}

export interface Audit {
	input: InputRow[];
	results: ResultRow[];
	/** What the node gave for each row, with the row under `input`. */
	items: INodeExecutionData[];
	/** Where the workflow left the spreadsheet. */
	resultFile: string;
	seconds: number;
	/** What the account saw. */
	requests: number;
	faults: number;
	refusals: number;
	billed: string;
	billedTwice: string[];
}

export interface AuditOptions {
	/** For the spreadsheet and its result. */
	folder: string;
	/** Node and credential types of the package; its sources by default. */
	types?: ExtraTypes;
	account?: Partial<EmulatorOptions>;
	onProgress?: (state: AuditState) => void;
}

/** Runs the demo's workflow on n8n's engine, against the emulator. */
export async function runAudit(options: AuditOptions): Promise<Audit> {
	const { folder, types = {}, account = {}, onProgress } = options;
	mkdirSync(folder, { recursive: true });
	copyFileSync(INPUT, path.join(folder, 'audit.csv'));
	const input = readInputRows(INPUT);
	const emulator = await startEmulator({ ...ACCOUNT, ...account });
	// The answer to the second submit is lost, the evaluation exists: the one that must not be billed twice.
	emulator.failNext('dropAfter', { method: 'POST', pathPrefix: '/v1/evaluations' });
	const startedAt = performance.now();
	const seconds = () => (performance.now() - startedAt) / 1_000;
	emulator.options.onRequest = () =>
		onProgress?.({ rows: input.length, ...count(emulator), seconds: seconds() });
	try {
		const workflow = await runWorkflowFile(WORKFLOW, {
			filesFolder: folder,
			credentials: { [RUNFLOW_CREDENTIAL]: { baseUrl: emulator.url, apiKey: 'rf_live_full' } },
			standIns: types.nodeTypes,
			credentialTypes: types.credentialTypes,
		});
		const { status, run } = workflow;
		if (status !== 'success') throw new Error(run.data.resultData.error?.message ?? status);
		const resultFile = path.join(folder, 'audit-result.csv');
		const { total, billedTwice } = emulator.ledger();
		return {
			input,
			results: readResultRows(resultFile),
			items: judgedItems(workflow, input),
			resultFile,
			seconds: seconds(),
			requests: emulator.requests.length,
			faults: emulator.requests.filter(({ fault }) => fault !== undefined).length,
			refusals: emulator.requests.filter((request) => request.status === 429).length,
			billed: total,
			billedTwice,
		};
	} finally {
		await emulator.close();
	}
}

function count({ evaluations }: Emulator) {
	const finished = evaluations.filter(({ terminal }) => terminal).length;
	return { accepted: evaluations.length, finished };
}

/** The items of the node that waited for the verdicts. */
function judgedItems({ node }: WorkflowRun, input: InputRow[]): INodeExecutionData[] {
	const judge = readWorkflowFile(WORKFLOW).nodes.find(
		({ type, parameters }) =>
			type === RUNFLOW_NODE && ['wait', 'submitAndWait'].includes(String(parameters.operation)),
	);
	const items = node(judge?.name ?? '').outputs.flat();
	const rows = new Map(input.map((row) => [row.row, row]));
	return items.map(({ json, ...item }) => ({
		...item,
		json: { ...json, input: { ...rows.get(String(json.client_ref)) } },
	}));
}
