import type { FastifyInstance } from 'fastify';

import { ApiError } from './apiError';
import { EMBEDS, writeEvaluation } from './evaluationBody';
import { readEmbeds } from './query';
import type { World } from './world';

/** The evaluations of a run: its own, and those that name it. */
export function runRoutes(app: FastifyInstance, world: World): void {
	const { options, evaluations } = world;

	app.get<{ Params: { id: string }; Querystring: Record<string, unknown> }>(
		'/v1/runs/:id/evaluations',
		{ config: { scope: 'evaluations:read' } },
		async ({ params, query, visit }) => {
			const embeds = readEmbeds(query, EMBEDS);
			const found = evaluations.log.filter(
				({ organization, body }) =>
					organization === visit.caller.organization &&
					body.run_id?.toLowerCase() === params.id.toLowerCase(),
			);
			if (found.length === 0 && options.runWithoutEvaluations === 404) {
				throw new ApiError(404, 'RUN_NOT_FOUND', 'Run not found.');
			}
			const from = Number(query.pq ?? 0);
			const until = from + options.listPageSize;
			const rows = found
				.reverse()
				.slice(from, until)
				.map((record) => writeEvaluation(record, embeds, options));
			if (options.runEvaluationsForm === 'array') return rows;
			return { items: rows, next_pq: until < found.length ? String(until) : null, prev_pq: null };
		},
	);
}
