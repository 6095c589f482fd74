import { RunflowApi } from '../../credentials/RunflowApi.credentials';
import { Runflow } from '../../nodes/Runflow/Runflow.node.ts';
import { RunflowTrigger } from '../../nodes/Runflow/RunflowTrigger.node.ts';
import { RUNFLOW_CREDENTIAL, RUNFLOW_NODE, RUNFLOW_TRIGGER } from './names';
import { registerTypes } from './registry';

registerTypes({
	nodeTypes: { [RUNFLOW_NODE]: new Runflow(), [RUNFLOW_TRIGGER]: new RunflowTrigger() },
	credentialTypes: { [RUNFLOW_CREDENTIAL]: new RunflowApi() },
});
