import type { HttpAnswer } from '../../nodes/Runflow/api/http';
import { RunflowClient } from '../../nodes/Runflow/api/client';
import { checkLimit } from '../../nodes/Runflow/billing/limit';
import { makeRows } from '../../nodes/Runflow/billing/rows';
import { Store } from '../../nodes/Runflow/billing/store';
import type { Desk } from '../../nodes/Runflow/billing/types';
import { VirtualTime } from '../../lab/simulation/virtualTime';

const SUBMISSION = {
	image: 'https://images.example.com/a.png',
	references: [],
	facts: { task_type: 'headshot' },
	userKey: undefined,
	evaluateAgain: 'always',
} as const;

const NO_ANSWER = new Promise<HttpAnswer>(() => {});
const BUSY = { status: 503, headers: {}, body: { code: 'UNAVAILABLE', message: 'Later.' } };

it.each([
	['that never comes', async () => await NO_ANSWER],
	['that is refused again and again', async () => BUSY],
])('a price list %s holds nobody longer than the timeout, and nothing is sent', async (_, send) => {
	const time = new VirtualTime();
	const desk: Desk = {
		executionId: '1',
		workflowName: 'Gate',
		nodeName: 'Runflow',
		runIndex: 0,
		isRetry: false,
		isTool: false,
		toolTries: 1,
		continues: false,
		store: {},
		account: { durationsMs: [] },
		log: { info: () => {}, warn: () => {} },
		today: () => time.now(),
	};
	const store = new Store(desk);
	const { rows } = await makeRows(desk, store, new Map([[0, { ...SUBMISSION, references: [] }]]));
	const api = new RunflowClient({ send, isStopped: () => false }, 'https://api.runflow.io', 'key');
	const goal = {
		until: 'finished',
		rule: { timeoutSeconds: 5, onTimeout: 'error' },
		maximumCost: 1,
	} as const;
	const limit = await time.during(checkLimit({ desk, api, clock: time, store }, rows, goal));
	expect(limit).toEqual({ ending: { kind: 'refused', refusal: { kind: 'unknownPrice' } } });
	expect(time.elapsed()).toBeLessThanOrEqual(5_100);
});
