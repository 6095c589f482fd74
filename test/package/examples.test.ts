import { listExamples, readExample } from '../../lab/n8n/exampleFiles';
import { isRecord, readArray, readRecords, readString, type JsonRecord } from '../../lab/n8n/read';

const nodesOf = (file: string) => readRecords(readExample(file).nodes, 'nodes');
const nameOf = (node: JsonRecord) => readString(node, 'name');
const parametersOf = ({ parameters }: JsonRecord) => (isRecord(parameters) ? parameters : {});
const heightOf = ({ position }: JsonRecord) => Number(readArray(position, 'position')[1]);

/** What each node leads to by its main outputs, by its name. */
function followersOf(file: string): Map<string, string[]> {
	const { connections } = readExample(file);
	const byName = Object.entries(isRecord(connections) ? connections : {});
	return new Map(
		byName.map(([name, outputs]) => {
			const main = isRecord(outputs) ? readArray(outputs.main ?? [], 'main') : [];
			const targets = main.flatMap((each) => readRecords(each, 'targets'));
			return [name, targets.map((target) => readString(target, 'node'))];
		}),
	);
}

function leadsTo(followers: Map<string, string[]>, from: string): Set<string> {
	const reached = new Set<string>();
	const open = [from];
	for (let name = open.pop(); name !== undefined; name = open.pop()) {
		for (const next of followers.get(name) ?? []) {
			if (!reached.has(next)) open.push(next);
			reached.add(next);
		}
	}
	return reached;
}

/** What must have happened before anything else can go wrong; the lower the earlier. */
function urgency({ type, name }: JsonRecord): number {
	if (/^(Write|Update|Keep (ID|Decision)|Save|Results)/.test(String(name))) return 0;
	if (/^Publish/.test(String(name))) return 1;
	return /slack|splitInBatches/.test(String(type)) ? 3 : 2;
}

describe.each(listExamples())('%s', (file) => {
	const nodes = nodesOf(file);
	const followers = followersOf(file);

	it('says how it works and what to set up, and fixes no webhook', () => {
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(notes.map(nameOf)).toEqual(['How It Works', 'Set Up']);
		expect(nodes.filter(({ webhookId }) => webhookId !== undefined)).toEqual([]);
		const plain = nodes.filter(({ type }) => type !== 'n8n-nodes-base.code');
		expect(JSON.stringify(plain)).not.toMatch(/\?\?|\.join\(|\{\{[^}]* \? |\.first\(\)|row_number/);
	});

	// After a node n8n runs the following ones by their height on the canvas.
	it('writes first, then publishes, then goes on, then tells', () => {
		for (const [name, next] of followers) {
			const byHeight = nodes
				.filter((node) => next.includes(nameOf(node)))
				.sort((a, b) => heightOf(a) - heightOf(b));
			const order = byHeight.map(urgency);
			expect([name, order]).toEqual([name, [...order].sort((a, b) => a - b)]);
		}
	});

	it('loses no other image for one that is not generated, and waits for people in no loop', () => {
		const generators = nodes.filter(({ name }) => /^(Generate|Send to Queue)/.test(String(name)));
		expect(generators.filter(({ onError }) => onError !== 'continueErrorOutput')).toEqual([]);
		const asking = nodes.filter((node) => parametersOf(node).operation === 'sendAndWait');
		for (const node of asking) {
			expect(leadsTo(followers, nameOf(node)).has(nameOf(node))).toBe(false);
			expect(JSON.stringify(parametersOf(node))).toContain('limitWaitTime');
		}
	});
});
