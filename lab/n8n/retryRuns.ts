import { outputOf, type Execution } from './executions';
import type { Session } from './session';
import { report, type Row } from './webhookRuns';

/** Rows that did not come out with the verdict on their own image. */
export function wrong({ emulator }: Session, execution: Execution, rows: Row[]): string[] {
	const items = outputOf(execution, 'Judge');
	const isRight = ({ ref, url }: Row, index: number) => {
		const { id, client_ref: clientRef, verdict } = items[index] ?? {};
		const judged = emulator.evaluation(String(id));
		const expected = judged?.outcome?.overall_passed ? 'passed' : 'not_passed';
		const isOwn = clientRef === ref && judged?.body.generated_image_url === url;
		return isOwn && verdict === expected;
	};
	return rows.filter((row, index) => !isRight(row, index)).map(({ ref }) => ref);
}

/** Writes what was accepted before a retry, and what there was after it. */
export function tell(
	{ emulator }: Session,
	what: string,
	accepted: number,
	verdicts: number,
): void {
	const { submitted, billed, billedTwice } = emulator.ledger();
	report(
		`${what}: ${accepted} accepted before, ${submitted} in all, ${billed} billed, ${billedTwice.length} twice, ${verdicts} verdicts`,
	);
}
