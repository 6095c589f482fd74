import { reRankSearchResults } from '@n8n/utils/dist/search/re-rank-search-results';
import { sublimeSearch } from '@n8n/utils/dist/search/sublime-search';
import nodeList from '../../lab/n8n/nodeList.json';
import codex from '../../nodes/Runflow/Runflow.node.json';
import triggerCodex from '../../nodes/Runflow/RunflowTrigger.node.json';

const RUNFLOW = 'n8n-nodes-runflow.runflow';
/** As in n8n's editor. */
const POPULARITY_WEIGHT = 100;

interface Listed {
	key: string;
	properties: { displayName: string; codex: { alias: string[] } };
}

const listed = (key: string, displayName: string, alias: string[]): Listed => ({
	key,
	properties: { displayName, codex: { alias } },
});

const nodes = nodeList.map(([key, displayName, , alias]) =>
	listed(String(key), String(displayName), [alias].flat().map(String)),
);
const popularity = Object.fromEntries(
	nodeList.map(([key, , share]) => [String(key), Number(share) * POPULARITY_WEIGHT]),
);

/** Where the node stands in n8n's node list after typing these words; the first is 1. */
function rankOf(words: string): number {
	const all = [...nodes, listed(RUNFLOW, 'Runflow', codex.alias)];
	const found = reRankSearchResults(sublimeSearch(words.toLowerCase(), all), { popularity });
	return found.findIndex(({ item }) => item.key === RUNFLOW) + 1;
}

it.each([
	['evaluation'],
	['image evaluation'],
	['evaluate image'],
	['check image'],
	['score image'],
	['verify image'],
	['quality gate'],
	['AI image'],
	['image audit'],
	['validate'],
	['submit'],
	['detect bad images'],
	['prompt adherence'],
	['visual inspection'],
	['image scoring'],
	['image defects'],
	['image validation'],
	['image quality'],
	['image check'],
	['image moderation'],
	['brand safety'],
	['photo review'],
	['aesthetic score'],
	['reject image'],
	['image approval'],
	['qa'],
	['defects'],
	['judge image'],
	['check image quality'],
	['image quality check'],
	['filter images'],
])('"%s" finds the node among the first three', (words) => {
	expect([1, 2, 3]).toContain(rankOf(words));
});

it('the trigger is found by the same words', () => {
	expect(triggerCodex.alias).toEqual(expect.arrayContaining(codex.alias));
});
