import type { IDataObject } from 'n8n-workflow';

import type { Evaluation, JobClass } from '../../nodes/Runflow/api/types';
import { makeReport } from '../../nodes/Runflow/verdict/report';
import { shapeEvaluation } from '../../nodes/Runflow/verdict/shape';

/** The part of JSON Schema that n8n's editor reads. */
export interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** An evaluation in which every field has a value: a schema knows no null. */
const EVALUATION: Evaluation = {
	id: '6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11',
	status_code: 'completed',
	overall_passed: false,
	weighted_pass_rate: 0.61,
	top_issues: ['Logo distorted'],
	top_strengths: ['framing'],
	primary_action_code: 'regenerate',
	failure_code: 'processing_failed',
	cost: '0.400000',
	client_ref: 'row-7',
	generated_image_url: 'https://example.com/a.png',
	task_type: 'headshot',
	job_class_code: 'standard',
	run_id: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
	submitted_at: '2026-07-01T10:00:00+00:00',
	completed_at: '2026-07-01T10:00:41+00:00',
	eval_duration_ms: 41230,
};

const JOB_CLASS: JobClass = {
	code: 'standard',
	name: 'Standard',
	price: '0.400000',
	is_active: true,
};

const result = shapeEvaluation(EVALUATION, {
	simple: true,
	embed: [],
	criterion: { passCriterion: 'overall' },
});

const night = { ...result, input: { verdict: 'passed', campaign: 'Summer' } };

const { report } = makeReport([night], {
	title: 'Nightly audit',
	worstCount: 1,
	groupByField: 'campaign',
});

const ITEMS: Record<string, object> = {
	createReport: { ...report, report_for: 'ACME' },
	get: result,
	getMany: result,
	listJobClasses: JOB_CLASS,
	sendFeedback: result,
	submit: result,
	submitAndWait: result,
	wait: result,
};

const BALANCE = { balance: 12.35, currency: 'USD', lowBalanceThreshold: 5, isLow: false };

/** By resource. */
const RESOURCES: Record<string, Record<string, object>> = {
	account: { getBalance: BALANCE },
	evaluation: ITEMS,
};

/**
 * What n8n's editor shows of each operation before its first run, by `resource/operation`: made by
 * the very functions that make the items.
 */
export function previews(): Record<string, Schema & { version: number }> {
	return Object.fromEntries(
		Object.entries(RESOURCES).flatMap(([resource, items]) =>
			Object.entries(items).map(([operation, item]) => [
				`${resource}/${operation}`,
				{ ...schemaOf(operation, item), version: 1 },
			]),
		),
	);
}

/** The schema of a value; throws on null and on an empty list, of which nothing is known. */
export function schemaOf(path: string, value: unknown): Schema {
	if (Array.isArray(value)) return { type: 'array', items: schemaOf(`${path}[0]`, value[0]) };
	if (typeof value === 'object' && value !== null) {
		const entries = Object.entries(value as IDataObject);
		const properties = entries.map(([key, each]) => [key, schemaOf(`${path}.${key}`, each)]);
		return { type: 'object', properties: Object.fromEntries(properties) };
	}
	if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') {
		return { type: typeof value };
	}
	throw new Error(`${path} has no value to make a schema of`);
}
