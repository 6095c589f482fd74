/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import path from 'node:path';

import { historyOf, play } from '../../lab/histories';
import type { Course, Example } from '../../lab/histories';
import { expectRecorded } from '../../lab/simulation/record';

/** Of an API that forgets its keys nobody hears of an evaluation whose answer was lost. */
const FORGETFUL = ['ignoring', 'in-flight only'];

/** n8n died before the answer came, and the callback URL is another one then. */
const UNHEARD = '| callback | crash + Retry';

const APIS: Record<string, Example[0]> = {
	documented: { keys: 'compare' },
	replaying: { keys: 'replay' },
	ignoring: { keys: 'ignore' },
	'in-flight only': { keys: 'inFlightOnly' },
	'naming 409': { keys: 'compare', namesEvaluation: true },
};

const ROWS = [[0, 1]];
interface Misfortune {
	behavior?: Example[0];
	settings?: Example[1];
	executions: Example[2];
}

const EVENTS: Record<string, Misfortune> = {
	'lost answer + Retry On Fail': {
		behavior: { submits: ['lostAfter', 'lostAfter'] },
		executions: [{ rounds: ROWS, tries: 2 }],
	},
	'Stop + list Retry': {
		behavior: { submits: ['lostAfter'] },
		executions: [
			{ rounds: ROWS, cut: { kind: 'stop', atMs: 1_100 } },
			{ isRetry: true, rounds: ROWS },
		],
	},
	'crash + Retry': {
		behavior: { submits: ['slow'] },
		executions: [
			{ rounds: ROWS, cut: { kind: 'crash', atMs: 1_100 } },
			{ isRetry: true, rounds: ROWS },
		],
	},
	'second execution, onChange': {
		settings: { asks: 'onChange' },
		executions: [{ rounds: ROWS }, { rounds: ROWS }],
	},
	'two executions at once, onChange': {
		settings: { asks: 'onChange' },
		executions: [{ rounds: ROWS }, { rounds: ROWS, isAtOnce: true }],
	},
	'two calls at once': { settings: { isTool: true }, executions: [{ rounds: [[0, 1]] }] },
};

interface Line {
	api: string;
	text: string;
	billed: number;
	untold: number;
}

async function lines(): Promise<Line[]> {
	const all: Line[] = [];
	for (const [api, keys] of Object.entries(APIS)) {
		for (const image of ['address', 'file'] as const) {
			for (const mode of ['poll', 'callback'] as const) {
				for (const [event, given] of Object.entries(EVENTS)) {
					const {
						behavior = {},
						settings = {},
						executions,
					} = { behavior: {}, settings: {}, ...given };
					const history = historyOf(
						{ ...keys, ...behavior },
						{ image, mode, ...settings },
						executions,
					);
					const { runflow, batches } = await play(history);
					const billed = runflow.made.length;
					const verdicts = verdictsOf(batches);
					const untold = runflow.made.filter(({ toldTo }) => toldTo.size === 0).length;
					const figures = `${billed} billed, ${verdicts} verdicts, ${billed - untold} told`;
					all.push({
						api,
						text: `${api} | ${image} | ${mode} | ${event}: ${figures}`,
						billed,
						untold,
					});
				}
			}
		}
	}
	return all;
}

/** Evaluations whose verdicts came out. */
function verdictsOf(batches: Course['batches']): number {
	const endings = batches.flatMap((batch) => [...(batch.endings?.values() ?? [])]);
	const ids = endings.flatMap((each) => (each.kind === 'done' ? [each.evaluation.id] : []));
	return new Set(ids).size;
}

it('two images cost two evaluations under the documented API, and every ID is told where keys are kept', async () => {
	const all = await lines();
	const kept = all.filter(({ api, text }) => !FORGETFUL.includes(api) && !text.includes(UNHEARD));
	expect(kept.filter(({ untold }) => untold > 0)).toEqual([]);
	expect(all.filter(({ api, billed }) => api === 'documented' && billed !== 2)).toEqual([]);
	const text = all.map(({ text: line }) => line);
	expectRecorded(path.join(__dirname, 'costTable.txt'), text);
});
