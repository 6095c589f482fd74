import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { startEmulator } from '../emulator';
import type { Emulator } from '../emulator';
import type { NodeRun } from '../engine';
import { AGAIN_LATER, BILLED_TWICE, GET } from './errorCases';
import { operate, rows, seenError, submitted, UNKNOWN_ID, withIds } from './evaluate';

/** These wait in real time, as long as a user would: so all of them wait at once. */
interface Story {
	parameters: INodeParameters;
	/** Arranges what goes wrong; the items to start with. */
	prepare: (emulator: Emulator) => INodeExecutionData[] | Promise<INodeExecutionData[]>;
}

const STORIES: Record<string, Story> = {
	lostConnection: {
		parameters: { operation: 'submit' },
		prepare: (emulator) => {
			emulator.failNext('dropBefore', { count: 5 });
			return rows(1);
		},
	},
	truncatedJson: {
		parameters: { operation: 'submit' },
		prepare: (emulator) => {
			emulator.failNext('truncatedJson', { count: 5 });
			return rows(1);
		},
	},
	webPage: {
		parameters: GET,
		prepare: ({ options }) => {
			options.forcedAnswers = [{ pathPrefix: '/v1/', status: 200, body: '<html>Log in</html>' }];
			return rows(1);
		},
	},
	goneWhileWaiting: {
		parameters: { operation: 'wait', evaluationId: '={{ $json.id }}' },
		prepare: async (emulator) => withIds([...(await submitted(emulator, 'row-0')), UNKNOWN_ID]),
	},
};

const emulators: Emulator[] = [];
const runs = new Map<string, { run: NodeRun; emulator: Emulator }>();

beforeAll(async () => {
	const tell = async ([name, { parameters, prepare }]: [string, Story]) => {
		const emulator = await startEmulator({ latency: 'manual' });
		emulators.push(emulator);
		const items = await prepare(emulator);
		runs.set(name, { run: await operate(emulator, parameters, items), emulator });
	};
	await Promise.all(Object.entries(STORIES).map(tell));
}, 60_000);

afterAll(async () => {
	await Promise.all(emulators.map(async (emulator) => await emulator.close()));
});

function told(name: keyof typeof STORIES) {
	const story = runs.get(name);
	if (story === undefined) throw new Error('Not told');
	return { ...story, seen: seenError(story.run) };
}

it('a connection that is lost again and again', () => {
	const { seen, emulator } = told('lostConnection');
	expect(seen).toEqual({
		message: 'Runflow could not be reached',
		description: `The connection failed (ECONNRESET). Check the Base URL of the Runflow API credential and the network of your n8n. ${AGAIN_LATER}. ${BILLED_TWICE}`,
		item: 0,
	});
	expect(new Set(emulator.requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
	expect(emulator.requests).toHaveLength(5);
});

it('answers that are cut off: the evaluation exists once', () => {
	const { seen, emulator } = told('truncatedJson');
	expect(seen).toEqual({
		message: 'The answer of Runflow could not be read',
		description: `It was cut off or is not what the API promises. ${AGAIN_LATER}. ${BILLED_TWICE}`,
		item: 0,
	});
	expect(emulator.requests).toHaveLength(5);
	expect(emulator.ledger().submitted).toBe(1);
});

it('a web page in place of the API', () => {
	expect(told('webPage').seen).toEqual({
		message: 'A web page answered instead of the Runflow API',
		description: `Check the Base URL of the Runflow API credential, and any proxy or firewall between n8n and Runflow. ${AGAIN_LATER}`,
		item: 0,
	});
});

it('an id that is not there, after ten seconds of grace', () => {
	const { seen, run, emulator } = told('goneWhileWaiting');
	expect(seen).toEqual({
		message: 'Evaluation not found',
		description: `The organization of this API key has none with the ID '${UNKNOWN_ID}'. Check the ID, and that the key belongs to the right organization. Runflow says: Evaluation not found.`,
		item: 1,
	});
	expect(run.status).toBe('error');
	const looks = emulator.requests.filter(({ path }) => path.endsWith(UNKNOWN_ID));
	expect((looks.at(-1)?.at ?? 0) - (looks[0]?.at ?? 0)).toBeGreaterThan(9_900);
});
