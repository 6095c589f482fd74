import type { Evaluation } from '../../nodes/Runflow/api/types';
import type { Submission } from '../../nodes/Runflow/parameters/submission';
import { kinds, plan, run, shape } from './evaluation';
import type { Setting } from './evaluation';

const NOW = 1_700_000_000_000;
const OLD: Partial<Evaluation> = { submitted_at: new Date(0).toISOString() };
const ANYONE: Partial<Submission> = { evaluateAgain: 'onChange' };
const RUNNING = { id: 'e', status_code: 'running' };

const answerWith = (fields: Partial<Evaluation>) => () =>
	({ ok: true, value: { ...RUNNING, ...fields } }) as const;

it.each<[string, Setting, boolean]>([
	[
		'what anyone may ask for was there',
		{ plans: [plan(0, ANYONE)], answer: answerWith(OLD), found: OLD },
		true,
	],
	[
		'what this execution asks for itself was not',
		{ plans: [plan(0)], answer: answerWith(OLD), found: OLD },
		false,
	],
	['only the first look says so', { plans: [plan(0, ANYONE)], found: [OLD, {}] }, true],
	[
		'only the last look says so',
		{ plans: [plan(0, ANYONE)], found: [RUNNING, RUNNING, OLD] },
		true,
	],
	[
		'what a builder names was billed by somebody else',
		{ plans: [{ evaluationId: 'e', shape: shape() }], found: OLD },
		false,
	],
])('%s', async (_, setting, isThere) => {
	const all = { answer: answerWith({}), desk: { today: () => NOW }, ...setting };
	const { wasThere, outcomes } = await run(all);
	expect(kinds(outcomes)).toEqual(['done']);
	expect(wasThere).toEqual([isThere]);
});

it('of what is not finished nobody says so', async () => {
	const found = { ...OLD, status_code: 'running' };
	const setting = { plans: [plan(0, ANYONE)], answer: answerWith({}), found, timeoutSeconds: 5 };
	const { wasThere } = await run({ ...setting, desk: { today: () => NOW } });
	expect(wasThere).toEqual([false]);
});
