import './environment';

import { getAdditionalKeys } from 'n8n-core';
import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	isExpression,
	type IAuthenticateGeneric,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type ICredentialType,
	type IHttpRequestHelper,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { NodeTypeRegistry, type CredentialTypeMap } from './registry';

/** Credential data by credential type name, as the user typed it (defaults are added on reading). */
export type CredentialDataMap = Record<string, ICredentialDataDecryptedObject>;

const REQUEST_PARTS = ['headers', 'qs', 'body', 'auth'] as const;

const DUMMY_NODE: INode = {
	id: 'credential',
	name: 'Credential',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** The credentials helper of n8n's CLI without its database: defaults, expressions, `authenticate`. */
export class EngineCredentialsHelper extends ICredentialsHelper {
	constructor(
		private readonly types: CredentialTypeMap,
		private readonly data: CredentialDataMap,
	) {
		super();
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type(typeName);
		if (!authenticate) return request;
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		if (!workflow || !node) throw new Error('Declarative authentication needs workflow and node');
		const resolve = (text: string) => resolveText(text, credentials, workflow, node);
		return applyGenericBlock(authenticate, request, resolve);
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		values?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.data[type];
		if (!stored) throw new Error(`No data given for the credential "${type}"`);
		if (raw) return { ...stored };
		const data = this.withDefaults(type, stored);
		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		if (values) {
			return asCredentialData(
				values.workflow.expression.getParameterValue(
					data,
					values.runExecutionData,
					values.runIndex,
					values.itemIndex,
					values.node.name,
					values.connectionInputData,
					mode,
					keys,
					executeData,
					false,
					data,
				),
			);
		}
		const { expression } = new Workflow({
			nodes: [DUMMY_NODE],
			connections: {},
			active: false,
			nodeTypes: new NodeTypeRegistry(),
		});
		return asCredentialData(
			expression.getComplexParameterValue(DUMMY_NODE, data, mode, keys, undefined, undefined, data),
		);
	}

	/** The data with the defaults of the credential type's properties. */
	withDefaults(type: string, data: ICredentialDataDecryptedObject): INodeParameters {
		const properties = this.getCredentialsProperties(type);
		const given = asParameters(data);
		return NodeHelpers.getNodeParameters(properties, given, true, false, null, null) ?? {};
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.type(type).properties;
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	/** As n8n's own, but what a type wants stored is not. */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<undefined> {
		const { properties, preAuthentication } = this.type(typeName);
		const isExpirable = ({ type, typeOptions }: INodeProperties) =>
			type === 'hidden' && typeOptions?.expirable === true;
		if (properties.some(isExpirable)) await preAuthentication?.call(helpers, credentials);
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('The engine harness has no stored credentials');
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	private type(name: string): ICredentialType {
		const type = this.types[name];
		if (!type) throw new Error(`Unknown credential type "${name}"`);
		return type;
	}
}

function applyGenericBlock(
	{ properties }: IAuthenticateGeneric,
	request: IHttpRequestOptions,
	resolve: (text: string) => string,
): IHttpRequestOptions {
	for (const part of REQUEST_PARTS) {
		const entries = properties[part];
		if (!entries) continue;
		const resolved = Object.entries(entries).map(([key, value]) => [
			resolve(key),
			resolve(String(value)),
		]);
		Object.assign(request, {
			[part]: Object.assign(request[part] ?? {}, Object.fromEntries(resolved)),
		});
	}
	return request;
}

function resolveText(
	text: string,
	credentials: ICredentialDataDecryptedObject,
	workflow: Workflow,
	node: INode,
): string {
	if (!isExpression(text)) return text;
	const keys = { $credentials: credentials };
	const value = workflow.expression.getSimpleParameterValue(
		node,
		text,
		'internal',
		keys,
		undefined,
		'',
	);
	return value ? String(value) : '';
}

/** n8n types both as loose JSON objects, but not as the same one. */
function asParameters(data: ICredentialDataDecryptedObject): INodeParameters {
	return data as INodeParameters;
}

function asCredentialData(value: unknown): ICredentialDataDecryptedObject {
	if (typeof value !== 'object' || value === null) throw new Error('Credential data is no object');
	return { ...value };
}
