/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { resolve } from 'node:path';
import { OWNER, type Owner } from '../client';

/** An n8n that somebody else started. */
export interface ExternalN8n {
	/** Without a slash at its end. */
	url: string;
	/** The user folder that `--prepare` made and this n8n was started with. */
	folder: string;
	/** Who signs in; a fresh n8n gets this owner. */
	owner: Owner;
}

/** What `N8N_EXTERNAL_URL` and its companions name; undefined when n8n is to be started here. */
export function readExternal(env: NodeJS.ProcessEnv = process.env): ExternalN8n | undefined {
	const { N8N_EXTERNAL_URL: url, N8N_EXTERNAL_FOLDER: folder, N8N_EXTERNAL_OWNER: named } = env;
	if (url === undefined || url === '') return undefined;
	if (folder === undefined || folder === '') {
		throw new Error('N8N_EXTERNAL_URL needs N8N_EXTERNAL_FOLDER: the folder that --prepare made');
	}
	const [email = '', password] = (named ?? '').split(/:(.*)/s);
	const owner = password === undefined ? OWNER : { ...OWNER, email, password };
	return { url: url.replace(/\/+$/, ''), folder: resolve(folder), owner };
}
