import type { IExecuteFunctions } from 'n8n-workflow';

import { VERDICTS } from '../verdict/verdict';
import type { Verdict } from '../verdict/verdict';

const OUTPUT_NAMES: Record<Verdict, string> = {
	no_verdict: 'No Verdict',
	not_passed: 'Not Passed',
	passed: 'Passed',
};

/**
 * The one output of a split Runflow node that the items come from, in words; undefined where they
 * are not known to be only a part. n8n runs a node once for each output that is wired into it.
 */
export function coveredOutput(context: IExecuteFunctions): string | undefined {
	const [from] = context.getExecuteData().source?.main ?? [];
	if (!from) return undefined;
	const parents = context.getParentNodes(context.getNode().name, {
		includeNodeParameters: true,
		depth: 1,
	});
	const parent = parents.find(({ name }) => name === from.previousNode);
	const isSplit = parent?.parameters?.splitByVerdict === true;
	if (parent === undefined || !/\.runflow$/.test(parent.type) || !isSplit) return undefined;
	const verdict = VERDICTS[from.previousNodeOutput ?? 0];
	return verdict && `the output ${OUTPUT_NAMES[verdict]}`;
}
