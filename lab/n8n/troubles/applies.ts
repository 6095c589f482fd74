import type { Trouble } from './table';

/** Whether an example judges images; else it has no subjects. */
export const judges = (workflow: string): boolean =>
	/"operation":"(submit|submitAndWait)"/.test(workflow);

/** Whether a trouble can happen to an example at all, by what it is made of. */
export function applies(trouble: Trouble, workflow: string): boolean {
	const has = (part: string) => workflow.includes(part);
	const makesFiles = has('"resource":"image"');
	const asksSlack = has('nodes-base.slack');
	const makesUrls = has('fal.run');
	const needs: Array<[isWanted: unknown, isThere: boolean]> = [
		[trouble.generator === 'broken', makesFiles],
		[['refuses', 'answersError'].includes(trouble.generator ?? ''), makesFiles || makesUrls],
		[['fails', 'neverEnds'].includes(trouble.generator ?? ''), has('queue.fal.run')],
		[trouble.tableRefuses, asksSlack || /dataTable|googleSheets|readWriteFile/.test(workflow)],
		[!trouble.tableRefuses && (trouble.slackRefuses ?? trouble.slackLimits), asksSlack],
		[trouble.people, has('sendAndWait')],
		[trouble.replacesImage, has('.image_url }}')],
		[trouble.callbacks !== undefined, has('runflowTrigger"') || has('"waitMode":"callback"')],
		[trouble.runJudged ?? trouble.runRefusal, has('"operation":"getMany"')],
		[trouble.refusal ?? trouble.outcome ?? trouble.late ?? trouble.subjects, judges(workflow)],
		[trouble.twins, judges(workflow)],
	];
	return needs.every(([isWanted, isThere]) => !isWanted || isThere);
}
