/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { readExample } from '../../lab/n8n/exampleFiles';
import { isRecord, readRecords } from '../../lab/n8n/read';

/** Node types that n8n 3.0 removed, after "n8n-nodes-base.". */
const REMOVED = ['cron', 'function', 'functionItem', 'interval', 'itemLists', 'openAi', 'start'];
const AGENT = '@n8n/n8n-nodes-langchain.agent';

const files = readdirSync(path.join(__dirname, '../../examples')).filter((file) =>
	file.endsWith('.json'),
);

it.each(files)('%s runs in n8n 3.0, as far as its nodes are concerned', (file) => {
	const nodes = readRecords(readExample(file).nodes, 'nodes');
	const gone = nodes.filter(
		({ type, typeVersion }) =>
			REMOVED.some((name) => type === `n8n-nodes-base.${name}`) ||
			(type === AGENT && Number(typeVersion) < 2),
	);
	expect(gone).toEqual([]);
	const sources = nodes.map(({ parameters }) => isRecord(parameters) && parameters.source);
	expect(sources).not.toContain('localFile');
	expect(JSON.stringify(nodes)).not.toContain('$getPairedItem');
});
