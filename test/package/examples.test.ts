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

const isTable = ({ type }: JsonRecord) => type === 'n8n-nodes-base.dataTable';
const isJudging = (node: JsonRecord) =>
	/^n8n-nodes-runflow\.runflow(Tool)?$/.test(String(node.type)) &&
	['submit', 'submitAndWait'].includes(String(parametersOf(node).operation));

const isTelling = (node: JsonRecord) =>
	node.type === 'n8n-nodes-base.slack' && parametersOf(node).operation !== 'sendAndWait';
const endsInRed = ({ type }: JsonRecord) => type === 'n8n-nodes-base.stopAndError';

/** n8n runs a Merge that lacks an input when nothing else is left. */
const isMerge = (nodes: JsonRecord[], name: string) =>
	nodes.some((node) => nameOf(node) === name && node.type === 'n8n-nodes-base.merge');

/** How many outputs of a node something follows. */
function outputsOf(file: string, node: JsonRecord): number {
	const { connections } = readExample(file);
	const own = isRecord(connections) ? connections[nameOf(node)] : undefined;
	const main = isRecord(own) ? readArray(own.main ?? [], 'main') : [];
	return main.filter((each) => readRecords(each ?? [], 'targets').length > 0).length;
}

/** How many outputs of a node can have items; what is not low, or asks for nothing, may end. */
function wantedOutputs(node: JsonRecord): number {
	const parameters = parametersOf(node);
	const rules = isRecord(parameters.rules) ? readArray(parameters.rules.values, 'rules') : [];
	if (rules.length > 0) return rules.length + 1;
	if (parameters.splitByVerdict === true) return 3;
	if (isTelling(node)) return 0;
	if (node.onError === 'continueErrorOutput') return 2;
	return node.type === 'n8n-nodes-base.if' && nameOf(node) !== 'Is It Low?' ? 2 : 0;
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
		expect(JSON.stringify(plain)).not.toMatch(/\?\?|\.join\(|\{\{[^}]* \? |row_number/);
		expect(JSON.stringify(nodes)).not.toContain('.first()');
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

	it('goes on from every output that can have items', () => {
		const open = nodes.filter((node) => outputsOf(file, node) < wantedOutputs(node));
		expect(open.map(nameOf)).toEqual([]);
	});

	// What Slack refuses stands nowhere else, and nobody opens an execution that ended well.
	it('ends with an error when Slack refuses, after all else is done', () => {
		const telling = nodes.filter(isTelling);
		const red = new Set(nodes.filter(endsInRed).map(nameOf));
		const silent = telling.filter(({ name, onError }) => {
			if (onError === undefined || onError === 'stopWorkflow') return telling.length > 1;
			return ![...leadsTo(followers, String(name))].some((next) => red.has(next));
		});
		expect(silent.map(nameOf).filter((name) => name !== 'Nobody Answered')).toEqual([]);
		for (const stop of red) {
			const before = [...followers].filter(([, next]) => next.includes(stop));
			const isLast = telling.length === 1 || before.every(([name]) => isMerge(nodes, name));
			expect([stop, before.length, isLast]).toEqual([stop, 1, true]);
		}
	});

	it('ends: each way round has a limit', () => {
		const round = nodes.filter((node) => leadsTo(followers, nameOf(node)).has(nameOf(node)));
		if (round.length > 0) {
			expect(JSON.stringify(round)).toMatch(/splitInBatches|\$runIndex|MOST_TRIES/);
		}
	});

	it('goes on when Runflow refuses, and lets no assistant spend without a limit', () => {
		for (const node of nodes.filter(isJudging)) {
			const text = JSON.stringify(node);
			if (String(node.type).endsWith('Tool')) {
				expect(text).toMatch(/"evaluateAgain":"onChange".*"maximumCost":\d/);
			} else {
				expect(text).toMatch(/"onError":"continue(Regular|Error)Output"/);
				expect(text).toMatch(/"onTimeout":"continue"|"waitMode":"callback"|"operation":"submit"/);
			}
		}
	});

	it('bills a row of a table once, and writes into the row that still has the image', () => {
		const text = JSON.stringify(nodes);
		const isClaimed = /"keyName":"updatedAt","condition":"eq"/.test(text);
		const reads = nodes.some((node) => parametersOf(node).operation === 'get' && isTable(node));
		for (const node of reads ? nodes.filter(isJudging) : []) {
			expect(isClaimed || JSON.stringify(node).includes('"evaluateAgain":"onChange"')).toBe(true);
		}
		for (const node of nodes.filter(isTable)) {
			if (parametersOf(node).operation !== 'update') continue;
			const { matchType, filters } = parametersOf(node);
			expect(matchType).toBe('allConditions');
			expect(JSON.stringify(filters)).toMatch(/"keyName":"id".*"keyName":"(image_url|updatedAt)"/);
		}
	});

	it('says what it costs, and what happens when somebody refuses', () => {
		const notes = nodes.map((node) => String(parametersOf(node).content ?? '')).join('\n');
		expect(notes).toMatch(/\bbill(s|ed)\b|free of charge/);
		expect(notes).toMatch(/refuse|could not be|Without a verdict|does not answer/);
		if (JSON.stringify(nodes).includes('nodes-base.slack')) {
			expect(notes).toMatch(/Slack\*{0,2}[^.]*refuse|refuse[^.]*Slack|Slack does not answer/);
		}
	});
});
