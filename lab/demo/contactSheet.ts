/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { writeFileSync } from 'node:fs';
import type { INode, INodeExecutionData } from 'n8n-workflow';

import { RUNFLOW_NODE, RUNFLOW_VERSION, runWorkflow, type ExtraTypes } from '../engine';
import { IMAGE_FOLDER, URL_PREFIX } from './audit';
import { readPicture } from './pictures';

const REPORT: INode = {
	id: 'report',
	name: 'Create Report',
	type: RUNFLOW_NODE,
	typeVersion: RUNFLOW_VERSION,
	position: [0, 0],
	parameters: { resource: 'evaluation', operation: 'createReport', title: 'Image audit' },
};

/**
 * Writes the contact sheet that the node's Create Report makes of the results, and returns the
 * report's message. The demo's images are at no address: their files take the place of the URLs.
 */
export async function writeContactSheet(
	results: INodeExecutionData[],
	file: string,
	types: ExtraTypes = {},
): Promise<string> {
	const { node } = await runWorkflow({
		nodes: [REPORT],
		connections: {},
		input: results,
		nodeTypes: types.nodeTypes,
		credentialTypes: types.credentialTypes,
	});
	const { outputs, error } = node(REPORT.name);
	const [item] = outputs[0] ?? [];
	const sheet = item?.binary?.report;
	if (sheet === undefined) throw new Error(error?.message ?? 'There is no contact sheet');
	writeFileSync(file, await withPictures(Buffer.from(sheet.data, 'base64').toString()));
	return String(item?.json.text);
}

async function withPictures(html: string): Promise<string> {
	const [first = '', ...parts] = html.split(`src="${URL_PREFIX}`);
	const place = { urlPrefix: URL_PREFIX, folder: IMAGE_FOLDER };
	const shown = parts.map(async (part) => {
		const [name = ''] = part.split('"');
		const picture = await readPicture(URL_PREFIX + name, place);
		const source = picture.kind === 'image' ? picture.dataUri : URL_PREFIX + name;
		return `src="${source}${part.slice(name.length)}`;
	});
	return [first, ...(await Promise.all(shown))].join('');
}
