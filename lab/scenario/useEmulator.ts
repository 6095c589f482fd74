import { startEmulator } from '../emulator';
import type { Emulator, EmulatorOptions } from '../emulator';

/** An emulator for each test of the file or `describe`, a new one each time. */
export function useEmulator(options: Partial<EmulatorOptions> = {}): Emulator {
	return startedBetween(beforeEach, afterEach, options);
}

/** One emulator for all of them: a test finds what the one before it left. */
export function shareEmulator(options: Partial<EmulatorOptions> = {}): Emulator {
	return startedBetween(beforeAll, afterAll, options);
}

type Hook = (action: () => Promise<void>) => void;

function startedBetween(before: Hook, after: Hook, options: Partial<EmulatorOptions>): Emulator {
	const emulator = {} as Emulator;
	before(async () => {
		Object.assign(emulator, await startEmulator(options));
	});
	after(async () => await emulator.close());
	return emulator;
}
