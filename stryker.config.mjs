import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOMS = ['verdict', 'waiting', 'callback', 'api', 'messages'];
const DOORS = ['nodes/Runflow/callback/receiver.ts', 'nodes/Runflow/callback/body.ts'];

/**
 * Changes the pure rooms in every small way and counts what their fast suites notice. One room
 * alone: `npm run test:mutation -- --mutate "nodes/Runflow/verdict/*.ts"`.
 */
export default {
	testRunner: 'suites',
	plugins: ['./lab/jest/mutationRunner.mjs'],
	suites: ROOMS,
	// Doors are tested on n8n's engine, not by these suites.
	mutate: [
		...ROOMS.map((room) => `nodes/Runflow/${room}/**/*.ts`),
		...DOORS.map((door) => `!${door}`),
	],
	ignorePatterns: ['/*', '!/nodes', '!/test', '!/lab', '!/package.json'],
	coverageAnalysis: 'perTest',
	concurrency: 2,
	timeoutMS: 10_000,
	disableTypeChecks: false,
	warnings: { unknownOptions: false },
	reporters: ['clear-text', 'progress-append-only', 'json'],
	clearTextReporter: { allowColor: false, reportTests: false },
	jsonReporter: { fileName: 'coverage/mutation.json' },
	tempDirName: join(tmpdir(), 'runflow-mutation'),
	thresholds: { high: 95, low: 90, break: 90 },
};
