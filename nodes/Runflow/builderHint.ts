import type { IBuilderHint } from 'n8n-workflow';

/** What n8n's AI workflow builder is told about the action node. */
export const builderHint: IBuilderHint = {
	searchHint:
		'Use it after any image generation to keep bad images from being published. Set operation to submitAndWait and splitByVerdict to true: the node then has three outputs, output 0 is No Verdict, output 1 is Not Passed, output 2 is Passed. Publish only from output 2, send outputs 0 and 1 to a person, and never treat No Verdict as passed. Set imageSource to binary for a file from the previous node, or to url for a link. Every evaluation is billed. To write results into a table, use the fields verdict, reason, weighted_pass_rate and cost_credits of each item.',
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-runflow.runflowTrigger',
			relationHint:
				'Starts another workflow with the verdict when this node only submits (operation submit with a callbackUrl)',
		},
		{
			nodeType: '@n8n/n8n-nodes-langchain.openAi',
			relationHint: 'Generates the image that this node judges (resource image)',
		},
		{
			nodeType: 'n8n-nodes-base.slack',
			relationHint: 'Tells people why an image did not pass, or posts the report of an audit',
		},
		{
			nodeType: 'n8n-nodes-base.splitInBatches',
			relationHint:
				'Judges a long table in batches of 100, so that results are written as they come',
		},
	],
};

/** The same about Runflow Trigger. */
export const triggerBuilderHint: IBuilderHint = {
	searchHint:
		"Starts a workflow when Runflow calls back with a verdict. Another workflow submits the image with the action node's operation submit and this trigger's production URL as callbackUrl. Use clientRef there to find the row again by client_ref here. To wait in one workflow, use the action node's operation submitAndWait instead.",
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-runflow.runflow',
			relationHint: 'Submits the images whose verdicts start this trigger',
		},
	],
};
