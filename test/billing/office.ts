import type { ApiFailure, Attempt } from '../../nodes/Runflow/api/attempt';
import { WITHHELD } from '../../nodes/Runflow/api/failure';
import type { Evaluation, EvaluationRequest } from '../../nodes/Runflow/api/types';
import { AcceptedLog } from '../../nodes/Runflow/billing/acceptedLog';
import { Asking } from '../../nodes/Runflow/billing/asking';
import { Budget } from '../../nodes/Runflow/billing/budget';
import { Store } from '../../nodes/Runflow/billing/store';
import type { Sent } from '../../nodes/Runflow/billing/store';
import type { Desk } from '../../nodes/Runflow/billing/types';
import { deskOf, rowOf, submissionOf } from './desk';

export const NOW = 1_700_000_000_000;
export const CALLBACK = 'https://n8n.example.com/1';
export const ROW = rowOf({
	submission: submissionOf({ facts: { task_type: 't', client_ref: 'r' } }),
});
export const CALLED = rowOf({
	submission: submissionOf({ facts: { task_type: 't', callback_url: CALLBACK } }),
});
export const PENDING = { id: 'e-1', status_code: 'pending' };
export const ACCEPTED: Attempt<Evaluation> = { ok: true, value: PENDING };
export const SENT: Sent = {
	at: 7,
	firstAt: 5,
	callbackUrl: 'https://n8n.example.com/0',
	cost: '0.4',
};

/** An answer that says no. */
export function no(fields: Partial<ApiFailure>): { ok: false; failure: ApiFailure } {
	const purpose = { subject: 'Evaluations', isSubmit: true };
	return { ok: false, failure: { kind: 'answer', reaction: 'rejected', purpose, ...fields } };
}
export const LOST = no({ kind: 'network', reaction: 'retry' });
export const POOR = no({ reaction: 'closed', status: 402, isFromApi: true });

export interface Setting {
	answers?: Array<Attempt<Evaluation>>;
	looks?: Array<Attempt<Evaluation>>;
	limit?: number;
	isStopped?: boolean;
	store?: Desk['store'];
	before?: (store: Store) => void;
}

/** Asking for rows of an execution that began now; each submit and look is answered in turn. */
export function officeOf(setting: Setting = {}) {
	const { answers = [ACCEPTED], looks = [], limit, before } = setting;
	const lines: string[] = [];
	const log = {
		info: (line: string) => lines.push(line),
		warn: (line: string) => lines.push(line),
	};
	const desk = deskOf({ today: () => NOW, log, store: setting.store ?? {} });
	const store = new Store(desk);
	before?.(store);
	const submits: Array<{ body: EvaluationRequest; key: string; sent?: Sent }> = [];
	const reads: string[] = [];
	const price = (code: string, credits: string) => ({
		...{ code, name: code, price: credits, is_active: true },
	});
	const classes = [price('standard', '0.4'), price('deep', '1.5')];
	const api = {
		...{ account: 'a', aheadMs: 0 },
		submit: async (body: EvaluationRequest, key: string) => {
			submits.push({ body, key, sent: store.sentUnder(key) });
			return await Promise.resolve(answers[submits.length - 1] ?? LOST);
		},
		get: async (id: string) => {
			reads.push(id);
			return await Promise.resolve(looks[reads.length - 1] ?? LOST);
		},
		upload: async () => await Promise.resolve(WITHHELD),
		jobClasses: async () => await Promise.resolve({ ok: true, value: classes } as const),
		balance: async () => await Promise.resolve(WITHHELD),
	};
	const accepted = new AcceptedLog(desk);
	const budget = limit === undefined ? undefined : new Budget(store, 'Runflow', limit, classes);
	const asking = new Asking({
		...{ api, store, budget, account: { durationsMs: [], timesAgreeAt: 'a' }, today: () => NOW },
		...{ log: accepted, isStopped: () => setting.isStopped === true },
	});
	const logged = () => {
		accepted.flush();
		return lines;
	};
	const spent = () => Number(store.spent('Runflow'));
	return { asking, store, submits, reads, budget, spent, logged };
}
