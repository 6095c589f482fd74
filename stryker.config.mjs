import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Changes the pure rooms in every small way and counts what the fast suites notice. One room alone:
 * `npm run test:mutation -- --mutate "nodes/Runflow/verdict/*.ts"`.
 */
const ROOMS = ['verdict', 'waiting', 'callback', 'api', 'messages'];

export default {
	testRunner: 'jest',
	jest: { configFile: 'jest.mutation.config.js' },
	plugins: ['@stryker-mutator/jest-runner'],
	mutate: ROOMS.map((room) => `nodes/Runflow/${room}/**/*.ts`),
	ignorePatterns: [
		'/*',
		'!/nodes',
		'!/credentials',
		'!/test',
		'!/lab',
		'!/jest*.js',
		'!/tsconfig.json',
	],
	coverageAnalysis: 'perTest',
	concurrency: 2,
	timeoutMS: 10_000,
	disableTypeChecks: false,
	reporters: ['clear-text', 'progress', 'json'],
	clearTextReporter: { allowColor: false, reportTests: false },
	jsonReporter: { fileName: 'coverage/mutation.json' },
	tempDirName: join(tmpdir(), 'runflow-mutation'),
	thresholds: { high: 95, low: 90, break: 90 },
};
