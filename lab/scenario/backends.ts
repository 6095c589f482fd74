import { sleep } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { PRESETS, startEmulator } from '../emulator';
import type { Emulator, EmulatorOptions, Preset } from '../emulator';
import { nodeRun, resumeByWebhook, runNode } from '../engine';
import type { NodeRun } from '../engine';
import { SECRET } from './account';
import { startReceiver } from './receiver';
import { runOnRows } from './rows';

/** Texts that a firewall takes for attacks, each in every tenth row, and what others say. */
const ATTACKS: Record<number, string> = {
	0: 'A poster that says <script>',
	5: 'Select a red car from the left row',
};
const HARMLESS = 'A red car';
const CONTINUE = { onError: 'continueRegularOutput' as const };
/** Nobody listens there: what was delivered is handed over. */
const INSTANCE = { instanceUrl: 'https://127.0.0.1:9' };
const PROMPTED = {
	additionalFields: { clientRef: '=row-{{ $json.row }}', generationPrompt: '={{ $json.prompt }}' },
};
const MOST_EARLY = 2;
const BETWEEN_DELIVERIES_MS = 1_000;
const PATIENCE_MS = 120_000;
const RUN = '0190a1b2-c3d4-7e5f-8a9b-';

interface Tried {
	/** What came out, or started. */
	items: IDataObject[];
	/** What a user is told besides. */
	more?: string[];
	/** Of operations that give no verdict: what they did. */
	did?: string;
}

type Operation = (emulator: Emulator, rows: INodeExecutionData[]) => Promise<Tried>;

/** Each operation as a builder would set it up. */
export const OPERATIONS: Record<string, Operation> = {
	'Submit and Wait': judge,
	'Submit and Wait, parked': judgeParked,
	'Submit, Trigger': submitForTrigger,
	'Submit, Get': async (emulator, rows) =>
		await afterSubmit(emulator, rows, { operation: 'get', evaluationId: '={{ $json.id }}' }),
	'Submit, Wait': async (emulator, rows) =>
		await afterSubmit(emulator, rows, { operation: 'wait', evaluationId: '={{ $json.id }}' }),
	'Get Many': async (emulator, rows) => {
		const runs = rows.map((_, row) => RUN + String(row).padStart(12, '0'));
		for (const run of runs) emulator.evaluateRun(run, { overall_passed: true });
		const items = runs.map((run_id, row) => ({ json: { row, run_id } }));
		return outOf(
			await run(emulator, { operation: 'getMany', runId: '={{ $json.run_id }}' }, items),
		);
	},
	'Send Feedback': async (emulator, rows) => {
		const tried = await afterSubmit(emulator, rows, {
			operation: 'sendFeedback',
			evaluationId: '={{ $json.id }}',
			feedback: 'negative',
			reason: '={{ $json.client_ref }} is dark',
		});
		const sent = emulator.evaluations.filter(({ feedback }) => feedback.isPositive === false);
		return { ...tried, did: `${sent.length} sent` };
	},
	'Create Report': async (emulator, rows) => {
		const { items } = await judge(emulator, rows);
		const report = await runNode(
			{ resource: 'evaluation', operation: 'createReport' },
			items.map((json) => ({ json })),
		);
		return { items, more: (report.outputs[0] ?? []).map(({ json }) => firstLine(json.text)) };
	},
	'List Job Classes': async (emulator, rows) => {
		const tried = outOf(await run(emulator, { operation: 'listJobClasses' }, rows));
		return { ...tried, did: `${tried.items.filter(({ code }) => code).length} classes` };
	},
	'Get Balance': async (emulator, rows) => {
		const tried = outOf(await run(emulator, { operation: 'getBalance' }, rows));
		const [first] = tried.items;
		return { ...tried, did: `${tried.items.length} item: ${String(first?.balance)}` };
	},
};

/** One line: what an operation on so many rows came to with a backend. */
export async function tryOn(preset: Preset, name: string, count: number): Promise<string> {
	const options: Partial<EmulatorOptions> = {
		...PRESETS[preset],
		latency: { distribution: 'fixed', minMs: 1_000 },
		callbackSecret: SECRET,
		balance: '500.000000',
		syntheticPassFraction: 0.5,
	};
	const emulator = await startEmulator(options);
	const operation = OPERATIONS[name];
	if (operation === undefined) throw new Error(`No operation ${name}`);
	try {
		const { items, more = [], did } = await operation(emulator, promptedRows(count));
		const { submitted, billed, billedTwice } = emulator.ledger();
		const judged = items.filter(({ verdict }) => verdict !== undefined && verdict !== 'no_verdict');
		const figures = [
			did ?? `${judged.length} judged`,
			`${submitted} submitted`,
			`${billed} billed`,
		];
		if (billedTwice.length > 0) figures.push(`${billedTwice.length} TWICE`);
		return [preset, name, `${count} rows`, figures.join(', '), toldOf(items, more)].join(' | ');
	} finally {
		await emulator.close();
	}
}

function promptedRows(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, row) => ({
		json: {
			row,
			url: `https://images.example.com/${row}.png`,
			prompt: ATTACKS[row % 10] ?? HARMLESS,
		},
	}));
}

async function run(
	emulator: Emulator,
	parameters: INodeParameters,
	items: INodeExecutionData[],
): Promise<NodeRun> {
	return await runOnRows(emulator.url, { ...PROMPTED, ...parameters }, items, {
		...CONTINUE,
		...INSTANCE,
		mode: 'webhook',
	});
}

function outOf({ outputs, error, hints }: NodeRun): Tried {
	const items = (outputs[0] ?? []).map(({ json }) => json);
	const more = [error?.message, ...hints.map(({ message }) => message)];
	return { items, more: more.filter((text) => text !== undefined).map(firstLine) };
}

async function judge(emulator: Emulator, rows: INodeExecutionData[]): Promise<Tried> {
	return outOf(await run(emulator, { operation: 'submitAndWait' }, rows));
}

/** Early callbacks find it parked and leave it so; the last ones end it. */
async function judgeParked(emulator: Emulator, rows: INodeExecutionData[]): Promise<Tried> {
	emulator.configure({ latency: 'manual', callbackRetryDelaysMs: [] });
	const parameters = { operation: 'submitAndWait', options: { waitMode: 'callback' } };
	const parked = await run(emulator, parameters, rows);
	if (parked.status !== 'waiting') return outOf(parked);
	const early = emulator.deliveries.splice(0);
	if ((await resumedBy(parked, early.slice(0, MOST_EARLY))) !== undefined)
		throw new Error('It went on too early');
	for (const { id } of emulator.evaluations) emulator.settle(id);
	await within(PATIENCE_MS, () => emulator.deliveries.length >= emulator.evaluations.length);
	const resumed = await resumedBy(parked, emulator.deliveries);
	if (resumed === undefined) throw new Error('No callback ended it');
	return outOf(resumed);
}

async function resumedBy(
	parked: NodeRun,
	deliveries: Emulator['deliveries'],
): Promise<NodeRun | undefined> {
	for (const { body, signature } of deliveries) {
		const headers: Record<string, string> = signature ? { 'runflow-signature': signature } : {};
		const { run: went } = await resumeByWebhook(parked, { rawBody: body, headers });
		if (went !== undefined) return nodeRun(went);
		await sleep(BETWEEN_DELIVERIES_MS);
	}
	return undefined;
}

/** A trigger that listens: the items of the executions that were started. */
async function submitForTrigger(emulator: Emulator, rows: INodeExecutionData[]): Promise<Tried> {
	emulator.options.callbackUrlHttpsOnly = false;
	const receiver = await startReceiver(emulator);
	const { additionalFields } = PROMPTED;
	const parameters = {
		operation: 'submit',
		additionalFields: { ...additionalFields, callbackUrl: receiver.url },
	};
	const { items, more } = outOf(await run(emulator, parameters, rows));
	const refused = items.filter(({ error }) => error !== undefined);
	await within(PATIENCE_MS, () => receiver.executions.length >= emulator.evaluations.length);
	await receiver.close();
	return { items: [...receiver.executions, ...refused], more };
}

async function afterSubmit(
	emulator: Emulator,
	rows: INodeExecutionData[],
	parameters: INodeParameters,
): Promise<Tried> {
	const submitted = await run(emulator, { operation: 'submit' }, rows);
	await within(PATIENCE_MS, () => emulator.evaluations.every(({ terminal }) => terminal));
	const [accepted, refused] = [
		(submitted.outputs[0] ?? []).filter(({ json }) => json.error === undefined),
		(submitted.outputs[0] ?? []).filter(({ json }) => json.error !== undefined),
	];
	const { items, more = [] } = accepted.length
		? outOf(await run(emulator, parameters, accepted))
		: { items: [] };
	return { items: [...items, ...refused.map(({ json }) => json)], more };
}

/** Seconds and ports differ from run to run. */
function withoutChance(text: string): string {
	return text.replace(/ in \d+ s:/, ' in … s:').replace(/127\.0\.0\.1:\d+/, 'n8n');
}

function firstLine(text: unknown): string {
	return String(text).split('\n')[0] ?? '';
}

/** Each text once, with how often it was said. */
function toldOf(items: IDataObject[], more: string[]): string {
	const counts = new Map<string, number>();
	const errors = items.flatMap(({ error }) => (error === undefined ? [] : [String(error)]));
	for (const text of [...errors, ...more]) counts.set(text, (counts.get(text) ?? 0) + 1);
	const told = [...counts].map(([text, times]) => `${times} x "${withoutChance(text)}"`);
	return told.join('; ') || 'nothing';
}

async function within(ms: number, isSo: () => boolean): Promise<void> {
	const deadline = Date.now() + ms;
	while (!isSo() && Date.now() < deadline) await sleep(100);
}
