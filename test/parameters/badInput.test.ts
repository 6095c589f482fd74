import type { INodeParameters, NodeParameterValueType } from 'n8n-workflow';

import { operate, seenError } from '../../lab/scenario/evaluate';
import { shareEmulator } from '../../lab/scenario/useEmulator';

const emulator = shareEmulator();

afterEach(() => {
	emulator.reset();
});

interface Refusal {
	/** One parameter takes its value from the row. */
	parameters: INodeParameters;
	good: NodeParameterValueType;
	bad: NodeParameterValueType;
	message: string;
	description: string;
}

const VALUE = '={{ $json.value }}';
const ADDRESS = 'https://images.example.com/a.png';
const ID = '6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11';
const REFERENCE = { source: 'url', url: ADDRESS, kind: '', description: '' };

const JUDGE = { operation: 'submitAndWait', generatedImageUrl: ADDRESS };
const lacking = (what: string, done = 'submitted') =>
	`${what}. Nothing was ${done}. Filter such rows out before this node, or set 'On Error' in its settings to Continue`;
const GIVE_ID =
	"Use the 'evaluation_id' that Submit or Runflow Trigger gives, for example with the expression {{ $json.evaluation_id }}";
const SCORE = 'Enter a number from 0 to 1, or an expression that gives one';
const CHOOSE = 'Choose from the list, or correct the expression';
const OBJECT = 'Enter names and values in braces, for example { "aspect_ratio": "9:16" }';

const additional = (field: string) => ({ ...JUDGE, additionalFields: { [field]: VALUE } });
const minimum = { passCriterion: 'score', minimumScore: VALUE };

const REFUSALS: Refusal[] = [
	{
		parameters: { ...JUDGE, generatedImageUrl: VALUE },
		good: ADDRESS,
		bad: '',
		message: 'Row 3 of 3 has no image address',
		description: lacking("'Generated Image URL' is empty"),
	},
	{
		parameters: { ...JUDGE, generatedImageUrl: VALUE },
		good: ADDRESS,
		bad: 'http://images.example.com/eperm.png',
		message: "'Generated Image URL' is not an address that Runflow can read",
		description:
			'It must start with https://, runflow://assets/ or data:image/ and was: http://images.example.com/eperm.png. Perhaps you mean https://images.example.com/eperm.png',
	},
	{
		parameters: { ...JUDGE, taskType: VALUE },
		good: 'headshot',
		bad: '  ',
		message: 'Row 3 of 3 has no task type',
		description: lacking("'Task Type' is empty"),
	},
	{
		parameters: {
			...JUDGE,
			additionalFields: {
				referenceImages: { values: [REFERENCE, { ...REFERENCE, url: VALUE }] },
			},
		},
		good: ADDRESS,
		bad: '',
		message: 'Row 3 of 3 has no reference image',
		description: lacking("'Reference Images > 2 > URL' gives no image").replace(
			'Filter',
			"To judge such rows without this reference, switch on its 'Skip If Empty'. Or filter",
		),
	},
	{
		parameters: additional('inputAttributes'),
		good: '{ "a": 1 }',
		bad: '{ "a": ',
		message: "'Input Attributes' is not a JSON object",
		description: `It is the text "{ "a": ". ${OBJECT}`,
	},
	{
		parameters: additional('inputAttributes'),
		good: { a: 1 },
		bad: '[1]',
		message: "'Input Attributes' is not a JSON object",
		description: `It is the text "[1]". ${OBJECT}`,
	},
	{
		parameters: additional('runId'),
		good: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
		bad: 'run 7',
		message: "'Run ID' is not the ID of a run",
		description: 'The ID of a Runflow run looks like 0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
	},
	{
		parameters: {
			operation: 'submit',
			generatedImageUrl: ADDRESS,
			additionalFields: { callbackUrl: VALUE },
		},
		good: 'https://n8n.example.com/webhook/x',
		bad: 'n8n.example.com/webhook/x',
		message: "'Callback URL' is not a web address",
		description: 'Copy the Production URL of a Runflow Trigger node; it starts with https://',
	},
	{
		parameters: additional('idempotencyKey'),
		good: 'x'.repeat(255),
		bad: 'x'.repeat(256),
		message: "'Idempotency Key' is longer than 255 characters",
		description:
			'It has 256. Use a shorter key, for example the row number and the name of the image',
	},
	{
		parameters: { ...JUDGE, options: minimum },
		good: 1,
		bad: 1.01,
		message: "'Minimum Score' must be a number from 0 to 1",
		description: `It is the number 1.01. ${SCORE}`,
	},
	{
		parameters: { ...JUDGE, options: minimum },
		good: '0',
		bad: '70 %',
		message: "'Minimum Score' must be a number from 0 to 1",
		description: `It is the text "70 %". ${SCORE}`,
	},
	{
		parameters: { ...JUDGE, options: { passCriterion: VALUE } },
		good: 'overall',
		bad: 'both',
		message: "'Minimum Score' is missing",
		description: "The chosen 'Pass Criterion' needs it: add 'Minimum Score' beside it",
	},
	{
		parameters: { ...JUDGE, options: { passCriterion: VALUE } },
		good: 'overall',
		bad: 'Score',
		message: "'Pass Criterion' must be overall, score or both",
		description: `It is the text "Score". ${CHOOSE}`,
	},
	...['get', 'wait', 'sendFeedback'].flatMap((operation) => [
		{
			parameters: { operation, evaluationId: VALUE },
			good: ID,
			bad: '',
			message: 'Row 3 of 3 has no evaluation ID',
			description: lacking("'Evaluation ID' is empty", 'sent'),
		},
		{
			parameters: { operation, evaluationId: VALUE },
			good: ID,
			bad: '../auth/me',
			message: "'Evaluation ID' is not an evaluation's ID",
			description: GIVE_ID,
		},
	]),
	{
		parameters: { operation: 'sendFeedback', evaluationId: ID, feedback: VALUE },
		good: 'clear',
		bad: 'maybe',
		message: "'Feedback' must be positive, negative or clear",
		description: `It is the text "maybe". ${CHOOSE}`,
	},
	{
		parameters: {
			operation: 'sendFeedback',
			evaluationId: ID,
			feedback: 'negative',
			reason: VALUE,
		},
		good: 'x'.repeat(2_000),
		bad: 'x'.repeat(2_001),
		message: "'Reason' is longer than 2,000 characters",
		description: 'It has 2,001. Shorten the reason',
	},
];

it.each(
	REFUSALS.map((refusal) => ({
		name: `${refusal.message} (${String(refusal.parameters.operation)})`,
		...refusal,
	})),
)(
	'a bad last row costs nothing: $name',
	async ({ parameters, good, bad, message, description }) => {
		const items = [good, good, bad].map((value) => ({ json: { value } }));
		const run = await operate(emulator, parameters, items);
		expect(run.status).toBe('error');
		expect(seenError(run)).toEqual({
			message,
			description,
			item: message.startsWith('Row') ? undefined : 2,
		});
		expect(emulator.requests).toEqual([]);

		const unknownKey = { apiKey: 'rf_live_wrong' };
		await operate(emulator, parameters, items.slice(0, 1), unknownKey);
		expect(emulator.requests).not.toEqual([]);
	},
);

it.each([
	[0, 'the number 0'],
	[-5, 'the number -5'],
	[604_801, 'the number 604801'],
	['soon', 'the text "soon"'],
])('a timeout of %p is refused', async (timeoutSeconds, said) => {
	const run = await operate(emulator, {
		...JUDGE,
		options: { timeoutSeconds: `={{ ${JSON.stringify(timeoutSeconds)} }}` },
	});
	expect(seenError(run)).toEqual({
		message: "'Timeout (Seconds)' must be a number from 1 to 604800",
		description: `It is ${said}. Enter a number from 1 to 604800, or an expression that gives one`,
		item: 0,
	});
	expect(emulator.requests).toEqual([]);
});
