import type { Attempt } from '../../nodes/Runflow/api/attempt';
import { WITHHELD } from '../../nodes/Runflow/api/failure';
import type { Embed, Evaluation, EvaluationRequest, JobClass } from '../../nodes/Runflow/api/types';
import { evaluate } from '../../nodes/Runflow/billing/evaluate';
import type { Desk, Goal, Plan } from '../../nodes/Runflow/billing/types';
import type { Submission } from '../../nodes/Runflow/parameters/submission';
import type { Shape } from '../../nodes/Runflow/verdict/shape';
import { VirtualTime } from '../../lab/simulation/virtualTime';
import { deskOf, submissionOf } from './desk';

export const shape = (embed: Embed[] = []): Shape => ({
	...{ simple: true, embed, criterion: { passCriterion: 'overall' } },
});
export const image = (at: number | string) => `https://images.example.com/${at}.png`;
export const plan = (at: number, fields: Partial<Submission> = {}, embed?: Embed[]): Plan => ({
	...{ submission: submissionOf({ image: image(at), ...fields }), shape: shape(embed) },
});

/** A batch, and how the API answers it. */
export interface Setting {
	plans: Plan[];
	desk?: Partial<Desk>;
	goal?: Partial<Goal>;
	/** The answer to a submit of an image, and what an evaluation is when it is looked at. */
	answer?: (body: EvaluationRequest) => Attempt<Evaluation>;
	/** Of more than one: what it is at each look, the last from then on. */
	found?: Partial<Evaluation> | Array<Partial<Evaluation>>;
	uploadMs?: number;
	/** When somebody presses Stop. */
	stopAt?: number;
	/** What the price list says; none by default. */
	price?: string;
	timeoutSeconds?: number;
}

/** Evaluates it on virtual time. */
export async function run({ plans, goal, answer, found, uploadMs = 0, price, ...rest }: Setting) {
	const time = new VirtualTime();
	if (rest.stopAt !== undefined) time.at(rest.stopAt, () => time.stop());
	const lines: string[] = [];
	const log = {
		info: (line: string) => lines.push(line),
		warn: (line: string) => lines.push(line),
	};
	const asked: string[] = [];
	const limits: Array<number | undefined> = [];
	const idOf = (body: EvaluationRequest) => body.generated_image_url.replace(/^.*\//, 'e-');
	const api = {
		...{ account: 'a', aheadMs: 0 },
		submit: async (body: EvaluationRequest): Promise<Attempt<Evaluation>> => {
			asked.push(`submit ${idOf(body)}`);
			await time.sleep(10);
			return answer?.(body) ?? { ok: true, value: { id: idOf(body), status_code: 'pending' } };
		},
		get: async (
			id: string,
			{ embed, timeoutMs }: { embed?: Embed[]; timeoutMs?: number } = {},
		): Promise<Attempt<Evaluation>> => {
			asked.push(`get ${id}${embed ? ` with ${embed.join()}` : ''}`);
			limits.push(timeoutMs);
			await time.sleep(10);
			const looks = [found ?? {}].flat();
			const seen = looks[Math.min(limits.length, looks.length) - 1];
			return { ok: true, value: { id, status_code: 'completed', ...seen } };
		},
		upload: async () => {
			await time.sleep(uploadMs);
			return { ok: true, value: 'runflow://up.png' } as const;
		},
		jobClasses: async (): Promise<Attempt<JobClass[]>> => {
			const standard = { code: 'standard', name: 'Standard', is_active: true };
			if (price === undefined) return await Promise.resolve(WITHHELD);
			return await Promise.resolve({ ok: true, value: [{ ...standard, price }] });
		},
		balance: async () => await Promise.resolve(WITHHELD),
	};
	const desk = deskOf({ token: 't', log, today: () => time.now(), ...rest.desk });
	const rule = { timeoutSeconds: rest.timeoutSeconds ?? 60, onTimeout: 'error' } as const;
	const all = new Map(plans.entries());
	const whole = { until: 'finished', rule, ...goal } as const;
	const done = await time.during(evaluate({ desk, api, clock: time }, all, whole));
	const wasThere = plans.map((_, at) => done.wasThere(at));
	const elapsed = time.elapsed();
	const later = async () => await time.during(time.sleep(60_000));
	return { ...done, wasThere, asked, limits, lines, elapsed, later };
}
export const kinds = (outcomes: Map<number, { kind: string }>) =>
	[...outcomes].sort(([a], [b]) => a - b).map(([, { kind }]) => kind);
