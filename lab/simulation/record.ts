/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Compares with what was recorded; `RECORD=1` records anew, and the change is reviewed as a change of
 * the file.
 */
export function expectRecorded(file: string, lines: string[]): void {
	const text = `${lines.join('\n')}\n`;
	if (process.env.RECORD !== undefined) writeFileSync(file, text);
	expect(text.split('\n')).toEqual(readFileSync(file, 'utf8').split('\n'));
}
