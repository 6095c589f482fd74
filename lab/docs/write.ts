/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { hasten } from '../simulation/speed';
import { DOCS, pages } from './pages';
import { recordErrors, writeRecorded } from './recordedErrors';

async function write(): Promise<void> {
	hasten(10);
	writeRecorded(await recordErrors());
	for (const [name, text] of pages()) {
		const file = path.join(DOCS, name);
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, text);
	}
}

void write();
