import './environment';

import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import type { IWorkflowExecuteAdditionalData, WorkflowExecuteMode } from 'n8n-workflow';

import { EngineCredentialsHelper, type CredentialDataMap } from './credentials';
import { credentialTypes, type ExtraTypes } from './registry';

export const WORKFLOW_ID = 'workflow1';
const EXECUTION_ID = '1';
export const INSTANCE_URL = 'http://localhost:5678';

/** What every call into the engine can be given. */
export interface EngineOptions extends ExtraTypes {
	/** Credential data by credential type name. */
	credentials?: CredentialDataMap;
	/** Default `workflow1`. */
	workflowId?: string;
	/** Default `1`. */
	executionId?: string;
	/** The address n8n says it has (`WEBHOOK_URL`), without a slash at the end. */
	instanceUrl?: string;
}

/** What n8n's CLI hands to the engine with every run: credentials, addresses, hooks. */
export function createAdditionalData(
	options: EngineOptions,
	mode: WorkflowExecuteMode,
): IWorkflowExecuteAdditionalData {
	const { executionId = EXECUTION_ID, instanceUrl = INSTANCE_URL } = options;
	const workflowData = {
		id: WORKFLOW_ID,
		name: 'Test',
		active: false,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		activeVersionId: null,
		nodes: [],
		connections: {},
	};
	return {
		executionId,
		workflowId: WORKFLOW_ID,
		credentialsHelper: new EngineCredentialsHelper(
			credentialTypes(options),
			options.credentials ?? {},
		),
		hooks: new ExecutionLifecycleHooks(mode, executionId, workflowData),
		externalSecretsProxy: new ExternalSecretsProxy(),
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: `${instanceUrl}/rest`,
		instanceBaseUrl: `${instanceUrl}/`,
		formBaseUrl: `${instanceUrl}/form`,
		formWaitingBaseUrl: `${instanceUrl}/form-waiting`,
		formTestBaseUrl: `${instanceUrl}/form-test`,
		webhookBaseUrl: `${instanceUrl}/webhook`,
		webhookWaitingBaseUrl: `${instanceUrl}/webhook-waiting`,
		webhookTestBaseUrl: `${instanceUrl}/webhook-test`,
		mcpBaseUrl: `${instanceUrl}/mcp`,
		mcpTestBaseUrl: `${instanceUrl}/mcp-test`,
		setExecutionStatus: () => {},
		logAiEvent: () => {},
		executeWorkflow: async () => await unavailable('sub-workflows'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: async () => await unavailable('task runners'),
	};
}

async function unavailable(what: string): Promise<never> {
	throw new Error(`The engine harness has no ${what}`);
}
