import { startEmulator } from '../emulator';
import type { Emulator, EmulatorOptions } from '../emulator';

/** An emulator for each test of the file or `describe`, a new one each time. */
export function useEmulator(options: Partial<EmulatorOptions> = {}): Emulator {
	const emulator = {} as Emulator;
	beforeEach(async () => {
		Object.assign(emulator, await startEmulator(options));
	});
	afterEach(async () => await emulator.close());
	return emulator;
}

/** One emulator for all of them: a test finds what the one before it left. */
export function shareEmulator(options: Partial<EmulatorOptions> = {}): Emulator {
	const emulator = {} as Emulator;
	beforeAll(async () => {
		Object.assign(emulator, await startEmulator(options));
	});
	afterAll(async () => await emulator.close());
	return emulator;
}
