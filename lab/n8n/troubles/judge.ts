import { createHash } from 'node:crypto';
import type { EvaluationRecord } from '../../emulator';
import type { ExampleSession } from '../exampleSession';
import type { Execution, NodeRun, StoredItem } from '../executions';
import { isRecord, readString, type JsonRecord } from '../read';
import { areTwins, subjectOf, type Subject } from './subjects';

/** What a person approved, by the text of the question. */
export type Approvals = Set<string>;

export interface Trace {
	subjects: Subject[];
	executions: Execution[];
	/** The rows of the table that the example writes, if it has one. */
	rows: JsonRecord[];
	/** What the example said in a chat, for each subject. */
	answers: Map<Subject, string>;
	approvals: Approvals;
}

export interface Findings {
	published: number;
	reported: number;
	/** What should never be; empty when all is well. */
	faults: string[];
}

const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const text = (value: unknown) => (typeof value === 'string' ? value : '');

/**
 * Judges what an example did, whatever it is made of: what it published was judged as passed, or
 * approved by a person, is the very image that was judged, and of its own prompt; what it did not
 * publish it reported by name.
 */
export async function judgeTrace(session: ExampleSession, trace: Trace): Promise<Findings> {
	const faults: string[] = [];
	const published = new Set<Subject>();
	const items = publishedItems(trace.executions);
	const things = items.map(thingOf).filter((thing) => thing !== '');
	if (new Set(things).size < things.length) faults.push('an image was published twice');
	for (const item of items) {
		const subject = await publishedSubject(session, trace, item, faults);
		if (subject !== undefined) published.add(subject);
	}
	for (const row of trace.rows.filter(({ verdict }) => verdict === 'passed')) {
		const subject = passedRow(session, trace.subjects, row, faults);
		if (subject !== undefined) published.add(subject);
	}
	for (const [subject, answer] of trace.answers) {
		if (!/^Yes/.test(answer)) continue;
		const passed = session.emulator.evaluations.some(
			(record) => subjectOf([subject], record.body) && hasPassed(record),
		);
		if (!passed) faults.push(`the chat says yes to ${subject.name}, which did not pass`);
		published.add(subject);
	}
	const isReported = reporter(session, trace);
	const others = trace.subjects.filter(
		(subject) => ![...published].some((each) => areTwins(each, subject)),
	);
	for (const subject of others.filter((each) => !isReported(each))) {
		faults.push(`${subject.name} was neither published nor reported`);
	}
	return { published: published.size, reported: others.filter(isReported).length, faults };
}

const hasPassed = ({ terminal, outcome }: EvaluationRecord) =>
	terminal && outcome?.status_code === 'completed' && outcome.overall_passed === true;

function publishedItems(executions: Execution[]): StoredItem[] {
	return executions.flatMap((execution) =>
		Object.entries(execution.runs)
			.filter(([name]) => name.startsWith('Publish'))
			.flatMap(([, list]) => list.filter((run) => !isInherited(execution, run)))
			.flatMap(({ outputs }) => outputs.flat()),
	);
}

/** A Retry keeps what its execution did before, and does it no second time. */
const isInherited = ({ mode, startedAt }: Execution, { startedAtMs }: NodeRun) =>
	mode === 'retry' && startedAtMs < Date.parse(startedAt ?? '');

const evaluationOf = ({ id, evaluation_id }: JsonRecord) => text(evaluation_id) || text(id);

/** What was published: a row, or the image of an evaluation; empty for an image that has none. */
function thingOf({ json }: StoredItem): string {
	if (!isRecord(json) || evaluationOf(json) === '') return '';
	return JSON.stringify([json.id, json.client_ref]);
}

/** Who a published item is of; says what is wrong with publishing it. */
async function publishedSubject(
	session: ExampleSession,
	{ subjects, approvals }: Trace,
	{ json, binary }: StoredItem,
	faults: string[],
): Promise<Subject | undefined> {
	const item = isRecord(json) ? json : {};
	const record = session.emulator.evaluation(evaluationOf(item));
	const approved = [...approvals].find((question) =>
		subjects.some(({ name }) => question.includes(name)),
	);
	if (record === undefined) {
		const subject = approved === undefined ? undefined : approvedSubject(subjects, approvals, item);
		if (subject === undefined) faults.push(`published without a verdict: ${JSON.stringify(item)}`);
		return subject;
	}
	const subject = subjectOf(subjects, record.body);
	if (subject === undefined) {
		faults.push(`published for nobody: ${JSON.stringify(record.body)}`);
		return undefined;
	}
	const isApproved = [...approvals].some((question) => question.includes(subject.name));
	if (!hasPassed(record) && !isApproved)
		faults.push(`${subject.name} was published but not passed`);
	const prompt = await promptOf(session, record, binary);
	if (prompt === undefined) faults.push(`${subject.name}: another image was published than judged`);
	else if (![subject.prompt, subject.url].some((own) => prompt.startsWith(own)))
		faults.push(`${subject.name} was judged for: ${prompt}`);
	return subject;
}

function approvedSubject(
	subjects: Subject[],
	approvals: Approvals,
	item: JsonRecord,
): Subject | undefined {
	return subjects.find(
		({ name }) =>
			JSON.stringify(item).includes(name) && [...approvals].some((each) => each.includes(name)),
	);
}

/** The prompt of which the published image was made, if it is the very one that was judged. */
async function promptOf(
	{ client, emulator, credentialData, standIns }: ExampleSession,
	{ body }: EvaluationRecord,
	binary: unknown,
): Promise<string | undefined> {
	const url = body.generated_image_url;
	const asset = /^runflow:\/\/assets\/(.+)$/.exec(url)?.[1];
	if (asset === undefined) return standIns.fal.prompts.get(url) ?? url;
	const headers = { authorization: `Bearer ${credentialData.apiKey}` };
	const described: unknown = await (
		await fetch(`${emulator.url}/v1/assets/${asset}`, { headers })
	).json();
	const judged = await download(readString(isRecord(described) ? described : {}, 'url'));
	const file = isRecord(binary) ? Object.values(binary).find(isRecord) : undefined;
	if (file === undefined) return undefined;
	const published =
		typeof file.id === 'string'
			? await client.download(`/rest/binary-data?id=${encodeURIComponent(file.id)}&action=view`)
			: Buffer.from(text(file.data), 'base64');
	if (sha(published) !== sha(judged)) return undefined;
	return standIns.openAi.images.find(({ bytes }) => bytes.equals(judged))?.prompt;
}

async function download(url: string): Promise<Buffer> {
	return Buffer.from(await (await fetch(url)).arrayBuffer());
}

function passedRow(
	{ emulator }: ExampleSession,
	subjects: Subject[],
	row: JsonRecord,
	faults: string[],
): Subject | undefined {
	const cells = JSON.stringify(row);
	const subject = subjects.find(({ url, prompt }) => cells.includes(url) || cells.includes(prompt));
	const records = emulator.evaluations.filter(({ body }) => subjectOf(subjects, body) === subject);
	const named =
		text(row.evaluation_id) === '' ? records : records.filter(({ id }) => id === row.evaluation_id);
	const ofRow = named.filter(({ body }) => isOfRow(row, body.generated_image_url));
	if (!ofRow.some(hasPassed)) faults.push(`a row says passed, Runflow does not: ${cells}`);
	return subject;
}

/** A row that names an image has the verdict of that very image. */
const isOfRow = ({ image_url }: JsonRecord, judged: string) =>
	text(image_url) === '' || image_url === judged;

/**
 * A subject is reported when its name, prompt or address stands in a message, a row or a chat, or
 * when the run ended with an error before anything was sent.
 */
function reporter(
	{ emulator, standIns }: ExampleSession,
	trace: Trace,
): (subject: Subject) => boolean {
	const { messages, refused } = standIns.slack;
	const said = [
		...messages.map((message) => `${message.text}\n${message.file?.content ?? ''}`),
		...refused,
		...trace.rows
			.filter(({ verdict, reason, evaluation_id }) =>
				[verdict, reason, evaluation_id].some((cell) => text(cell) !== ''),
			)
			.map((row) => JSON.stringify(row)),
	];
	const isStopped =
		emulator.evaluations.length === 0 && trace.executions.some(({ error }) => error !== undefined);
	return (subject) =>
		isStopped ||
		trace.answers.has(subject) ||
		said.some((each) =>
			[subject.name, subject.prompt, subject.url].some((own) => each.includes(own)),
		);
}
