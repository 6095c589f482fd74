/**
 * The page's only script: search, pictures that cannot be shown, and all pictures for printing.
 * Without it, as in a preview that runs no scripts, everything else works.
 */
export const SCRIPT = `
'use strict';
const cards = [...document.querySelectorAll('article')];
const sections = [...document.querySelectorAll('main section')];
const search = document.querySelector('#search');
const none = document.querySelector('#none');
let texts;
search.hidden = false;
search.addEventListener('input', () => {
	texts ??= cards.map((card) => card.textContent.toLowerCase());
	const words = search.value.toLowerCase().split(/\\s+/);
	cards.forEach((card, at) => {
		card.hidden = !words.every((word) => texts[at].includes(word));
	});
	for (const section of sections) {
		section.hidden = !section.querySelector('article:not([hidden])');
	}
	none.hidden = sections.some((section) => !section.hidden);
});
const showTile = (image) => {
	const tile = document.createElement('span');
	tile.textContent = 'Picture not available';
	image.replaceWith(tile);
};
for (const image of document.images) {
	if (image.complete && image.naturalWidth === 0) showTile(image);
}
const whenFailed = ({ target }) => {
	if (target instanceof HTMLImageElement) showTile(target);
};
document.addEventListener('error', whenFailed, true);
const loadAll = () => {
	for (const image of document.images) image.loading = 'eager';
};
addEventListener('beforeprint', loadAll);
if (cards.length <= 500) addEventListener('load', loadAll);
`;
