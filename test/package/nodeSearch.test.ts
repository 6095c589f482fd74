import { NodeSearchEngine } from '@n8n/ai-utilities/node-catalog';
import { reRankSearchResults } from '@n8n/utils/dist/search/re-rank-search-results';
import { sublimeSearch } from '@n8n/utils/dist/search/sublime-search';
import nodeList from '../../lab/n8n/nodeList.json';
import { Runflow } from '../../nodes/Runflow/Runflow.node';
import { RunflowTrigger } from '../../nodes/Runflow/RunflowTrigger.node';
import codex from '../../nodes/Runflow/Runflow.node.json';
import triggerCodex from '../../nodes/Runflow/RunflowTrigger.node.json';

const PREFIX = 'n8n-nodes-runflow.';
const RUNFLOW = `${PREFIX}runflow`;
/** As in n8n's editor. */
const POPULARITY_WEIGHT = 100;
/** As many nodes as n8n's AI builder takes from its search. */
const BUILDER_TAKES = 5;
/** No node of n8n has more. */
const MOST_ALIASES = 28;

interface Listed {
	key: string;
	properties: { displayName: string; codex: { alias: string[] } };
}

const listed = (key: string, displayName: string, alias: string[]): Listed => ({
	key,
	properties: { displayName, codex: { alias } },
});

const nodes = nodeList.map(([id, displayName, share, alias, inEditor]) => ({
	...{ id: String(id), displayName: String(displayName), share: Number(share) },
	...{ alias: [alias].flat().map(String), inEditor: inEditor === true },
}));
const inEditor = nodes
	.filter((node) => node.inEditor)
	.map(({ id, displayName, alias }) => listed(id, displayName, alias));
const popularity = Object.fromEntries(
	nodes.map(({ id, share }) => [id, share * POPULARITY_WEIGHT]),
);
const plain = { version: 1, inputs: [], outputs: [], description: '' };
const builder = new NodeSearchEngine([
	...nodes.map(({ id, displayName, alias }) => ({
		...plain,
		...{ name: id, displayName, codex: { alias } },
	})),
	...[new Runflow(), new RunflowTrigger()].map(({ description }, at) => ({
		...{ ...plain, ...description, name: `${PREFIX}${description.name}` },
		codex: at === 0 ? codex : triggerCodex,
	})),
]);

/** Where the node stands in n8n's node list after typing these words; the first is 1. */
function rankInEditor(words: string): number {
	const all = [...inEditor, listed(RUNFLOW, 'Runflow', codex.alias)];
	const found = reRankSearchResults(sublimeSearch(words.toLowerCase(), all), { popularity });
	return found.findIndex(({ item }) => item.key === RUNFLOW) + 1;
}

function rankInBuilder(words: string): number {
	const found = builder.searchByName(words, BUILDER_TAKES);
	return found.findIndex(({ name }) => name === RUNFLOW) + 1;
}

/**
 * That search takes each word alone: three nodes of n8n have one of these words in their own name, and
 * nine that ask people have the alias `approval`.
 */
const BEHIND_IN_BUILDER: Record<string, number> = {
	'check image': 4,
	'image check': 4,
	'image approval': 0,
};

it.each([
	...['evaluation', 'image evaluation', 'evaluate image', 'check image', 'score image'],
	...['verify image', 'quality gate', 'AI image', 'image audit', 'validate', 'submit'],
	...['detect bad images', 'prompt adherence', 'visual inspection', 'image scoring'],
	...['image defects', 'image validation', 'image quality', 'image check', 'image moderation'],
	...['brand safety', 'photo review', 'aesthetic score', 'reject image', 'image approval', 'qa'],
	...['defects', 'judge image', 'check image quality', 'image quality check', 'filter images'],
	...['balance', 'credits', 'run evaluation'],
])("'%s' finds the node among the first three, in both searches of n8n", (words) => {
	expect([1, 2, 3]).toContain(rankInEditor(words));
	const behind = BEHIND_IN_BUILDER[words];
	expect(behind === undefined ? [1, 2, 3] : [behind]).toContain(rankInBuilder(words));
});

it('the trigger is found by the same words, and neither has more of them than any node of n8n', () => {
	expect(triggerCodex.alias).toEqual(expect.arrayContaining(codex.alias));
	expect(triggerCodex.alias.length).toBeLessThanOrEqual(MOST_ALIASES);
});
