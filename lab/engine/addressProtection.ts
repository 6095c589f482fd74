/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import './environment';

import { createRequire } from 'node:module';

interface Protection {
	enabled: boolean;
}

/** n8n-core may bring its own copies of these. */
interface DependencyInjection {
	Container: { get<T>(service: new () => T): T };
}

/**
 * Turns n8n's protection against internal addresses on or off, as `N8N_SSRF_PROTECTION_ENABLED`
 * does. n8n-core outlives a test file, so a test that turns it on turns it off afterwards.
 */
export function protectAddresses(enabled: boolean): void {
	const coreRequire = createRequire(require.resolve('n8n-core'));
	const { Container }: DependencyInjection = coreRequire('@n8n/di');
	const { SsrfProtectionConfig }: Record<string, new () => Protection> = coreRequire('@n8n/config');
	if (SsrfProtectionConfig === undefined) throw new Error('n8n has no such protection');
	Container.get(SsrfProtectionConfig).enabled = enabled;
}
