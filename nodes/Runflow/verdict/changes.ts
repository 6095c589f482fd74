import { masked } from '../api/mask';
import type { Entry } from './entry';
import type { Change } from './verdict';

const ORDER: Change[] = ['newly_failing', 'recovered', 'still_failing'];

/** A change as the report's item has it. */
export interface ChangedRow {
	change: Change;
	client_ref: string;
	title: string;
	reason: string;
	weighted_pass_rate: number | null;
	generated_image_url: string;
	evaluation_id: string;
	/** Since when it fails, as far as the row tells; '' for what does not fail or is not known. */
	failing_since: string;
}

/** Notes in each entry what changed; what has no verdict now has neither failed nor recovered. */
export function findChanges(entries: Entry[]): void {
	for (const entry of entries) {
		if (entry.earlier === undefined) continue;
		const failedBefore = entry.earlier.verdict === 'not_passed';
		if (entry.verdict === 'not_passed') {
			entry.change = failedBefore ? 'still_failing' : 'newly_failing';
		} else if (entry.verdict === 'passed' && failedBefore) entry.change = 'recovered';
	}
}

/** The entries with a change: newly failing first, then recovered, then still failing. */
export function inOrderOfChange(entries: Entry[]): Entry[] {
	return ORDER.flatMap((change) => entries.filter((entry) => entry.change === change));
}

export function changedRow(entry: Entry, change: Change): ChangedRow {
	const { clientRef = '', title = '', reason, score, imageUrl = '', id = '' } = entry;
	return {
		change,
		client_ref: clientRef,
		title,
		reason: reason ?? '',
		weighted_pass_rate: score ?? null,
		generated_image_url: masked(imageUrl),
		evaluation_id: id,
		failing_since: failingSince(entry),
	};
}

/** A row that is judged anew each time fails at least since the last time. */
export function failingSince({ change, earlier, completed }: Entry): string {
	if (change === 'recovered') return '';
	const known = change === 'still_failing' ? [earlier?.since, completed] : [completed];
	const moments = known.filter((moment) => moment !== undefined);
	return moments.sort((a, b) => a.ms - b.ms)[0]?.text ?? '';
}
