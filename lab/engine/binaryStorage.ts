/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import './environment';

import { createRequire } from 'node:module';
import { BinaryDataService } from 'n8n-core';

/** n8n-core may bring its own copy of the container; another one knows none of its services. */
interface DependencyInjection {
	Container: { get<T>(service: new (...args: never[]) => T): T };
}

function binaryDataService(): BinaryDataService {
	const coreRequire = createRequire(require.resolve('n8n-core'));
	const { Container }: DependencyInjection = coreRequire('@n8n/di');
	return Container.get(BinaryDataService);
}

/**
 * Lets the engine keep binary data in files under the temporary n8n folder, as a server does
 * (`filesystem-v2`). Without it binary data stays in the items, in base64. n8n-core outlives a
 * test file, so a test that calls this calls `keepBinaryDataInItems` afterwards.
 */
export async function storeBinaryDataOnDisk(): Promise<void> {
	await binaryDataService().init();
}

/** The state before `storeBinaryDataOnDisk`: without a manager the service stores nothing itself. */
export function keepBinaryDataInItems(): void {
	Reflect.set(binaryDataService(), 'managers', {});
}
