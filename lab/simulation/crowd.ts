import type { AccountMemory } from '../../nodes/Runflow/waiting/batch';
import { runBatch } from '../../nodes/Runflow/waiting/scheduler';
import { mostWithin } from './simulate';
import { SimulatedAccount, type AccountOptions } from './simulatedAccount';
import { VirtualTime } from './virtualTime';

export interface CrowdPlan {
	/** Executions, and evaluations that each submits and waits for. */
	executions: number;
	rows: number;
	/** All in the same moment, or each when the one before has ended. */
	start: 'together' | 'oneByOne';
	account: Partial<AccountOptions>;
	timeoutMs?: number;
}

/** What executions of one process did to the account they share. */
export interface Crowd {
	verdicts: number;
	/** Evaluations that the account took, which are billed. */
	accepted: number;
	elapsedMs: number;
	requests: number;
	refusals: number;
	mostPerSecond: number;
}

/** Runs them in virtual time; they share what the process knows of the account, as in n8n. */
export async function simulateCrowd(plan: CrowdPlan): Promise<Crowd> {
	const { executions, rows, start, timeoutMs = 600_000 } = plan;
	const time = new VirtualTime();
	const account = new SimulatedAccount(time, plan.account);
	const memory: AccountMemory = { durationsMs: [] };
	let verdicts = 0;
	const execute = async (execution: number) => {
		const items = Array.from({ length: rows }, (_, row) => {
			const index = execution * rows + row;
			return { index, job: { submit: async () => await account.submit(index) } };
		});
		const options = { until: 'finished', timeoutMs, stopOnFailure: false, memory } as const;
		const look = async (id: string, ms: number) => await account.look(id, ms);
		const outcomes = await runBatch(items, look, options, time);
		for (const { kind } of outcomes.values()) if (kind === 'done') verdicts += 1;
	};
	const all = async () => {
		const each = Array.from({ length: executions }, (_, execution) => execution);
		if (start === 'together') await Promise.all(each.map(execute));
		else for (const execution of each) await execute(execution);
	};
	await time.during(all());
	return {
		verdicts,
		accepted: account.finishesAt.size,
		elapsedMs: time.elapsed(),
		requests: account.requests.length,
		refusals: account.refusals,
		mostPerSecond: mostWithin(1_000, account.requests),
	};
}
