import type { INodeParameters } from 'n8n-workflow';

import { operate, seenError } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

const emulator = useEmulator();

const ADDRESS = 'https://images.example.com/a.png';
const REFERENCE = 'It has 256. Use a shorter reference, for example a product number';
const TRIGGER = 'It has 2,049. Copy the Production URL of a Runflow Trigger node';
const LEVELS = 'It has more than 90 levels. Pick the properties that the image should have';

/** An object of that many levels. */
function nested(levels: number): INodeParameters {
	return levels === 1 ? { a: 1 } : { a: nested(levels - 1) };
}

const text = (levels: number) => JSON.stringify(nested(levels));

it.each([
	['clientRef', 'x'.repeat(255), 'x'.repeat(256), REFERENCE],
	['callbackUrl', ADDRESS.padEnd(2_048, 'x'), ADDRESS.padEnd(2_049, 'x'), TRIGGER],
	['inputAttributes', nested(90), nested(91), LEVELS],
	['inputAttributes', text(90), text(91), LEVELS],
])('%s: the largest is sent; one larger costs nothing', async (field, good, bad, description) => {
	const parameters = {
		operation: 'submit',
		generatedImageUrl: ADDRESS,
		additionalFields: { [field]: '={{ $json.value }}' },
	};
	const run = await operate(
		emulator,
		parameters,
		[good, bad].map((value) => ({ json: { value } })),
	);
	expect(seenError(run)).toMatchObject({ description, item: 1 });
	expect(emulator.requests).toEqual([]);
	await operate(emulator, parameters, [{ json: { value: good } }]);
	expect(emulator.evaluations).toHaveLength(1);
});
