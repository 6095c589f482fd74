import {
	NodeApiError,
	NodeConnectionTypes,
	type ICredentialType,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type JsonObject,
	type IWebhookFunctions,
} from 'n8n-workflow';

const CREDENTIALS = [{ name: 'toyApi', required: true }];

export const toyApi: ICredentialType = {
	name: 'toyApi',
	displayName: 'Toy API',
	properties: [
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		{ displayName: 'API Key', name: 'apiKey', type: 'string', default: 'default-key' },
	],
	authenticate: {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	},
	test: {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/me' },
		rules: [{ type: 'responseCode', properties: { value: 401, message: 'Wrong key' } }],
	},
};

/** GETs the path of every item; parks if told so and goes on when a callback says "done". */
export const toy: INodeType = {
	description: {
		name: 'toy',
		displayName: 'Toy',
		description: 'Gets a path',
		group: ['transform'],
		version: 1,
		defaults: { name: 'Toy' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: CREDENTIALS,
		properties: [
			{ displayName: 'Path', name: 'path', type: 'string', default: '/' },
			{ displayName: 'Park', name: 'park', type: 'boolean', default: false },
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: '={{ $nodeId }}',
				isFullPath: true,
				restartWebhook: true,
				responseMode: 'onReceived',
				responseData: '',
			},
		],
	},
	methods: {
		loadOptions: {
			async paths() {
				const { apiKey } = await this.getCredentials('toyApi');
				return [{ name: String(apiKey), value: String(this.getCurrentNodeParameter('path')) }];
			},
		},
	},
	async execute(this: IExecuteFunctions) {
		const output: INodeExecutionData[] = [];
		for (const index of this.getInputData().keys()) {
			output.push(await getPath(this, index));
		}
		this.addExecutionHints({ message: `${output.length} fetched`, location: 'outputPane' });
		if (this.getNodeParameter('park', 0) !== true) return [output];
		const items = this.getInputData();
		for (const [index, item] of items.entries())
			item.json = { ...output[index]?.json, parked: true };
		await this.putExecutionToWait(new Date(Date.now() + 60_000));
		return [items];
	},
	async webhook(this: IWebhookFunctions) {
		const { say } = this.getBodyData();
		if (say === 'crash') throw new Error('webhook crashed');
		if (say !== 'done') return { webhookResponse: { pending: true } };
		const parked = this.evaluateExpression('{{ $input.all() }}') as unknown as INodeExecutionData[];
		const items = parked.map(({ json }, item) => ({
			json: { ...json, say },
			pairedItem: { item },
		}));
		return { webhookResponse: 'thanks', workflowData: [items] };
	},
};

async function getPath(context: IExecuteFunctions, index: number): Promise<INodeExecutionData> {
	const { baseUrl } = await context.getCredentials('toyApi', index);
	const path = String(context.getNodeParameter('path', index));
	try {
		const json = await context.helpers.httpRequestWithAuthentication.call(context, 'toyApi', {
			url: `${String(baseUrl)}${path}`,
			json: true,
		});
		return { json, pairedItem: { item: index } };
	} catch (error) {
		if (!context.continueOnFail()) {
			throw new NodeApiError(context.getNode(), error as JsonObject);
		}
		return { json: { error: 'failed' }, pairedItem: { item: index } };
	}
}

/** Counts its calls in the static data; answers the request itself if the query says so. */
export const toyTrigger: INodeType = {
	description: {
		name: 'toyTrigger',
		displayName: 'Toy Trigger',
		description: 'Counts calls',
		group: ['trigger'],
		version: 1,
		defaults: { name: 'Toy Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: CREDENTIALS,
		properties: [],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'toy',
				responseMode: 'onReceived',
				responseData: '',
			},
		],
	},
	webhookMethods: {
		default: {
			async checkExists() {
				return this.getWorkflowStaticData('node').url !== undefined;
			},
			async create() {
				this.getWorkflowStaticData('node').url = this.getNodeWebhookUrl('default');
				return true;
			},
			async delete() {
				return true;
			},
		},
	},
	async webhook(this: IWebhookFunctions) {
		const data = this.getWorkflowStaticData('node');
		data.calls = Number(data.calls ?? 0) + 1;
		this.logger.warn('called');
		const { rawBody }: { rawBody: Buffer } = this.getRequestObject();
		const workflowData = [[{ json: { raw: rawBody.toString(), body: this.getBodyData() } }]];
		if (!('early' in this.getQueryData())) return { workflowData };
		this.getResponseObject().status(202).json({ received: true });
		return { noWebhookResponse: true, workflowData };
	},
};
