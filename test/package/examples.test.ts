import { listExamples, readExample } from '../../lab/n8n/exampleFiles';
import { readRecords } from '../../lab/n8n/read';

it.each(listExamples())('%s says how it works and what to set up, and fixes no webhook', (file) => {
	const nodes = readRecords(readExample(file).nodes, 'nodes');
	const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
	expect(notes.map(({ name }) => name)).toEqual(['How It Works', 'Set Up']);
	expect(nodes.filter(({ webhookId }) => webhookId !== undefined)).toEqual([]);
	expect(JSON.stringify(nodes)).not.toMatch(/\?\?|\.join\(|\{\{[^}]* \? /);
});
