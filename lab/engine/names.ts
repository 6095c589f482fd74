export const RUNFLOW_NODE = 'n8n-nodes-runflow.runflow';
/** Of both nodes. */
export const RUNFLOW_VERSION = 1.1;
export const RUNFLOW_TRIGGER = 'n8n-nodes-runflow.runflowTrigger';
export const RUNFLOW_CREDENTIAL = 'runflowApi';
