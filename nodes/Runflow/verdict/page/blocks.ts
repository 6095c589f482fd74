import { inOrderOfChange } from '../changes';
import type { Change } from '../verdict';
import { grouped } from '../decimals';
import type { Entry } from '../entry';
import { cut, percentText } from '../plain';
import type { Figures } from '../figures';
import { titleOf } from './card';
import { escapeHtml } from './escape';

const MOST_NAMES = 40;
const LONGEST_NAME = 60;

const HEADINGS: Array<{ change: Change; heading: string; css: string; mostNames: number }> = [
	{ change: 'newly_failing', heading: 'newly failing', css: 'n', mostNames: MOST_NAMES },
	{ change: 'recovered', heading: 'recovered', css: 'p', mostNames: MOST_NAMES },
	{ change: 'still_failing', heading: 'still failing', css: 'n', mostNames: 0 },
];

/** What is new since the rows were judged before, with links to the images. */
export function changesBlock({ changes }: Figures, entries: Entry[]): string {
	if (changes === undefined) return '';
	const changed = inOrderOfChange(entries);
	const lines = HEADINGS.flatMap(({ change, heading, css, mostNames }) => {
		const found = changed.filter((entry) => entry.change === change);
		if (found.length === 0) return [];
		const names = found
			.slice(0, mostNames)
			.map(
				(entry) =>
					`<a href="#i${entry.index}"><bdi>${escapeHtml(cut(titleOf(entry), LONGEST_NAME))}</bdi></a>`,
			);
		const rest = found.length - names.length;
		const more = rest === 0 || names.length === 0 ? '' : ` and ${grouped(rest)} more`;
		return [
			`<p class="${css}"><b class="c">${grouped(found.length)} ${heading}</b> ${names.join(', ')}${more}</p>`,
		];
	});
	const told = lines.length === 0 ? '<p>No change</p>' : lines.join('\n');
	return `<section class="news" aria-label="Since last time"><h2>Since last time</h2>\n${told}\n</section>\n`;
}

/** The figures by group, the worst first. */
export function groupsBlock({ groups, groupedBy = '' }: Figures): string {
	if (groups === undefined || groups.length === 0) return '';
	const rows = groups.map(({ group, total, passed, not_passed, no_verdict, cost }) => {
		const name = group === '' ? 'without one' : escapeHtml(group);
		const counts = [percentText(passed, total), passed, not_passed, no_verdict, total];
		const cells = [...counts.map((count) => (typeof count === 'string' ? count : grouped(count)))];
		return `<tr><th scope="row"><bdi>${name}</bdi></th>${[...cells, grouped(cost)].map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
	});
	const heads = ['Pass rate', 'Passed', 'Not passed', 'No verdict', 'Images', 'Credits'];
	return `<section class="groups" aria-label="By group"><h2>By <bdi>${escapeHtml(groupedBy)}</bdi></h2>
<div class="wide" tabindex="0"><table><thead><tr><td></td>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div></section>
`;
}
