import './environment';

import { ExecuteContext } from 'n8n-core';

import { recordingLogger } from './webhookInvocation';

/** From now on what nodes write to n8n's log goes to `lines`, each with its level in front. */
export function recordLogs(lines: string[]): void {
	const logger = recordingLogger(lines);
	Object.defineProperty(ExecuteContext.prototype, 'logger', {
		configurable: true,
		get: () => logger,
	});
}
