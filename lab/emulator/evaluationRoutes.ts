import type { FastifyInstance } from 'fastify';

import { ApiError, evaluationNotFound, validationError } from './apiError';
import { EMBEDS, writeAccepted, writeEvaluation } from './evaluationBody';
import { readEmbeds } from './query';
import { submissionSchema, SubmissionRules } from './submission';
import type { Submission } from './types';
import type { World } from './world';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const FEEDBACK_SCHEMA = {
	type: 'object',
	required: ['is_positive'],
	additionalProperties: false,
	properties: {
		is_positive: { type: ['boolean', 'null'] },
		reason: { type: ['string', 'null'], maxLength: 2000 },
	},
};
const STATUSES = [
	['pending', 'Accepted, not picked up yet', false],
	['running', 'The judges are looking', false],
	['completed', 'Finished with a verdict', true],
	['failed', 'Finished without a verdict', true],
] as const;

interface ById {
	Params: { id: string };
	Querystring: Record<string, unknown>;
}

/** Submit, get, feedback and the two reference lists. */
export function evaluationRoutes(app: FastifyInstance, world: World): void {
	const { options, evaluations } = world;
	const rules = new SubmissionRules(options, world.assets);

	const refuseMalformed = (id: string): void => {
		if (UUID.test(id)) return;
		if (options.malformedIdStatus === 404) throw evaluationNotFound();
		throw validationError([{ field: 'id', message: 'Must be a UUID.' }]);
	};
	const list = (rows: unknown[]) =>
		options.jobClassesForm === 'array'
			? rows
			: { items: rows, first: null, next: null, previous: null };

	app.post<{ Body: Submission }>(
		'/v1/evaluations',
		{ config: { scope: 'evaluations:create' }, schema: { body: submissionSchema } },
		async ({ body, headers, visit: { caller } }, reply) => {
			const key = headers['idempotency-key'];
			if (Array.isArray(key)) throw new ApiError(400, 'BAD_REQUEST', 'One Idempotency-Key.');
			const isKnown = evaluations.earlier(caller, key ?? null, body) !== undefined;
			if (!isKnown) rules.check(body, caller.organization);
			const { record, replayed } = evaluations.submit(caller, key ?? null, body);
			reply.code(replayed ? options.idempotencyReplayStatus : 202);
			if (options.submitAnswer === 'location') {
				reply.header('location', `/v1/evaluations/${record.id}`);
			}
			return writeAccepted(record, options);
		},
	);

	app.get('/v1/evaluations/job-classes', async () =>
		list(
			options.jobClasses.map(({ code, name, price, is_active: isActive }) => ({
				code,
				name,
				description: null,
				[options.jobClassPriceKey]: price,
				is_active: isActive,
			})),
		),
	);

	app.get('/v1/evaluations/statuses', async () =>
		list(
			STATUSES.map(([code, description, terminal]) => ({
				code,
				name: code,
				description,
				is_terminal: terminal,
			})),
		),
	);

	app.get<ById>(
		'/v1/evaluations/:id',
		{ config: { scope: 'evaluations:read' } },
		async ({ params, query, visit }) => {
			const embeds = readEmbeds(query, EMBEDS);
			refuseMalformed(params.id);
			const record = evaluations.read(params.id, visit.caller.organization);
			const confused = visit.fault?.kind === 'otherEvaluation';
			return writeEvaluation(confused ? evaluations.another(record) : record, embeds, options);
		},
	);

	app.patch<{ Params: ById['Params']; Body: { is_positive: boolean | null; reason?: string } }>(
		'/v1/evaluations/:id/feedback',
		{ config: { scope: 'evaluations:edit' }, schema: { body: FEEDBACK_SCHEMA } },
		async ({ params, body, visit }) => {
			refuseMalformed(params.id);
			const record = evaluations.read(params.id, visit.caller.organization);
			const reason = body.is_positive === null ? null : (body.reason ?? null);
			evaluations.setFeedback(record, { isPositive: body.is_positive, reason });
			return writeEvaluation(record, [], options);
		},
	);
}
