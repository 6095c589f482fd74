import { defaultOptions, type EvaluationRecord } from '../emulator';
import {
	listExecutions,
	outputOf,
	retryExecution,
	waitForExecution,
	waitForExecutions,
	type Execution,
} from './executions';
import { readRecord, type JsonRecord } from './read';
import type { Session } from './session';
import {
	judgeNode,
	postRows,
	publishWebhook,
	report,
	until,
	webhookFile,
	webhookOf,
	type Published,
	type Row,
} from './webhookRuns';
import type { NodeSketch } from './workflowFile';

const LONG_MS = 60_000;

export const RETRY_OPTIONS = [
	{ option: 'the original workflow', name: 'original', loadWorkflow: false },
	{ option: 'the currently saved workflow', name: 'saved', loadWorkflow: true },
];

/** An execution, and how it is to be tried again. */
export interface ToRetry {
	id: string;
	rows: Row[];
	loadWorkflow: boolean;
}

/** The API as it is by default, with ids that no other test of the session had. */
export function calm({ emulator }: Session, seed: number): void {
	emulator.configure({ ...defaultOptions(), seed, nextFaults: [] });
}

/** From now on the API is quick, and what was under way is judged. */
export function hurry(session: Session): void {
	const { emulator } = session;
	calm(session, emulator.options.seed);
	for (const { id } of emulator.evaluations) emulator.settle(id);
}

interface Around {
	before?: NodeSketch[];
	/** Of the node. */
	parameters?: JsonRecord;
	/** Of the workflow. */
	settings?: JsonRecord;
}

/** A workflow that judges the rows posted to it, by polling, perhaps after other nodes. */
export async function publishJudge(
	session: Session,
	path: string,
	fields: JsonRecord = {},
	{ before = [], parameters = {}, settings = {} }: Around = {},
): Promise<Published> {
	const nodes = [...before, judgeNode('poll', parameters, fields)];
	const file = webhookFile(path, nodes);
	const changed = { ...file, settings: { ...readRecord(file.settings, 'settings'), ...settings } };
	return await publishWebhook(session, webhookOf(session.n8n.url, path), changed);
}

/** Starts an execution with these rows; resolves to its id. */
export async function start(
	{ client }: Session,
	{ workflow, webhook }: Published,
	rows: Row[],
): Promise<string> {
	const before = (await listExecutions(client, workflow.id)).length;
	await postRows(webhook, rows);
	const found = await waitForExecutions(client, workflow.id, before + 1);
	return found.at(-1)?.id ?? '';
}

export async function untilAccepted({ emulator }: Session, count: number): Promise<void> {
	await until(`${count} accepted`, () => emulator.evaluations.length >= count, LONG_MS);
}

/** Ids that are not in n8n's log. */
export function unlogged({ n8n }: Session, evaluations: EvaluationRecord[]): string[] {
	const log = n8n.log();
	return evaluations.map(({ id }) => id).filter((id) => !log.includes(id));
}

/** Rows that did not come out with the verdict on their own image. */
export function wrong({ emulator }: Session, execution: Execution, rows: Row[]): string[] {
	const items = outputOf(execution, 'Judge');
	const isRight = ({ ref, url, file }: Row, index: number) => {
		const { id, client_ref: clientRef, verdict } = items[index] ?? {};
		const judged = emulator.evaluation(String(id));
		const expected = judged?.outcome?.overall_passed ? 'passed' : 'not_passed';
		const isOwnImage = file !== undefined || judged?.body.generated_image_url === url;
		return isOwnImage && clientRef === ref && judged?.clientRef === ref && verdict === expected;
	};
	return rows.filter((row, index) => !isRight(row, index)).map(({ ref }) => ref);
}

export function expectBilledOnce({ emulator }: Session, count: number): void {
	const once = { submitted: count, billed: count, billedTwice: [] };
	expect(emulator.ledger()).toMatchObject(once);
}

/** Starts n8n again and presses Retry for each of the executions that it did not survive. */
export async function retryCrashed(
	session: Session,
	what: string,
	executions: ToRetry[],
): Promise<void> {
	const accepted = session.emulator.evaluations.length;
	hurry(session);
	await session.n8n.start();
	let verdicts = 0;
	for (const { id, loadWorkflow, rows } of executions) {
		await waitForExecution(session.client, id, ['crashed']);
		const again = await retryExecution(session.client, id, loadWorkflow);
		expect(wrong(session, again, rows)).toEqual([]);
		verdicts += outputOf(again, 'Judge').length;
	}
	tell(session, what, accepted, verdicts);
	expectBilledOnce(session, executions.flatMap(({ rows }) => rows).length);
}

/** Writes what was accepted before a retry, and what there was after it. */
export function tell(
	{ emulator }: Session,
	what: string,
	accepted: number,
	verdicts: number,
): void {
	const { submitted, billed, billedTwice } = emulator.ledger();
	report(
		`${what}: ${accepted} accepted before, ${submitted} in all, ${billed} billed, ${billedTwice.length} twice, ${verdicts} verdicts`,
	);
}
