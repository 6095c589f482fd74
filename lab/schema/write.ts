/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { previews } from './previews';

/** Where n8n looks: version of the node, resource, operation. */
export const PREVIEW_FOLDER = path.join(
	__dirname,
	'../../nodes/Runflow/__schema__/v1.0.0/evaluation',
);

export const previewText = (schema: object) => `${JSON.stringify(schema, null, '\t')}\n`;

/** Writes the output previews of all operations. */
export function writePreviews(): void {
	mkdirSync(PREVIEW_FOLDER, { recursive: true });
	for (const [operation, schema] of Object.entries(previews())) {
		writeFileSync(path.join(PREVIEW_FOLDER, `${operation}.json`), previewText(schema));
	}
}

if (require.main === module) writePreviews();
