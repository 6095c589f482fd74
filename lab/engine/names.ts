export const RUNFLOW_NODE = 'n8n-nodes-runflow.runflow';
export const RUNFLOW_TRIGGER = 'n8n-nodes-runflow.runflowTrigger';
export const RUNFLOW_CREDENTIAL = 'runflowApi';
