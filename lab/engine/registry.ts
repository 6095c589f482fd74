import {
	NodeHelpers,
	type ICredentialType,
	type IDataObject,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';

import { STAND_INS } from './standIns';
import { asTool } from './toolType';

/** Node types by the full name that workflows store, for example `n8n-nodes-base.noOp`. */
export type NodeTypeMap = Record<string, INodeType | IVersionedNodeType>;
export type CredentialTypeMap = Record<string, ICredentialType>;

/** What a call adds to, or replaces in, the registered types. */
export interface ExtraTypes {
	nodeTypes?: NodeTypeMap;
	credentialTypes?: CredentialTypeMap;
}

const registered: Required<ExtraTypes> = { nodeTypes: { ...STAND_INS }, credentialTypes: {} };

/** Makes types known to every later call. */
export function registerTypes({ nodeTypes, credentialTypes }: ExtraTypes): void {
	Object.assign(registered.nodeTypes, nodeTypes);
	Object.assign(registered.credentialTypes, credentialTypes);
}

/** The registered credential types and those of the call. */
export function credentialTypes(extra: ExtraTypes = {}): CredentialTypeMap {
	return { ...registered.credentialTypes, ...extra.credentialTypes };
}

/**
 * The registered node types and those of the call. A name that ends in `Tool` gives the AI tool n8n
 * makes of a node that is `usableAsTool`. Non-versioned types answer to every version.
 */
export class NodeTypeRegistry implements INodeTypes {
	private readonly types: NodeTypeMap;

	constructor(extra: ExtraTypes = {}) {
		this.types = { ...registered.nodeTypes, ...extra.nodeTypes };
	}

	getByName(name: string): INodeType | IVersionedNodeType {
		const type = this.types[name];
		if (type) return type;
		const base = name.endsWith('Tool') ? this.types[name.slice(0, -'Tool'.length)] : undefined;
		if (!base) throw new Error(`Unknown node type "${name}"`);
		return asTool(NodeHelpers.getVersionedNodeType(base));
	}

	getByNameAndVersion(name: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(name), version);
	}

	getKnownTypes(): IDataObject {
		return {};
	}
}
