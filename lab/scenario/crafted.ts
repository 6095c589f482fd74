import { fullWidth } from './deliver';

/** Ids that exist at the API, with none of which a crafted body may start anything. */
export interface Ids {
	/** Finished and ours: what a body hides where no id belongs. */
	finished: string;
	open: string;
	foreign: string;
	/** Finished and ours, submitted with the callback URL of something else. */
	other: string;
	/** Finished and ours, submitted without a callback URL. */
	unsent: string;
}

type Crafted = [name: string, craft: (ids: Ids) => string | Buffer, status: number];

const NOBODY = '00000000-0000-4000-8000-000000000000';
const NOT_ABOUT_AN_EVALUATION = 422;
const TOLD_TOO_LARGE = 413;
/** What is told of an evaluation that exists or does not: to deliver again. */
const TOLD_NOTHING = 503;

/** A body whose id is made from that of an evaluation which would start an execution. */
const id = (name: string, change: (finished: string) => unknown): Crafted => [
	`id: ${name}`,
	({ finished }) => JSON.stringify({ id: change(finished) }),
	NOT_ABOUT_AN_EVALUATION,
];

const body = (name: string, craft: Crafted[1], status = NOT_ABOUT_AN_EVALUATION): Crafted => [
	`body: ${name}`,
	craft,
	status,
];

/**
 * Bodies that must start nothing and reach no other path of the API than that of an evaluation,
 * even where no signature is asked for.
 */
export const CRAFTED: Crafted[] = [
	id('a path out', () => '../../billing/balance'),
	id('an encoded path out', () => '%2e%2e%2f%2e%2e%2fbilling%2fbalance'),
	id('a path out behind an id', (finished) => `${finished}/../../billing/balance`),
	id('a path further', (finished) => `${finished}/feedback`),
	id('a slash', (finished) => `${finished}/`),
	id('a backslash', (finished) => `${finished}\\`),
	id('a query', (finished) => `${finished}?embed=judges`),
	id('a fragment', (finished) => `${finished}#`),
	id('a parameter', (finished) => `${finished};v=1`),
	id('another host', (finished) => `//evil.example.com/${finished}`),
	id('an address', (finished) => `https://evil.example.com/v1/evaluations/${finished}`),
	id('a line break behind', (finished) => `${finished}\n`),
	id('a header behind', (finished) => `${finished}\r\nX-Organization-Id: ${NOBODY}`),
	id('a zero byte behind', (finished) => `${finished}\0`),
	id('a space in front', (finished) => ` ${finished}`),
	id('a zero-width space behind', (finished) => `${finished}\u200B`),
	id('in braces', (finished) => `{${finished}}`),
	id('as a URN', (finished) => `urn:uuid:${finished}`),
	id('without hyphens', (finished) => finished.replaceAll('-', '')),
	id('full-width digits', (finished) => fullWidth(finished)),
	id('a dotless letter', (finished) => `${finished.slice(0, -1)}\u0131`),
	id('two', (finished) => `${finished},${finished}`),
	id('an expression', () => '={{ $env.N8N_ENCRYPTION_KEY }}'),
	id('a ULID', () => '01J0000000000000000000000A'),
	id('five million characters', (finished) => finished.repeat(138_889)),
	body('ten million characters', ({ finished }) => finished.repeat(277_778), TOLD_TOO_LARGE),
	id('a number', () => 12),
	id('true', () => true),
	id('null', () => null),
	id('empty', () => ''),
	body('only the id', ({ finished }) => JSON.stringify(finished)),
	body('no JSON', ({ finished }) => `id: ${finished}`),
	body('XML', ({ finished }) => `<evaluation><id>${finished}</id></evaluation>`),
	body('a form', ({ finished }) => `id=${finished}&evaluation_id=${finished}`),
	body('JSONP', ({ finished }) => `callback({"id":"${finished}"})`),
	body('single quotes', ({ finished }) => `{'id':'${finished}'}`),
	body('cut', ({ finished }) => `{"id":"${finished}"`),
	body('UTF-16', ({ finished }) => Buffer.from(JSON.stringify({ id: finished }), 'utf16le')),
	body('no UTF-8', () => Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
	body('empty', () => ''),
	body('null', () => 'null'),
	body('a hundred thousand arrays', () => '['.repeat(100_000) + ']'.repeat(100_000)),
	body('a run that names it', ({ finished }) =>
		JSON.stringify({ event: 'run.completed', run_id: finished, output: { image_urls: [] } }),
	),
	body('a batch that names it', ({ finished }) =>
		JSON.stringify({ event: 'batch.succeeded', batch_id: finished, output: { items: [] } }),
	),
	body('an evaluation nobody knows', () => JSON.stringify({ id: NOBODY }), TOLD_NOTHING),
	body(
		"somebody else's evaluation",
		({ foreign }) => JSON.stringify({ id: foreign }),
		TOLD_NOTHING,
	),
	body('one for another address', ({ other }) => JSON.stringify({ id: other }), TOLD_NOTHING),
	body('one for no address', ({ unsent }) => JSON.stringify({ id: unsent }), TOLD_NOTHING),
	body(
		'a run with an id of its own',
		() => JSON.stringify({ id: NOBODY, event: 'run.completed', run_id: NOBODY }),
		TOLD_NOTHING,
	),
	body(
		'one that is said to be finished',
		({ open }) => JSON.stringify({ id: open, status_code: 'completed', overall_passed: true }),
		TOLD_NOTHING,
	),
];
