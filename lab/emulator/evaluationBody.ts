import type { EmulatorOptions } from './options';
import { seededUuid } from './random';
import type { EvaluationRecord } from './types';

export const EMBEDS = ['judges', 'action', 'gate_failures'];

/** A moment as the API writes it: `+00:00`, never `Z`. */
export function timestamp(wallMs: number): string {
	return new Date(wallMs).toISOString().replace('Z', '+00:00');
}

function judgesOf(record: EvaluationRecord, seed: number) {
	const createdAt = timestamp(record.completedWallMs ?? record.updatedWallMs);
	return (record.outcome?.judges ?? []).map((finding, index) => {
		const id = seededUuid(seed, 'judge', record.id, index);
		return {
			id,
			evaluation_id: record.id,
			name: finding.name,
			description: finding.description,
			category: finding.category,
			passed: finding.passed,
			confidence: finding.confidence,
			weight: finding.weight,
			reasoning: finding.reasoning,
			evidence: finding.evidence,
			sub_point_results: finding.sub_point_results,
			sub_points_evaluated: Object.keys(finding.sub_point_results).length,
			created_at: createdAt,
			issues: finding.issues.map((issue, number) => ({
				id: seededUuid(seed, 'issue', id, number),
				evaluation_id: record.id,
				evaluation_judge_id: id,
				...issue,
			})),
		};
	});
}

function embedded(record: EvaluationRecord, embeds: string[], options: EmulatorOptions) {
	const values: Record<string, () => unknown> = {
		judges: () => judgesOf(record, options.seed),
		action: () => record.outcome?.action ?? null,
		gate_failures: () => record.outcome?.gate_failures ?? [],
	};
	const absent = options.embedsWhenNotAsked === 'absent';
	return Object.fromEntries(
		Object.entries(values).flatMap(([name, value]) => {
			if (embeds.includes(name)) return [[name, value()]];
			return absent ? [] : [[name, null]];
		}),
	);
}

function echoOf(sent: string | null, { textEcho }: EmulatorOptions): string | null {
	return textEcho === 'sent' ? sent : (sent?.normalize('NFC').trim() ?? null);
}

/** The evaluation as the API answers it. */
export function writeEvaluation(
	record: EvaluationRecord,
	embeds: string[],
	options: EmulatorOptions,
): Record<string, unknown> {
	const { body, outcome, completedWallMs, feedback } = record;
	const text = (sent: string | null = null) => echoOf(sent, options);
	const told = (wallMs: number) => timestamp(wallMs + options.clockAheadMs);
	return {
		id: options.upperCaseIds ? record.id.toUpperCase() : record.id,
		org_id: record.organization,
		run_id: body.run_id ?? null,
		target_type_code: null,
		model_id: null,
		flow_id: null,
		comfyui_workflow_id: null,
		task_type: text(body.task_type),
		task_description: text(body.task_description),
		generation_prompt: text(body.generation_prompt),
		generated_image_url: body.generated_image_url,
		input_attributes: body.input_attributes ?? null,
		evaluation_instructions: text(body.evaluation_instructions),
		reference_images: body.reference_images ?? [],
		status_code: record.statusCode,
		job_class_code: record.jobClass,
		failure_code: outcome?.failure_code ?? null,
		...(outcome?.failure_message && { failure_message: outcome.failure_message }),
		overall_passed: outcome?.overall_passed ?? null,
		weighted_pass_rate: outcome?.weighted_pass_rate ?? null,
		override_reason: outcome?.override_reason ?? null,
		top_issues: outcome?.top_issues ?? null,
		top_strengths: outcome?.top_strengths ?? null,
		check_summary: outcome?.check_summary ?? null,
		analysis_modules_executed: outcome?.analysis_modules_executed ?? null,
		primary_action_code: outcome?.primary_action_code ?? null,
		parent_evaluation_id: null,
		attempt_number: 1,
		superseded_at: null,
		eval_duration_ms: completedWallMs === null ? null : completedWallMs - record.submittedWallMs,
		feedback_is_positive: feedback.isPositive,
		feedback_reason: feedback.reason,
		client_ref: text(record.clientRef),
		callback_url: options.callbackUrlEcho === 'sent' ? (body.callback_url ?? null) : null,
		cost: record.cost,
		links: {},
		submitted_at: told(record.submittedWallMs),
		completed_at: completedWallMs === null ? null : told(completedWallMs),
		created_at: told(record.submittedWallMs),
		updated_at: told(record.updatedWallMs),
		...embedded(record, embeds, options),
	};
}

/** The answer to a submit: the four documented fields, the whole object, the id alone, or nothing. */
export function writeAccepted(record: EvaluationRecord, options: EmulatorOptions) {
	if (options.submitAnswer === 'location') return '';
	if (options.submitAnswer === 'idOnly') return { id: record.id };
	if (options.submitAnswer === 'full') return writeEvaluation(record, [], options);
	return {
		id: record.id,
		status_code: record.statusCode,
		job_class_code: record.jobClass,
		client_ref: echoOf(record.clientRef, options),
	};
}
