import { Assets } from './assets';
import { Callbacks } from './callbacks';
import { Evaluations } from './evaluations';
import { Faults } from './faults';
import type { EmulatorOptions } from './options';
import { RateLimit } from './rateLimit';
import { StoredAnswers } from './storedAnswers';
import type { RequestRecord } from './types';
import { Verdicts } from './verdicts';

/** Everything one emulator holds. */
export class World {
	readonly requests: RequestRecord[] = [];
	readonly assets: Assets;
	readonly callbacks: Callbacks;
	readonly evaluations: Evaluations;
	readonly faults: Faults;
	readonly rateLimit: RateLimit;
	readonly stored = new StoredAnswers();
	/** Base URL, known once the server listens. */
	url = '';
	private readonly verdicts: Verdicts;

	constructor(readonly options: EmulatorOptions) {
		this.assets = new Assets(options);
		this.callbacks = new Callbacks(options);
		this.faults = new Faults(options);
		this.rateLimit = new RateLimit(options);
		this.verdicts = new Verdicts(options, this.assets);
		this.evaluations = new Evaluations(options, this.verdicts, (record) => {
			if (record.terminal || options.callbackEvents === 'everyStatus') {
				this.callbacks.announce(record);
			}
		});
	}

	/** Forgets everything but the options. */
	reset(): void {
		this.requests.length = 0;
		this.evaluations.reset();
		this.callbacks.reset();
		this.faults.reset();
		this.rateLimit.reset();
		this.stored.clear();
		this.verdicts.forget();
		this.assets.reset();
	}

	async close(): Promise<void> {
		this.evaluations.stop();
		await this.callbacks.close();
		this.assets.reset();
	}
}
