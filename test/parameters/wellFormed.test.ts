import * as fc from 'fast-check';

import { startEmulator } from '../../lab/emulator';
import { operate } from '../../lab/scenario/evaluate';
import { longText } from '../../nodes/Runflow/parameters/kinds';
import { asJson } from '../../nodes/Runflow/parameters/value';

const HALF = 'cut \uD83D here';
const SENT = 'cut \uFFFD here';
const NESTED = { [HALF]: [{ deep: { deeper: HALF } }] };
/** As JSON text says it. */
const ESCAPED = JSON.stringify(NESTED);

it('half a character leaves in no text that is sent, at any depth', async () => {
	const emulator = await startEmulator();
	const run = async (additionalFields: object) =>
		await operate(
			emulator,
			{
				operation: 'submit',
				generatedImageUrl: '={{ $json.url }}',
				taskType: '={{ $json.half }}',
				additionalFields: {
					taskDescription: '={{ $json.half }}',
					generationPrompt: '={{ $json.nested }}',
					evaluationInstructions: '={{ [$json.half] }}',
					clientRef: '={{ $json.half }}',
					referenceImages: {
						values: [
							{
								url: '={{ $json.url }}',
								kind: '={{ $json.half }}',
								description: '={{ $json.half }}',
							},
						],
					},
					...additionalFields,
				},
			},
			[
				{
					json: {
						half: HALF,
						nested: NESTED,
						escaped: ESCAPED,
						url: `https://cdn.example.com/${HALF}`,
					},
				},
			],
		);
	await run({ inputAttributes: '={{ $json.nested }}' });
	await run({ inputAttributes: '={{ $json.escaped }}' });
	await emulator.close();
	const bodies = emulator.evaluations.map(({ body }) => body);
	expect(bodies).toHaveLength(2);
	for (const body of bodies) {
		expect(JSON.stringify(body)).not.toMatch(/\\ud[89a-f]/);
		expect(body).toMatchObject({
			task_type: SENT,
			client_ref: SENT,
			input_attributes: { [SENT]: [{ deep: { deeper: SENT } }] },
			reference_images: [{ kind: SENT, description: SENT }],
		});
	}
});

const anyText = fc.string({
	unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
});

it('what JSON says of any value is well formed, and else the same', () => {
	const value = fc.jsonValue({ depthSize: 'small', stringUnit: 'binary' });
	fc.assert(
		fc.property(value, (each) => expect(asJson(each)).toEqual(JSON.parse(JSON.stringify(each)))),
	);
	const half = fc.dictionary(anyText, fc.array(anyText));
	fc.assert(
		fc.property(half, (each) => {
			expect(JSON.stringify(asJson(each))).not.toMatch(/(?<!\\)(\\\\)*\\ud[89a-f]/);
			expect(String(longText([each, each], { label: 'Field' }))).not.toMatch(
				/(?<!\\)(\\\\)*\\ud[89a-f]/,
			);
		}),
	);
});

it('a number too large for JSON is text', () => {
	expect(asJson({ seed: 12_345_678_901_234_567_890n })).toEqual({ seed: '12345678901234567890' });
});
