/** n8n's real engine for tests and demo, with the types of this package registered. */
import './packageTypes';

export { keepBinaryDataInItems, storeBinaryDataOnDisk } from './binaryStorage';
export { testCredential } from './credentialTest';
export { listSearch, loadOptions, type ListSearchOptions, type LoadOptions } from './loadOptions';
export { RUNFLOW_CREDENTIAL, RUNFLOW_NODE, RUNFLOW_TRIGGER, RUNFLOW_VERSION } from './names';
export type { NodeOutcome, PlainError } from './outcome';
export { registerTypes, type ExtraTypes, type NodeTypeMap } from './registry';
export { recordLogs } from './logs';
export { retryFailed, retryFromStart } from './retry';
export { runWorkflow, type RunOptions, type WorkflowRun } from './run';
export {
	NODE_NAME,
	START_NAME,
	nodeRun,
	runNode,
	type NodeRun,
	type RunNodeOptions,
} from './runNode';
export { passThrough } from './standIns';
export { asAgentTool, callAsTool, type Tool, type ToolOptions } from './tool';
export {
	resumeByTimeout,
	resumeByWebhook,
	retryCrashed,
	type Resumption,
	type ResumeRequest,
} from './waiting';
export { callWebhook, callWebhookMethod, type TriggerOptions, type WebhookCall } from './webhook';
export { readWorkflowFile, runWorkflowFile, type WorkflowFileOptions } from './workflowFile';
