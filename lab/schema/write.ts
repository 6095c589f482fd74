/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { previews } from './previews';

/** Where n8n looks: version of the node, then resource and operation. */
export const PREVIEW_FOLDER = path.join(__dirname, '../../nodes/Runflow/__schema__/v1.1.0');

export const previewText = (schema: object) => `${JSON.stringify(schema, null, '\t')}\n`;

/** Writes the output previews of all operations. */
export function writePreviews(): void {
	for (const [place, schema] of Object.entries(previews())) {
		const file = path.join(PREVIEW_FOLDER, `${place}.json`);
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, previewText(schema));
	}
}

if (require.main === module) writePreviews();
