/** @jest-environment-options {"speed": 10} */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { PRESETS } from '../../lab/emulator';
import type { Preset } from '../../lab/emulator';
import { tryOn } from '../../lab/scenario/backends';

const TABLE = readFileSync(path.join(__dirname, '../volume/backends.txt'), 'utf8').split('\n');
const PRESET_NAMES = Object.keys(PRESETS) as Preset[];

it.each(
	PRESET_NAMES.flatMap((preset) =>
		['Submit and Wait', 'Submit and Wait, parked', 'Submit, Trigger'].map(
			(operation) => [preset, operation] as const,
		),
	),
)('%s: %s comes to what the table of all operations says', async (preset, operation) => {
	expect(TABLE).toContain(await tryOn(preset, operation, 10));
});
