import { formatNodeResult, NodeTypeParser } from '@n8n/ai-utilities/node-catalog';
import { Runflow } from '../../nodes/Runflow/Runflow.node';
import { RunflowTrigger } from '../../nodes/Runflow/RunflowTrigger.node';

const PREFIX = 'n8n-nodes-runflow.';
const nodes = [new Runflow().description, new RunflowTrigger().description];
const parser = new NodeTypeParser(
	nodes.map((description) => ({ ...description, name: `${PREFIX}${description.name}` })),
);

/** What n8n's AI workflow builder reads about a node when it looks for one. */
function readByBuilder(name: string): string {
	return formatNodeResult(parser, `${PREFIX}${name}`) ?? '';
}

it("tells n8n's AI workflow builder which output is which", () => {
	const text = readByBuilder('runflow');
	expect(text).toMatch(/@builderHint .*output 0 is No Verdict.*output 2 is Passed/);
	expect(text).toContain('- n8n-nodes-runflow.runflowTrigger:');
	expect(text).toMatch(/- submitAndWait\n\s+Send an image to be judged and wait for the verdict/);
});

it('tells it what the trigger needs', () => {
	expect(readByBuilder('runflowTrigger')).toMatch(/\[TRIGGER\][^]*@builderHint .*callbackUrl/);
});
