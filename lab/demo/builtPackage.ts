/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';

import packageJson from '../../package.json';
import type { ExtraTypes } from '../engine';

const ROOT = path.join(__dirname, '../..');
const requireBuilt = createRequire(__filename);

/** The types that n8n would load from the built package, by the names that workflows store. */
export function builtPackage(): ExtraTypes {
	const nodes = packageJson.n8n.nodes.map((file) => instantiate<INodeType>(file));
	const credentials = packageJson.n8n.credentials.map((file) => instantiate<ICredentialType>(file));
	return {
		nodeTypes: Object.fromEntries(
			nodes.map((node) => [`${packageJson.name}.${node.description.name}`, node]),
		),
		credentialTypes: Object.fromEntries(credentials.map((each) => [each.name, each])),
	};
}

/** As n8n does it: the class has the name of its file. */
function instantiate<Type>(file: string): Type {
	const [name = ''] = path.basename(file).split('.');
	const exported = requireBuilt(path.join(ROOT, file)) as Record<string, new () => Type>;
	const Class = exported[name];
	if (!Class) throw new Error(`${file} exports no ${name}`);
	return new Class();
}
