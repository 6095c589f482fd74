/** @jest-environment-options {"speed": 25} */
/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import path from 'node:path';

import { PRESETS } from '../../lab/emulator';
import type { Preset } from '../../lab/emulator';
import { OPERATIONS, tryOn } from '../../lab/scenario/backends';
import { expectRecorded } from '../../lab/simulation/record';

const PRESET_NAMES = Object.keys(PRESETS) as Preset[];

it('each operation on 1, 10 and 200 rows, on three backends: judged, billed, told', async () => {
	const lines: string[] = [];
	for (const preset of PRESET_NAMES) {
		for (const operation of Object.keys(OPERATIONS)) {
			for (const count of [1, 10, 200]) lines.push(await tryOn(preset, operation, count));
		}
	}
	expectRecorded(path.join(__dirname, 'backends.txt'), lines);
}, 600_000);
