import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOMS = [
	'verdict',
	'waiting',
	'billing',
	'callback',
	'trigger',
	'operations/parking',
	'api',
	'messages',
];
/** They join n8n to the rules and are tested on its engine; or text of a page that is looked at. */
const LEFT_OUT = [
	'nodes/Runflow/callback/receiver.ts',
	'nodes/Runflow/callback/body.ts',
	'nodes/Runflow/trigger/{activate,fields,receive,settings}.ts',
	'nodes/Runflow/operations/parking/{callbackUrl,links,park,recall,resume,space,strangers}.ts',
	'nodes/Runflow/billing/{accounts,breather,fileDigest}.ts',
	'nodes/Runflow/verdict/page/style.ts',
	'nodes/Runflow/verdict/page/script.ts',
];

/**
 * Changes the pure rooms in every small way and counts what their fast suites notice. One room
 * alone: `npm run test:mutation -- --mutate "nodes/Runflow/verdict/*.ts"`.
 */
export default {
	testRunner: 'suites',
	plugins: ['./lab/jest/mutationRunner.mjs'],
	suites: ROOMS,
	mutate: [
		...ROOMS.map((room) => `nodes/Runflow/${room}/**/*.ts`),
		...LEFT_OUT.map((file) => `!${file}`),
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
