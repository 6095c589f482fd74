import { createCredential } from '../../lab/n8n/credentials';
import {
	outputOf,
	retryExecution,
	stopExecution,
	waitForExecution,
} from '../../lab/n8n/executions';
import {
	calm,
	expectBilledOnce,
	hurry,
	publishJudge,
	RETRY_OPTIONS,
	start,
	tell,
	unlogged,
	untilAccepted,
	wrong,
} from '../../lab/n8n/retryRuns';
import { startSession, type Session } from '../../lab/n8n/session';
import { makeRows } from '../../lab/n8n/webhookRuns';

const COUNT = 10;
const ONE_KEY = { env: { N8N_ENCRYPTION_KEY: 'the same in staging and production' } };

let session: Session;

beforeAll(async () => {
	session = await startSession(ONE_KEY);
});

afterAll(async () => {
	await session?.end();
});

let seed = 1;

beforeEach(() => {
	seed += 1;
	calm(session, seed);
	session.emulator.reset();
});

it('two n8n with one encryption key: execution 1 of each has the verdicts on its own images', async () => {
	const { options, evaluations } = session.emulator;
	options.idempotencyConflictStatus = 'replay';
	options.outcome = ({ generated_image_url: url }) => ({ overall_passed: url.includes('good') });
	const twin = await startSession(ONE_KEY);
	try {
		const production = { ...session, n8n: twin.n8n, client: twin.client };
		production.credential = await createCredential(
			twin.client,
			'runflowApi',
			session.credentialData,
			'Runflow',
		);
		const places = [
			{ owner: session, image: 'staging-good' },
			{ owner: production, image: 'production-bad' },
		];
		const ended = [];
		for (const { owner, image } of places) {
			const rows = [image, 'same-good'].map((name, index) => ({
				ref: `row-${index}`,
				url: `https://images.example/${name}.png`,
			}));
			const first = await start(owner, await publishJudge(owner, 'twin'), rows);
			const execution = await waitForExecution(owner.client, first, ['success']);
			ended.push(
				first,
				outputOf(execution, 'Judge').map(({ verdict }) => verdict),
			);
			expect(wrong(session, execution, rows)).toEqual([]);
		}
		expect(ended).toEqual(['1', ['passed', 'passed'], '1', ['not_passed', 'passed']]);
		expect(new Set(evaluations.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(4);
		tell(session, 'two n8n, one encryption key', 0, 4);
	} finally {
		await twin.end();
	}
});

it.each(RETRY_OPTIONS)(
	'the balance ends at row 8 of 10; Retry with $option submits the other three',
	async ({ name, loadWorkflow }) => {
		const { options, evaluations } = session.emulator;
		options.balance = '4.000000';
		options.outcome = () => {
			// Asked before the evaluation counts: from the eighth on nothing is left.
			if (evaluations.length === 6) options.balance = '0.100000';
			return undefined;
		};
		const rows = makeRows(`balance-${name}`, COUNT);
		const id = await start(session, await publishJudge(session, `balance-${name}`), rows);
		const failed = await waitForExecution(session.client, id, ['error']);
		expect(failed.error?.httpCode).toBe('402');
		const accepted = evaluations.length;
		expect(accepted).toBe(7);
		for (const record of evaluations) expect(failed.error?.description).toContain(record.id);
		expect(unlogged(session, evaluations)).toEqual([]);

		hurry(session);
		const again = await retryExecution(session.client, id, loadWorkflow);
		expect(wrong(session, again, rows)).toEqual([]);
		expectBilledOnce(session, COUNT);
		tell(session, `balance, Retry with ${name}`, accepted, outputOf(again, 'Judge').length);
	},
);

it('Only When Something Changed: an execution that overlaps and one afterwards bill nothing again', async () => {
	const { evaluations, configure } = session.emulator;
	configure({ latency: 'manual', inFlightCap: 4 });
	const rows = makeRows('audit', COUNT);
	const audit = await publishJudge(session, 'audit', { evaluateAgain: 'onChange' });
	const stopped = await start(session, audit, rows);
	await untilAccepted(session, 4);
	const overlapping = [await start(session, audit, rows), await start(session, audit, rows)];
	await stopExecution(session.client, stopped);
	const accepted = evaluations.length;
	hurry(session);
	const ids = [...overlapping, await start(session, audit, rows)];
	for (const id of ids) {
		const execution = await waitForExecution(session.client, id, ['success']);
		expect(wrong(session, execution, rows)).toEqual([]);
	}
	expectBilledOnce(session, COUNT);
	tell(session, 'one stopped, two overlapping and one afterwards', accepted, ids.length * COUNT);
});
