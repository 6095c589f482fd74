import type { Plan } from '../billing/types';
import type { NodeDesk } from '../desk';
import { withoutReferenceNote } from '../messages/withoutReference';

/** Names each reference image that may be lacking and that every row lacks, above the output. */
export function hintWithoutReference(desk: NodeDesk, plans: Map<number, Plan>): void {
	const submissions = [...plans.values()].flatMap((plan) =>
		'submission' in plan ? plan.submission : [],
	);
	const [first, ...others] = submissions;
	for (const missing of first?.missingReferences ?? []) {
		const isMissing = others.every(({ missingReferences = [] }) =>
			missingReferences.some(({ label }) => label === missing.label),
		);
		if (!isMissing) continue;
		const fields = [...plans.keys()].map((itemIndex) =>
			Object.keys(desk.rows[itemIndex]?.json ?? {}),
		);
		desk.hint(withoutReferenceNote(missing, fields));
	}
}
