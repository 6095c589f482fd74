import { readRecords, type JsonRecord } from '../../n8n/read';
import { rowOfNodes, runflowNode, type NodeSketch } from '../../n8n/workflowFile';

/** How often the guide of the API looks, before the speed of the emulator. */
export const GUIDE_POLL_SECONDS = 5;

const IMAGE = '={{ $json.url }}';
const TASK = 'product_photography';

export interface Wiring {
	nodes: NodeSketch[];
	/** From, output, to. */
	links: Array<[from: string, output: number, to: string]>;
}

/** Adds the nodes to a workflow and connects them. */
export function withWiring(file: JsonRecord, { nodes, links }: Wiring): JsonRecord {
	const added = readRecords(rowOfNodes('', nodes).nodes, 'nodes');
	const before = readRecords(file.nodes, 'nodes').map((node, index) => ({
		...node,
		id: `${index}`,
	}));
	const connections: Record<string, { main: JsonRecord[][] }> = {};
	for (const [from, output, to] of [['Webhook', 0, 'Rows'] as const, ...links]) {
		const { main } = (connections[from] ??= { main: [[], []] });
		main[output]?.push({ node: to, type: 'main', index: 0 });
	}
	return { ...file, nodes: [...before, ...added], connections };
}

/** One Runflow node after the rows. */
export function runflowWiring(waitMode: 'poll' | 'callback'): Wiring {
	const judge = runflowNode('Judge', 'submitAndWait', {
		options: { waitMode },
		generatedImageUrl: IMAGE,
		taskType: TASK,
		additionalFields: { clientRef: '={{ $json.ref }}' },
	});
	return { nodes: [judge], links: [['Rows', 0, 'Judge']] };
}

/** Submit all, wait, look at all, and again with those that are not finished. */
export function loopWiring(baseUrl: string, speed: number): Wiring {
	return {
		nodes: [submit(baseUrl), pause(speed), look(baseUrl), finished(), done()],
		links: [['Rows', 0, 'Submit'], ...LOOP, ['Finished?', 0, 'Judge']],
	};
}

/** The same; what is refused because too many are under way is submitted again after a pause. */
export function persistentLoopWiring(baseUrl: string, speed: number): Wiring {
	const { nodes, links } = loopWiring(baseUrl, speed);
	const [first = submit(baseUrl), ...others] = nodes;
	const persistent = {
		...first,
		extra: { onError: 'continueErrorOutput', credentials: CREDENTIALS },
	};
	return {
		nodes: [persistent, { ...pause(speed), name: 'Pause before Submit' }, ...others],
		links: [...links, ['Submit', 1, 'Pause before Submit'], ['Pause before Submit', 0, 'Submit']],
	};
}

/** The same for one row after the other. */
export function oneByOneWiring(baseUrl: string, speed: number): Wiring {
	const rows: NodeSketch = {
		name: 'One by One',
		type: 'n8n-nodes-base.splitInBatches',
		typeVersion: 3,
	};
	return {
		nodes: [rows, submit(baseUrl), pause(speed), look(baseUrl), finished(), done()],
		links: [
			['Rows', 0, 'One by One'],
			['One by One', 0, 'Judge'],
			['One by One', 1, 'Submit'],
			...LOOP,
			['Finished?', 0, 'One by One'],
		],
	};
}

const LOOP: Wiring['links'] = [
	['Submit', 0, 'Pause'],
	['Pause', 0, 'Look'],
	['Look', 0, 'Finished?'],
	['Finished?', 1, 'Pause'],
];

const CREDENTIALS = { runflowApi: {} };

/** A builder turns on Retry On Fail and goes on when a row fails. */
const CAREFUL: JsonRecord = {
	retryOnFail: true,
	maxTries: 3,
	waitBetweenTries: 1_000,
	onError: 'continueRegularOutput',
	credentials: CREDENTIALS,
};

function submit(baseUrl: string): NodeSketch {
	const body = `={{ JSON.stringify({ generated_image_url: $json.url, task_type: '${TASK}', client_ref: $json.ref }) }}`;
	const parameters = { method: 'POST', sendBody: true, specifyBody: 'json', jsonBody: body };
	return http('Submit', `${baseUrl}/v1/evaluations`, parameters);
}

function look(baseUrl: string): NodeSketch {
	return http('Look', `=${baseUrl}/v1/evaluations/{{ $json.id }}`);
}

function http(name: string, url: string, more: JsonRecord = {}): NodeSketch {
	const parameters = {
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'runflowApi',
		...more,
	};
	return { name, type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters, extra: CAREFUL };
}

function pause(speed: number): NodeSketch {
	const parameters = { amount: GUIDE_POLL_SECONDS / speed, unit: 'seconds' };
	return { name: 'Pause', type: 'n8n-nodes-base.wait', typeVersion: 1.1, parameters };
}

/** A row that failed counts as finished: it has no id to look at. */
function finished(): NodeSketch {
	const condition = {
		id: '1',
		leftValue:
			"={{ $json.error !== undefined || ['completed', 'failed'].includes($json.status_code) }}",
		rightValue: '',
		operator: { type: 'boolean', operation: 'true', singleValue: true },
	};
	const options = { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 };
	const conditions = { options, conditions: [condition], combinator: 'and' };
	const type = 'n8n-nodes-base.if';
	return { name: 'Finished?', type, typeVersion: 2.2, parameters: { conditions } };
}

function done(): NodeSketch {
	return { name: 'Judge', type: 'n8n-nodes-base.noOp' };
}
