import type { FastifyInstance } from 'fastify';

import { timestamp } from './evaluationBody';
import { readEmbeds } from './query';
import { seededUuid } from './random';
import type { World } from './world';

const EMBEDS = ['memberships', 'organizations', 'pending_invitations'];
const FOUNDED_WALL_MS = Date.UTC(2026, 0, 1);

/** Who am I, what have I got, are you well. */
export function accountRoutes(app: FastifyInstance, world: World): void {
	const { options } = world;

	app.get('/v1/health', { config: { open: true } }, async () => ({ status: 'ok' }));

	app.get<{ Querystring: Record<string, unknown> }>('/v1/auth/me', async ({ query, visit }) => {
		const { organization, scopes } = visit.caller;
		const org = { id: organization, name: 'Acme', slug: 'acme', plan_code: 'pro' };
		const asked = readEmbeds(query, EMBEDS).includes('memberships');
		return {
			id: seededUuid(options.seed, 'user', organization),
			email: 'ops@example.com',
			first_name: 'Ada',
			last_name: null,
			avatar_url: null,
			timezone: null,
			locale_code: null,
			email_verified_at: timestamp(FOUNDED_WALL_MS),
			memberships: asked ? [{ org, role_code: 'owner', scopes }] : null,
		};
	});

	app.get(
		'/v1/billing/balance',
		{ config: { scope: 'credit_balance:read' } },
		async ({ visit: { caller } }) => {
			const isFirst = caller.organization === options.keys[0]?.organization;
			const balance = isFirst ? options.balance : null;
			if (options.balanceForm === 'cents') {
				return { balance_cents: balance && Math.round(Number(balance) * 100), currency: 'USD' };
			}
			return {
				id: seededUuid(options.seed, 'balance', caller.organization),
				org_id: caller.organization,
				balance,
				low_balance_threshold: options.lowBalanceThreshold,
				low_balance_notified_at: null,
				created_at: timestamp(FOUNDED_WALL_MS),
				updated_at: timestamp(Date.now()),
			};
		},
	);
}
