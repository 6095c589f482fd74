import { EMBEDS } from '../../nodes/Runflow/parameters/verdict';
import type { Embed } from '../../nodes/Runflow/api/types';
import { previews } from '../schema/previews';
import { table } from './table';

/** A sentence for each field that comes out, whatever operation it comes out of. */
const MEANINGS: Record<string, string> = {
	verdict: '`passed`, `not_passed`, or `no_verdict`. Decide by this one',
	reason:
		'Why, in one line: the issues, or why there is no verdict. Empty for a pass without issues',
	issues_text: 'The issues as one text, for cells that take no list',
	weighted_pass_rate: 'The score, from 0 to 1',
	overall_passed: "Runflow's own decision",
	top_issues: 'The most important issues that the judges found',
	top_strengths: 'What the judges liked',
	primary_action_code: 'What Runflow suggests to do, such as `regenerate`',
	failure_code:
		'Why the evaluation failed, such as `invalid_media` when the image could not be read',
	billed_credits: 'What was billed for this item, for sums: 0 for a verdict that was there already',
	cost: 'What was billed, in credits, as an exact decimal text such as `"0.400000"`',
	cost_credits: 'The same as a number, for sums and charts',
	client_ref: "Your own reference from 'Client Ref', to find the row again",
	generated_image_url: 'The image that was judged. The bytes of a large inline image are left out',
	task_type: "The 'Task Type' that was submitted",
	job_class_code: 'The job class that judged it',
	run_id: 'The Runflow run that generated the image, if any',
	status_code: '`pending`, `running`, `completed`, or `failed`',
	submitted_at: 'When Runflow accepted it',
	completed_at: 'When it was finished',
	eval_duration_ms: 'How long Runflow took, in milliseconds',
	evaluation_id: 'The same as `id`, under a name that no table uses for its own rows',
	id: 'The ID to retrieve it with Get or Wait',
	balance: "What is left, in the account's currency",
	currency: 'Such as `USD`. One credit is one US dollar',
	lowBalanceThreshold: "Where Runflow itself warns, if the account's owner set it",
	isLow: 'Whether the balance is used up, below that threshold, or below your own Minimum Balance',
	code: "What to enter as 'Job Class' by expression",
	name: 'Its name',
	price:
		'What one evaluation costs, in credits, as an exact decimal text. Empty when Runflow does not say',
	is_active: 'Whether it can be used',
	title: "The 'Title'",
	total: 'Number of images',
	'passed: boolean': 'Whether the verdict is `passed`: always true or false',
	'passed: number': 'Number of images that passed',
	not_passed: 'Number of images that did not pass',
	no_verdict: 'Number of images that nobody judged, or that had no decision',
	pass_rate: 'Passed images divided by all images, from 0 to 1',
	average_score: 'Average score of the images that have a verdict and a score',
	issues: 'The issues of the images that did not pass, with how often each came up',
	worst:
		'The images that did not pass, lowest score first: `client_ref`, `reason`, `weighted_pass_rate`, `generated_image_url`, `id`',
	started_at: 'When the first image was submitted',
	finished_at: 'When the last one was finished',
	text: "A message for a chat, as long as 'Maximum Message Length' allows",
	html: 'The same message for the body of an HTML email',
	changed: 'How many images are newly failing or recovered',
	changes:
		'Newly failing, then recovered, then still failing: `change` (`newly_failing`, `recovered`, or `still_failing`), `client_ref`, `title`, `reason`, `weighted_pass_rate`, `generated_image_url`, `evaluation_id`, `failing_since`. Only where the items tell an earlier verdict',
	groups:
		"With 'Group By Field': `group`, `total`, `passed`, `not_passed`, `no_verdict`, `pass_rate`, `cost`, and `cost_credits` of each value, the worst first",
	report_for: "With 'One Report for Each': the value that this report is about",
};

const EMBED_MEANINGS: Record<Embed, string> = {
	judges:
		'For each judge `name`, `category`, `passed`, `confidence`, `weight`, `reasoning`, and `issues`',
	action: 'What Runflow suggests to do with the image, as the API gives it',
	gate_failures: 'Hard requirements that the image failed to meet, as the API gives them',
};

/** What comes out of an operation, or of the trigger, with Simplify on. */
export function outputTable(operation: string, withEmbeds: boolean): string {
	const found = Object.entries(previews()).find(([place]) => place.endsWith(`/${operation}`));
	if (found === undefined) throw new Error(`There is no preview of '${operation}'`);
	const [, { properties = {} }] = found;
	const rows = Object.entries(properties).map(([name, { type }]) => [
		`\`${name}\``,
		type,
		meaningOf(name, type),
	]);
	const embeds = EMBEDS.map((name) => [
		`\`${name}\``,
		'with Include Details',
		EMBED_MEANINGS[name],
	]);
	return table(['Field', 'Type', 'What it is'], withEmbeds ? [...rows, ...embeds] : rows);
}

function meaningOf(name: string, type: string): string {
	const meaning = MEANINGS[`${name}: ${type}`] ?? MEANINGS[name];
	if (meaning === undefined) throw new Error(`lab/docs/outputs.ts has no sentence for '${name}'`);
	return meaning;
}
