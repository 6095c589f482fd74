import './environment';

import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type INode,
	type INodeCredentialTestResult,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

import { createAdditionalData } from './additionalData';
import { EngineCredentialsHelper } from './credentials';
import { RUNFLOW_CREDENTIAL } from './names';
import { isRecord } from './outcome';
import { credentialTypes, type ExtraTypes } from './registry';
import { describeStandIn } from './standInDescription';
import { createWorkflow, getNode } from './workflow';

/** What the Test button of a credential shows: n8n's own RoutingNode sends the declarative request. */
export async function testCredential(
	data: ICredentialDataDecryptedObject,
	{ type = RUNFLOW_CREDENTIAL, ...extra }: ExtraTypes & { type?: string } = {},
): Promise<INodeCredentialTestResult> {
	const types = credentialTypes(extra);
	const test = types[type]?.test;
	if (!test) return failure('No testing function found for this credential.');
	const credentials = { [type]: data };
	const decrypted = new EngineCredentialsHelper(types, credentials).withDefaults(type, data);
	let output: INodeExecutionData[][] | undefined;
	try {
		output = await createRoutingNode(type, test, { ...data, ...decrypted }, extra).runNode();
	} catch (error) {
		return failure(failureMessage(error, test));
	}
	const body = output?.[0]?.[0]?.json;
	for (const rule of test.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		const { key, value, message } = rule.properties;
		if (readPath(body, String(key)) === value) return failure(String(message));
	}
	return { status: 'OK', message: 'Connection successful!' };
}

function createRoutingNode(
	type: string,
	{ request }: ICredentialTestRequest,
	data: object,
	extra: ExtraTypes,
): RoutingNode {
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'test.credential',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id: type, name: type } },
	};
	const nodeType: INodeType = {
		description: {
			...describeStandIn('noOp', [
				{ displayName: 'Temp', name: 'temp', type: 'string', routing: { request }, default: '' },
			]),
			credentials: [{ name: type, required: true }],
		},
	};
	const options = {
		...extra,
		nodeTypes: { ...extra.nodeTypes, [node.type]: nodeType },
		nodes: [node],
		connections: {},
	};
	const decrypted: ICredentialDataDecryptedObject = { ...data };
	const additionalData = createAdditionalData(
		{ ...options, credentials: { [type]: decrypted } },
		'internal',
	);
	const workflow = createWorkflow(options);
	const built = getNode(workflow, node.name);
	const context = new ExecuteContext(
		workflow,
		built,
		additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node: built, data: {}, source: null },
		[],
	);
	return new RoutingNode(context, nodeType, { id: type, name: type, type, data: decrypted });
}

function failureMessage(error: unknown, { rules }: ICredentialTestRequest): string {
	const cause = isRecord(error) ? error.cause : undefined;
	const response = isRecord(cause) ? cause.response : undefined;
	if (isRecord(response)) {
		for (const rule of rules ?? []) {
			if (rule.type !== 'responseCode' || rule.properties.value !== response.status) continue;
			return String(rule.properties.message);
		}
		return String(response.statusText || `Received HTTP status code: ${String(response.status)}`);
	}
	if (isRecord(cause) && cause.code) return String(cause.code);
	return error instanceof Error ? error.message : String(error);
}

function failure(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}

function readPath(value: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}
