import type { IDataObject } from 'n8n-workflow';

import type { Outcome } from '../../../lab/emulator';
import { resumeByTimeout, resumeByWebhook, runWorkflowFile } from '../../../lab/engine';
import type { WorkflowRun } from '../../../lab/engine';
import { dataTable } from '../../../lab/engine/standInDataTable';
import { PASSED } from '../../../lab/scenario/parked';
import { useEmulator } from '../../../lab/scenario/useEmulator';

const FILE = 'examples/batch-without-a-slot.json';
const NOT_PASSED = { overall_passed: false, weighted_pass_rate: 0.3 };

const HOUR_MS = 3_600_000;

const image = (name: string) => `https://images.example.com/${name}.png`;
const toJudge = (id: number): IDataObject => ({
	...{ id, image_url: image(String(id)), task_type: 'headshot', judged_url: null },
});
const JUDGED = { ...toJudge(1), judged_url: image('1'), verdict: 'not_passed' };
const NO_IMAGE = { ...toJudge(2), image_url: null };

const emulator = useEmulator({ latency: 'manual', callbackRetryDelaysMs: [] });
let rows: IDataObject[];

beforeEach(() => {
	rows = [{ ...JUDGED }, { ...NO_IMAGE }, ...[3, 4, 5].map(toJudge)];
});

async function night(): Promise<WorkflowRun> {
	return await runWorkflowFile(FILE, {
		credentials: { runflowApi: { baseUrl: emulator.url, apiKey: 'rf_live_full' } },
		standIns: { 'n8n-nodes-base.dataTable': dataTable(rows) },
	});
}

function settle(outcomes: Record<string, Partial<Outcome>>): void {
	for (const { id, clientRef } of emulator.evaluations) {
		const outcome = outcomes[clientRef ?? ''];
		if (outcome) emulator.settle(id, outcome);
	}
}

function arrived(run: WorkflowRun): Record<string, number> {
	const count = (name: string) =>
		(run.run.data.resultData.runData[name] ?? []).reduce(
			(sum, { data }) => sum + (data?.main?.[0]?.length ?? 0),
			0,
		);
	return { publish: count('Publish'), keepOut: count('Keep Out'), byHand: count('Manual Review') };
}

/** What the example wrote into the rows that it submitted; the others are as they were. */
function written(): IDataObject[] {
	const [judged, noImage, ...submitted] = rows;
	expect([judged, noImage]).toEqual([JUDGED, NO_IMAGE]);
	expect(submitted.map(({ id }) => String(id))).toEqual(
		emulator.evaluations.map(({ clientRef }) => clientRef).sort(),
	);
	return submitted;
}

const idOf = (row: number) =>
	emulator.evaluations.find(({ clientRef }) => clientRef === String(row))?.id;

it('is left alone by another run for two hours, and not for longer', async () => {
	const before = new Date(Date.now() - 3 * HOUR_MS);
	for (const row of rows) row.updatedAt = before;
	await night();
	await night();
	expect(emulator.ledger()).toMatchObject({ submitted: 3 });
	expect(rows.slice(2).map(({ verdict }) => verdict)).toEqual(Array(3).fill('in_progress'));
	for (const row of rows) row.updatedAt = before;
	await night();
	expect(emulator.ledger()).toMatchObject({ submitted: 6 });
});

it('has the verdicts of what is finished when the time is up', async () => {
	const parked = await night();
	settle({ 3: PASSED, 4: NOT_PASSED });
	const run = await resumeByTimeout(parked);
	expect(arrived(run)).toEqual({ publish: 1, keepOut: 1, byHand: 1 });
	expect(written()).toMatchObject([
		{ id: 3, verdict: 'passed', evaluation_id: idOf(3), judged_url: image('3') },
		{ id: 4, verdict: 'not_passed', evaluation_id: idOf(4), judged_url: image('4') },
		{ id: 5, verdict: 'no_verdict', evaluation_id: idOf(5), judged_url: '' },
	]);
	expect(emulator.ledger()).toMatchObject({ submitted: 3, billedTwice: [] });
});

it('needs no second node when the callbacks come', async () => {
	const parked = await night();
	settle({ 3: PASSED, 4: PASSED, 5: PASSED });
	const { run } = await resumeByWebhook(parked, { rawBody: '{}' });
	expect(run && arrived(run)).toEqual({ publish: 3, keepOut: 0, byHand: 0 });
	expect(run?.executed).not.toContain('Get Finished Ones');
	expect(written().map(({ id, verdict, judged_url }) => [id, verdict, judged_url])).toEqual(
		[3, 4, 5].map((id) => [id, 'passed', image(String(id))]),
	);
});

it('what was late is read the next night, and not billed again', async () => {
	const parked = await night();
	settle({ 3: PASSED, 4: NOT_PASSED });
	await resumeByTimeout(parked);
	settle({ 5: PASSED });
	const run = await night();
	expect(arrived(run)).toEqual({ publish: 1, keepOut: 0, byHand: 0 });
	expect(written().map(({ verdict }) => verdict)).toEqual(['passed', 'not_passed', 'passed']);
	expect(emulator.ledger()).toMatchObject({ submitted: 3, billedTwice: [] });
});

it('what Runflow could not judge is submitted again the next night', async () => {
	const parked = await night();
	settle({ 3: PASSED, 4: PASSED, 5: { status_code: 'failed', failure_code: 'processing_failed' } });
	await resumeByWebhook(parked, { rawBody: '{}' });
	expect(rows[4]).toMatchObject({ verdict: 'no_verdict', evaluation_id: '', judged_url: '' });
	await night();
	expect(emulator.ledger().submitted).toBe(4);
});
