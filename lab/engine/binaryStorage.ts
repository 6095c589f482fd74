/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import './environment';

import { createRequire } from 'node:module';
import { BinaryDataService } from 'n8n-core';

/** n8n-core may bring its own copy of the container; another one knows none of its services. */
interface DependencyInjection {
	Container: { get<T>(service: new (...args: never[]) => T): T };
}

/**
 * Lets the engine keep binary data in files under the temporary n8n folder, as a server does
 * (`filesystem-v2`). Without it binary data stays in the items, in base64.
 */
export async function storeBinaryDataOnDisk(): Promise<void> {
	const coreRequire = createRequire(require.resolve('n8n-core'));
	const { Container }: DependencyInjection = coreRequire('@n8n/di');
	await Container.get(BinaryDataService).init();
}
