 
import { createHmac } from 'node:crypto';

import type { Emulator } from '../emulator';

/** A key of the emulator that may do everything, and the callback secrets of the credential. */
export const API_KEY = 'rf_live_full';
export const SECRET = 'whsec_current';
export const PREVIOUS_SECRET = 'whsec_previous';
export const NO_SECRET = { callbackSecret: '', previousCallbackSecret: '' };

export const PASSED = { overall_passed: true, weighted_pass_rate: 0.9 };
export const NOT_PASSED = { overall_passed: false, weighted_pass_rate: 0.5 };

export function credentialOf(emulator: Emulator): { baseUrl: string; apiKey: string } {
	return { baseUrl: emulator.url, apiKey: API_KEY };
}

/** The signature Runflow sends: 64 lower-case hex digits. */
export function sign(body: string | Buffer, secret = SECRET): string {
	return createHmac('sha256', secret).update(body).digest('hex');
}
