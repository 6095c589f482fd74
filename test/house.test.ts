/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '..');
const HOUSE = 'nodes/Runflow/';

/** An import goes to its own room or to a lower floor. */
const FLOORS = [
	['Runflow.node', 'RunflowTrigger.node'],
	['operations', 'trigger'],
	['items'],
	['desk'],
	['billing'],
	['parameters'],
	['messages', 'callback', 'waiting', 'verdict'],
	['connect'],
	['exchange', 'proxy'],
	['api', 'builderHint'],
];
/** Only these rooms and files know n8n's context: what opens to n8n, and what reads its parameters. */
const DOORS = [
	'Runflow.node',
	'RunflowTrigger.node',
	'operations',
	'trigger',
	'desk',
	'parameters',
];
const CONTEXT =
	/\bI(Execute|Webhook|Hook|LoadOptions|AllExecute|Single|Trigger|Poll)\w*Functions\b/;
const MOST_LINES = 250;

/** The doors below them: what connects to the API and what receives callbacks. */
const LOWER_DOORS = ['connect.ts', 'callback/receiver.ts'];

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const sources = ['nodes', 'credentials', 'lab', 'test'].flatMap((folder) =>
	readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.map((file) => path.posix.join(folder, file))
		.filter((file) => file.endsWith('.ts')),
);
const house = sources
	.filter((file) => file.startsWith(HOUSE))
	.map((file) => file.slice(HOUSE.length));

const isCode = (folder: string) => /^(nodes|lab)/.test(folder);

const roomOf = (file: string) => file.split('/')[0]?.replace(/\.ts$/, '') ?? '';
const floorOf = (file: string) => FLOORS.findIndex((rooms) => rooms.includes(roomOf(file)));

function importsOf(file: string): string[] {
	const paths = [...read(HOUSE + file).matchAll(/from '(\.[^']+)'/g)];
	return paths.map(([, to = '']) => path.posix.join(path.posix.dirname(file), to));
}

it('has a floor for every room', () => {
	expect(house.filter((file) => floorOf(file) < 0)).toEqual([]);
});

it('imports only downwards', () => {
	const upwards = house.flatMap((file) =>
		importsOf(file)
			.filter((to) => roomOf(to) !== roomOf(file) && floorOf(to) <= floorOf(file))
			.map((to) => `${file} -> ${to}`),
	);
	expect(upwards).toEqual([]);
});

it("knows n8n's context only at its doors", () => {
	const below = house.filter(
		(file) => !DOORS.includes(roomOf(file)) && !LOWER_DOORS.includes(file),
	);
	expect(below.filter((file) => CONTEXT.test(read(HOUSE + file)))).toEqual([]);
});

it(`has no file over ${MOST_LINES} lines and no folder for one file`, () => {
	const long = sources.filter((file) => read(file).split('\n').length - 1 > MOST_LINES);
	expect(long).toEqual([]);
	const folders = sources.map((file) => path.posix.dirname(file)).filter(isCode);
	const alone = folders.filter((folder) => folders.filter((each) => each === folder).length === 1);
	expect(alone).toEqual([]);
});
