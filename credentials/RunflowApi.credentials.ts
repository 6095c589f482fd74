import { UserError } from 'n8n-workflow';
import type {
	Icon,
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { strayInApiKey } from '../nodes/Runflow/api/apiKey';
import { isConfidential, parseUrl } from '../nodes/Runflow/api/address';
import { readBaseUrl } from '../nodes/Runflow/api/baseUrl';
import { apiKeyMessage, baseUrlMessage, proxyMessage } from '../nodes/Runflow/messages/failure';
import { isExposed } from '../nodes/Runflow/proxy';

const TEST_TIMEOUT_MS = 15_000;
/** What every answer of `/v1/auth/me` has, and no web page. */
const ALWAYS_THERE = ['id', 'email'];
const REDIRECTS = [301, 302, 303, 307, 308];

export class RunflowApi implements ICredentialType {
	name = 'runflowApi';

	displayName = 'Runflow API';

	icon: Icon = {
		light: 'file:../nodes/Runflow/runflow.svg',
		dark: 'file:../nodes/Runflow/runflow.dark.svg',
	};

	documentationUrl = 'https://docs.runflow.io/guides/evaluate-an-image';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. rf_live_…',
			hint: 'Create one at app.runflow.io under Settings > API Keys, with the scopes evaluations:create and evaluations:read',
			description:
				'Besides these two it needs evaluations:edit to send feedback, and assets:create and assets:edit to send binary files',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.runflow.io',
			description:
				'Only change this if Runflow gave you a different address, which starts with https://',
		},
		{
			displayName: 'Callback Secret',
			name: 'callbackSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. whsec_…',
			hint: 'Only for Runflow Trigger and Wait Mode Callback',
			description:
				"Your organization's callback signing secret, including the whsec_ prefix, which shows that a callback comes from Runflow",
		},
		{
			displayName: 'Previous Callback Secret',
			name: 'previousCallbackSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The old secret while you change to a new one: callbacks signed with either are accepted until you clear this field',
		},
		// n8n calls preAuthentication only for a type that has such a property.
		{
			displayName: 'Proxy',
			name: 'proxy',
			type: 'hidden',
			typeOptions: { expirable: true },
			default: '',
		},
	];

	/** Before every request with the credential, the Test button's too; it leaves nothing behind. */
	async preAuthentication(
		this: IHttpRequestHelper,
		{ baseUrl }: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const base = readBaseUrl(baseUrl);
		if ('problem' in base) return {};
		const { httpRequest } = this.helpers;
		if (await isExposed(base.url, async (options) => await httpRequest(options))) {
			const { message, description } = proxyMessage(parseUrl(base.url)?.hostname);
			throw new UserError(`${message}. ${description}`);
		}
		return {};
	}

	/**
	 * A function, because a generic block cannot keep the key from travelling over plain http or along
	 * a redirect: the HTTP Request node sends it wherever its user says.
	 */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const base = readBaseUrl(credentials.baseUrl);
		if ('problem' in base) throw new UserError(baseUrlMessage(base.problem).message);
		const target = parseUrl(addressOf(requestOptions), requestOptions.baseURL);
		if (target === undefined || !isConfidential(target)) {
			throw new UserError("The Runflow API key is only sent to an address with 'https://'");
		}
		const key = String(credentials.apiKey ?? '').trim();
		const stray = strayInApiKey(key);
		if (stray !== undefined) throw new UserError(apiKeyMessage(stray).message);
		return {
			...requestOptions,
			sendCredentialsOnCrossOriginRedirect: false,
			headers: { ...requestOptions.headers, Authorization: `Bearer ${key}` },
		};
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.trim()}}',
			url: '/v1/auth/me',
			disableFollowRedirect: true,
			timeout: TEST_TIMEOUT_MS,
		},
		rules: [
			...REDIRECTS.map((value) => ({
				type: 'responseCode' as const,
				properties: {
					value,
					message:
						'The Base URL leads to another address, and the API key is not sent along. Put the final address into the credential',
				},
			})),
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Runflow did not accept this API key. Paste a valid key from app.runflow.io',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no Runflow API at this Base URL',
				},
			},
			...ALWAYS_THERE.map((key) => ({
				type: 'responseSuccessBody' as const,
				properties: {
					key,
					value: undefined,
					message:
						'This Base URL answers, but not as the Runflow API does. It is usually https://api.runflow.io',
				},
			})),
			// n8n applies rules of both kinds; its type knows lists of one kind alone.
		] as ICredentialTestRequest['rules'],
	};
}

/** The HTTP Request node names its address as n8n did in the past. */
function addressOf(request: IHttpRequestOptions & { uri?: string }): string {
	return request.url ?? request.uri ?? '';
}
