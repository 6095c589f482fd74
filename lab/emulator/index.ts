import { defaultOptions } from './defaults';
import { sumUp } from './ledger';
import type { EmulatorOptions, NextFault } from './options';
import { buildServer } from './server';
import type {
	DeliveryRecord,
	EvaluationRecord,
	FaultKind,
	Ledger,
	Outcome,
	RequestRecord,
} from './types';
import { World } from './world';

export { defaultOptions, ORGANIZATION, OTHER_ORGANIZATION } from './defaults';
export { isPreset, PRESETS } from './presets';
export type { Preset } from './presets';
export type * from './options';
export type * from './types';

/** A running emulator of the Runflow API. */
export interface Emulator {
	/** Base URL without a trailing slash. */
	readonly url: string;
	/** Live: a change takes effect with the next request. */
	readonly options: EmulatorOptions;
	/** Changes several options at once. */
	configure(changes: Partial<EmulatorOptions>): void;
	/** Every request that arrived, in order. */
	readonly requests: RequestRecord[];
	/** Everything that was created, in order. */
	readonly evaluations: EvaluationRecord[];
	/** Every callback attempt, in the order in which they ended. */
	readonly deliveries: DeliveryRecord[];
	ledger(): Ledger;
	evaluation(id: string): EvaluationRecord | undefined;
	/** Ends an evaluation now; nothing happens when it has ended before. Throws on unknown ids. */
	settle(id: string, outcome?: Partial<Outcome>): void;
	/** The time of every upload address is over. */
	expireUploads(): void;
	/** Evaluates an image of a run as Runflow does without being asked; finished if an outcome is given. */
	evaluateRun(runId: string, outcome?: Partial<Outcome>, imageUrl?: string): EvaluationRecord;
	/** The highest number of evaluations that were open at the same time. */
	seenInFlight(): { max: number };
	/** Lets the next matching requests (one by default) fail. */
	failNext(kind: FaultKind, rule?: Partial<Omit<NextFault, 'kind'>>): void;
	/** Delivers the callback of a terminal evaluation again. */
	redeliver(
		evaluationId: string,
		times?: number,
		how?: { concurrent?: boolean },
	): Promise<DeliveryRecord[]>;
	/** Delivers a callback that is about a run. */
	deliverRunCallback(url: string): Promise<DeliveryRecord[]>;
	/** Clears logs and state; options stay, the balance as it is by now included. */
	reset(): void;
	close(): Promise<void>;
}

/** Starts an emulator on 127.0.0.1; options that are not given have the defaults. */
export async function startEmulator(given: Partial<EmulatorOptions> = {}): Promise<Emulator> {
	const options: EmulatorOptions = { ...defaultOptions(), ...given };
	const world = new World(options);
	const server = buildServer(world);
	world.url = await server.listen({ host: '127.0.0.1', port: options.port });
	const { evaluations, callbacks, requests } = world;
	return {
		url: world.url,
		options,
		configure: (changes) => void Object.assign(options, changes),
		requests,
		evaluations: evaluations.log,
		deliveries: callbacks.log,
		ledger: () => sumUp(evaluations.log),
		evaluation: (id) => evaluations.find(id),
		settle: (id, outcome) => evaluations.settle(id, outcome),
		expireUploads: () => world.assets.expire(),
		evaluateRun: (runId, outcome, imageUrl = `https://runs.example.com/${runId}.png`) => {
			const [caller] = options.keys;
			if (caller === undefined) throw new Error('There is no key');
			const { record } = evaluations.submit(caller, null, {
				generated_image_url: imageUrl,
				task_type: 'run_output',
				run_id: runId,
				job_class: 'automatic',
			});
			if (outcome !== undefined) evaluations.settle(record.id, outcome);
			return record;
		},
		seenInFlight: () => ({ max: evaluations.peakInFlight }),
		failNext: (kind, rule = {}) => {
			options.nextFaults.push({ count: 1, ...rule, kind });
		},
		redeliver: async (id, times = 1, { concurrent = false } = {}) => {
			const record = evaluations.find(id);
			if (record === undefined) throw new Error('Unknown evaluation: ' + id);
			return await callbacks.deliver(record, times, concurrent);
		},
		deliverRunCallback: async (url) => await callbacks.deliverRun(url),
		reset: () => world.reset(),
		close: async () => {
			await server.close();
			await world.close();
		},
	};
}
