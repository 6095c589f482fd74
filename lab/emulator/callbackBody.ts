import { timestamp, writeEvaluation } from './evaluationBody';
import type { EmulatorOptions } from './options';
import type { EvaluationRecord } from './types';

/** The callback of an evaluation, in the form the options ask for. */
export function writeCallback(record: EvaluationRecord, options: EmulatorOptions): unknown {
	const evaluation = writeEvaluation(record, [], options);
	const event = `evaluation.${record.statusCode}`;
	const envelope = {
		event,
		status: record.statusCode,
		created_at: timestamp(record.submittedWallMs),
		completed_at: timestamp(record.completedWallMs ?? record.updatedWallMs),
		metadata: null,
	};
	switch (options.callbackForm) {
		case 'flat':
			return evaluation;
		case 'envelope': {
			const { overall_passed, weighted_pass_rate, top_issues } = evaluation;
			const output = { overall_passed, weighted_pass_rate, top_issues };
			return { ...envelope, evaluation_id: record.id, output };
		}
		case 'object':
			return { type: event, created: envelope.created_at, data: { object: { id: record.id } } };
		case 'nestedEvaluation':
			return { ...envelope, evaluation };
		case 'nestedData':
			return { ...envelope, data: evaluation };
		case 'nestedOutput':
			return { ...envelope, output: evaluation };
	}
}

/** A run callback as documented; no evaluation is in it. */
export function writeRunCallback(runId: string): unknown {
	const now = Date.now();
	return {
		event: 'run.completed',
		run_id: runId,
		status: 'succeeded',
		output: { image_urls: ['https://images.example.com/run.png'] },
		duration_ms: 1000,
		created_at: timestamp(now - 1000),
		completed_at: timestamp(now),
		metadata: null,
	};
}
