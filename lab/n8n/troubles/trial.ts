import { isRecord, readRecord, readRecords, type JsonRecord } from '../read';
import type { Subject } from './subjects';

/** The lists that a brief's own fields stand for, such as the four candidates. */
const CANDIDATES = [1, 2, 3, 4];

const parametersOf = (node: JsonRecord) => readRecord(node.parameters ?? {}, 'parameters');

/**
 * An example as a person sets it up for a trial: its prompts are the subjects', Runflow is waited for
 * so many seconds, people are waited for so many, a generator's queue is asked at once.
 */
export function setUpForTrial(
	workflow: JsonRecord,
	subjects: Subject[],
	{ timeoutSeconds, personSeconds }: { timeoutSeconds: number; personSeconds: number },
): JsonRecord {
	const nodes = readRecords(workflow.nodes, 'nodes').map((node) => {
		const parameters = parametersOf(node);
		const type = String(node.type);
		if (typeof parameters.jsonOutput === 'string' && !parameters.jsonOutput.startsWith('=')) {
			return prompting(node, readRecord(JSON.parse(parameters.jsonOutput), 'prompts'), subjects);
		}
		const operation = String(parameters.operation);
		if (type.includes('runflow') && operation === 'submitAndWait') {
			return changed(node, withOption(parameters, { timeoutSeconds }));
		}
		if (operation === 'getMany') {
			return changed(node, withOption(parameters, { waitForVerdict: 1 }));
		}
		if (type.endsWith('.wait')) return changed(node, { ...parameters, amount: 0.02 });
		if (parameters.operation !== 'sendAndWait') return node;
		const options = readRecord(parameters.options, 'options');
		const values = { limitType: 'afterTimeInterval', resumeUnit: 'minutes' };
		const limitWaitTime = { values: { ...values, resumeAmount: personSeconds / 60 } };
		return changed(node, { ...parameters, options: { ...options, limitWaitTime } });
	});
	return { ...workflow, nodes };
}

const changed = (node: JsonRecord, parameters: JsonRecord) => ({ ...node, parameters });

function withOption(parameters: JsonRecord, option: JsonRecord): JsonRecord {
	const options = isRecord(parameters.options) ? parameters.options : {};
	return { ...parameters, options: { ...options, ...option } };
}

/** A node that reads the subjects in the place of the example's own prompts. */
function prompting(node: JsonRecord, own: JsonRecord, subjects: Subject[]): JsonRecord {
	const prompts = subjects.map(({ name, prompt }) => ({ name, prompt }));
	const items =
		'images' in own
			? [{ ...own, images: prompts }]
			: prompts.map((each) => ({ ...own, ...each, candidates: CANDIDATES }));
	const jsCode = `return ${JSON.stringify(items)}.map((json) => ({ json }));`;
	return {
		...{ ...node, type: 'n8n-nodes-base.code', typeVersion: 2 },
		parameters: { jsCode },
	};
}
