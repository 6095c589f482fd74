/** @jest-environment-options {"speed": 10} */
/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { writeFileSync } from 'node:fs';

import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { startEmulator } from '../../lab/emulator';
import type { Emulator } from '../../lab/emulator';
import { TestClient } from '../../lab/emulator/testClient';
import { runNode } from '../../lab/engine';
import { credentialOf } from '../../lab/scenario/account';

/** Every parameter with every kind of value. `TABLE=file` writes what came of it, to be read. */
let emulators: Emulator[];
const table: string[] = [];

beforeAll(async () => {
	const jobClasses = ['standard', ...Object.values(SENT)].map((code) => ({
		code,
		name: code,
		price: '0.4',
		is_active: true,
	}));
	emulators = await Promise.all(VALUES.map(async () => await startEmulator({ jobClasses })));
});

afterAll(async () => {
	await Promise.all(emulators.map(async (emulator) => await emulator.close()));
	const { TABLE } = process.env;
	if (TABLE) writeFileSync(TABLE, `${table.join('\n')}\n`);
});

const VALUES: Array<[kind: string, value: unknown]> = [
	['text', 'shoe'],
	['number', 7],
	['0', 0],
	['true', true],
	['date', '2026-01-02T03:04:05.000Z'],
	['list of one', ['shoe']],
	['list of three', ['a', 'b', 'c']],
	['object', { id: 'a', name: 'b' }],
	['null', null],
	['undefined', undefined],
	['throws', 'x'],
	['3 MB of text', 'x'.repeat(3 * 1024 * 1024)],
	['UUID', '6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11'],
	['address', 'https://example.com/a.png'],
];
/** How a value is sent where it is no problem; others are left out of the request. */
const SENT: Record<string, string> = {
	text: 'shoe',
	number: '7',
	'0': '0',
	true: 'true',
	date: '2026-01-02T03:04:05.000Z',
	'list of one': 'shoe',
	UUID: '6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11',
	address: 'https://example.com/a.png',
};
const VALUE =
	"={{ $json.kind === 'throws' ? $('Nope').item.json.x : $json.kind === 'date' ? DateTime.fromISO($json.value, { zone: 'utc' }) : $json.value }}";
const JUDGE = {
	operation: 'submit',
	generatedImageUrl: '=https://images.example.com/{{ $itemIndex }}.png',
	taskType: 'headshot',
};
const EXISTING = '={{ $json.existing }}';
const LOOK = { operation: 'get', evaluationId: EXISTING };
const TEACH = { operation: 'sendFeedback', evaluationId: EXISTING, feedback: 'positive' };
const waiting = (options: INodeParameters) => ({ ...JUDGE, operation: 'submitAndWait', options });
const REFERENCE = { source: 'url', url: 'https://images.example.com/r.png' };
const reference = (field: object) => ({
	...JUDGE,
	additionalFields: { referenceImages: { values: [{ ...REFERENCE, ...field }] } },
});
const additional = (name: string) => ({ ...JUDGE, additionalFields: { [name]: VALUE } });

/** Where a request has the value; absent for what is no part of one. */
type Place = (emulator: Emulator) => unknown;
const inBody = (name: string): Place => {
	return ({ evaluations }) => Object(evaluations[1]?.body)[name];
};
const inReference = (name: string): Place => {
	return ({ evaluations }) => Object(evaluations[1]?.body.reference_images?.[0])[name];
};
const inPath: Place = ({ requests }) =>
	requests.at(-1)?.path.split('/').slice(3).map(decodeURIComponent).join('/');
const inFeedback: Place = ({ evaluations }) => evaluations[0]?.feedback.reason ?? undefined;

const PARAMETERS: Array<[label: string, parameters: INodeParameters, place?: Place]> = [
	['Image Source', { ...JUDGE, imageSource: VALUE }],
	['Generated Image URL', { ...JUDGE, generatedImageUrl: VALUE }, inBody('generated_image_url')],
	['Input Binary Field', { ...JUDGE, imageSource: 'binary', binaryPropertyName: VALUE }],
	['Task Type', { ...JUDGE, taskType: VALUE }, inBody('task_type')],
	['Reference Images > 1 > Source', reference({ source: VALUE })],
	['Reference Images > 1 > URL', reference({ url: VALUE }), inReference('url')],
	['Reference Images > 1 > Kind', reference({ kind: VALUE }), inReference('kind')],
	[
		'Reference Images > 1 > Description',
		reference({ description: VALUE }),
		inReference('description'),
	],
	['Task Description', additional('taskDescription'), inBody('task_description')],
	['Generation Prompt', additional('generationPrompt'), inBody('generation_prompt')],
	[
		'Evaluation Instructions',
		additional('evaluationInstructions'),
		inBody('evaluation_instructions'),
	],
	['Input Attributes', additional('inputAttributes')],
	['Job Class Name or ID', additional('jobClass'), inBody('job_class')],
	['Run ID', additional('runId'), inBody('run_id')],
	['Client Ref', additional('clientRef'), inBody('client_ref')],
	['Callback URL', additional('callbackUrl'), inBody('callback_url')],
	['Idempotency Key', additional('idempotencyKey')],
	['Evaluation ID', { ...LOOK, evaluationId: VALUE }, inPath],
	['Simplify', { ...LOOK, options: { simple: VALUE } }],
	['Include Details', { ...LOOK, options: { embed: VALUE } }],
	['Pass Criterion', { ...LOOK, options: { passCriterion: VALUE } }],
	['Minimum Score', { ...LOOK, options: { minimumScore: VALUE } }],
	['Feedback', { ...TEACH, feedback: VALUE }],
	['Reason', { ...TEACH, reason: VALUE }, inFeedback],
	['Timeout (Seconds)', waiting({ timeoutSeconds: VALUE })],
	['On Timeout', waiting({ timeoutSeconds: 30, onTimeout: VALUE })],
	['Wait Mode', waiting({ timeoutSeconds: 30, waitMode: VALUE })],
];

it.each(PARAMETERS.map(([label, parameters, place]) => ({ label, parameters, place })))(
	'$label: sent, or refused by its name before anything is billed',
	async ({ label, parameters, place }) => {
		const sentKinds: string[] = [];
		const tries = VALUES.map(async ([kind, value], at) => {
			const emulator = emulators[at]!;
			emulator.reset();
			const existing = await submitOne(emulator);
			const earlier = emulator.requests.length;
			const item = { json: { kind, value, existing } as IDataObject } as INodeExecutionData;
			const run = await runNode(parameters, [item], {
				...credentialOf(emulator),
				onError: 'continueRegularOutput',
			});
			expect(run.error).toBeUndefined();
			const [first] = run.outputs[0] ?? [];
			const { error = '', message = '' } = first?.json ?? {};
			const said = JSON.stringify({ error, message });
			const isRefused = emulator.requests.length === earlier;
			const body = emulator.evaluations[1]?.body ?? emulator.requests.at(-1)?.path ?? first?.json;
			const sent = JSON.stringify({ ...(typeof body === 'object' ? body : { request: body }) });
			if (isRefused) {
				expect(said.length).toBeLessThan(700);
				expect(error).toContain(label === 'Input Binary Field' ? "'" : `'${label}'`);
				expect(emulator.ledger()).toMatchObject({ submitted: 1 });
			}
			if (place && !isRefused && kind in SENT) {
				expect([kind, place(emulator)]).toEqual([kind, SENT[kind]]);
				sentKinds.push(kind);
			}
			return `| ${kind} | ${isRefused ? `refused: ${said}` : cut(sent)} |`;
		});
		table.push(`\n## ${label}\n\n| value | what came of it |\n| --- | --- |`);
		table.push(...(await Promise.all(tries)));
		if (place) expect(sentKinds).not.toEqual([]);
	},
);

async function submitOne(emulator: Emulator): Promise<string> {
	await new TestClient(emulator).submit();
	const { id } = emulator.evaluations[0]!;
	emulator.settle(id);
	return id;
}

function cut(text: string): string {
	return text.length > 300 ? `${text.slice(0, 200)}… (${text.length} characters)` : text;
}
