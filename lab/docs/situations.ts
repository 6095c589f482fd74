import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Emulator, EmulatorOptions } from '../emulator';
import type { RunNodeOptions } from '../engine';

/** A mistake or a misfortune that a builder meets, and how to bring it about. */
export interface Situation {
	when: string;
	parameters?: INodeParameters;
	/** The items; one with an image address by default. */
	items?: IDataObject[];
	/** What the emulator does. */
	api?: Partial<EmulatorOptions>;
	prepare?: (emulator: Emulator) => void;
	options?: RunNodeOptions;
}

const UNKNOWN_ID = '6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11';

const LOOK: INodeParameters = { evaluationId: UNKNOWN_ID };
const wrongKey = (parameters?: INodeParameters): Situation => ({
	when: 'The API key is wrong or was revoked',
	parameters,
	options: { apiKey: 'rf_live_wrong' },
});
const noScope = (apiKey: string, parameters?: INodeParameters): Situation => ({
	when: 'The API key may not do this',
	parameters,
	options: { apiKey },
});
const outage = (parameters?: INodeParameters): Situation => ({
	when: 'Runflow is down for minutes',
	parameters,
	api: {
		forcedAnswers: [
			{
				pathPrefix: '/v1/',
				status: 503,
				body: 'Service Unavailable',
				headers: { 'retry-after': '0' },
			},
		],
	},
});
const LOOK_AT_RUN: INodeParameters = { runId: '={{ $json.run_id }}' };
const RUN = [{ run_id: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b' }];
const ACCOUNT: INodeParameters = { resource: 'account' };
const READING: Situation[] = [
	{
		when: 'The cell with the ID is empty',
		parameters: { evaluationId: '={{ $json.id }}' },
		items: [{ id: '' }],
	},
	{
		when: "The ID is the row's own, here of Airtable",
		parameters: { evaluationId: '={{ $json.evaluation_id || $json.id }}' },
		items: [{ id: 'recA1B2C3D4E5F6G7', fields: { evaluation_id: UNKNOWN_ID } }],
	},
	{ when: 'The ID is wrong, or belongs to another organization', parameters: LOOK },
	wrongKey(LOOK),
];

const URL = 'https://images.example.com/shoe.png';
const urls = (count: number) => Array.from({ length: count }, () => ({ url: URL }));
const more = (fields: INodeParameters): INodeParameters => ({ additionalFields: fields });

const SUBMITTING: Situation[] = [
	{ when: 'The cell with the image is empty in row 2', items: [{ url: URL }, { url: '' }] },
	{
		when: 'The address is a page about the image',
		items: [{ url: 'https://www.figma.com/design/1AbC/Shoe' }],
	},
	{
		when: 'The address works on your computer only',
		items: [{ url: 'http://localhost:3000/shoe.png' }],
	},
	{
		when: 'The item has no file',
		parameters: { imageSource: 'binary', binaryPropertyName: 'data' },
	},
	{
		when: 'The expression names a node that does not exist',
		parameters: { generatedImageUrl: "={{ $('Image').item.json.url }}" },
	},
	{ when: 'Task Type is empty', parameters: { taskType: '={{ $json.kind }}' } },
	{ when: 'Runflow does not take a value', parameters: more({ jobClass: 'nope' }) },
	{
		when: '3 rows would cost more than allowed',
		items: urls(3),
		parameters: more({ maximumCost: 1 }),
	},
	{
		when: 'The balance ends after 2 of 3 rows',
		items: urls(3),
		prepare: ({ options, evaluations }) => {
			options.latency = 'manual';
			options.outcome = () => {
				if (evaluations.length === 1) options.balance = '0.100000';
				return undefined;
			};
		},
	},
	wrongKey(),
	noScope('rf_live_readonly'),
	{
		when: 'The account works on other evaluations only, until the timeout',
		parameters: { options: { timeoutSeconds: 1 } },
		api: { inFlightCap: 0 },
	},
	outage(),
];

/** By operation, what its page shows; in the order in which a builder may meet it. */
export const SITUATIONS: Record<string, Situation[]> = {
	submit: SUBMITTING,
	submitAndWait: [
		...SUBMITTING,
		{
			when: 'The verdict takes longer than the timeout',
			parameters: { options: { timeoutSeconds: 1 } },
			api: { latency: 'manual' },
		},
		{
			when: 'Wait Mode Callback, and Runflow cannot reach this n8n',
			parameters: { options: { waitMode: 'callback' } },
			options: { credential: { baseUrl: 'https://api.runflow.io' } },
		},
	],
	get: [...READING, noScope('rf_live_noscopes', LOOK), outage(LOOK)],
	wait: [
		...READING,
		noScope('rf_live_noscopes', LOOK),
		outage({ ...LOOK, options: { timeoutSeconds: 1 } }),
	],
	sendFeedback: [...READING, noScope('rf_live_readonly', LOOK), outage(LOOK)],
	listJobClasses: [wrongKey(), outage()],
	getMany: [
		{ when: 'The cell with the run is empty', parameters: LOOK_AT_RUN, items: [{ run_id: '' }] },
		{
			when: 'The run is unknown, or belongs to another organization',
			parameters: LOOK_AT_RUN,
			items: RUN,
			api: { runWithoutEvaluations: 404 },
		},
		{ ...noScope('rf_live_noscopes', LOOK_AT_RUN), items: RUN },
	],
	getBalance: [wrongKey(ACCOUNT), noScope('rf_live_readonly', ACCOUNT), outage(ACCOUNT)],
	createReport: [
		{
			when: 'A number is given as a word',
			parameters: { options: { worstCount: '={{ "many" }}' } },
		},
	],
};
