import type { AuditState } from './audit';

const BAR_WIDTH = 20;
const PLAIN_INTERVAL_SECONDS = 1;

/** Shows how far the audit is: one changing line on a terminal, else a line a second. */
export class Progress {
	private latest: AuditState | undefined;
	private printed: AuditState | undefined;

	constructor(private readonly output: NodeJS.WriteStream) {}

	show(state: AuditState): void {
		this.latest = state;
		if (this.output.isTTY) this.output.write(`\r\u001b[2K${withBar(state)}`);
		else if (this.isDue(state)) this.print(state);
	}

	end(): void {
		if (this.output.isTTY) this.output.write('\n');
		else if (this.latest && !this.isPrinted(this.latest)) this.print(this.latest);
	}

	private isDue({ seconds }: AuditState): boolean {
		return !this.printed || seconds - this.printed.seconds >= PLAIN_INTERVAL_SECONDS;
	}

	private isPrinted(state: AuditState): boolean {
		return this.printed !== undefined && describe(this.printed) === describe(state);
	}

	private print(state: AuditState): void {
		this.output.write(`${`${state.seconds.toFixed(0)} s`.padStart(6)}  ${describe(state)}\n`);
		this.printed = state;
	}
}

function describe({ rows, accepted, finished }: AuditState): string {
	return `${accepted} of ${rows} accepted, ${finished} finished, ${accepted - finished} open`;
}

function withBar(state: AuditState): string {
	const cells = (count: number) => Math.round((count / state.rows) * BAR_WIDTH);
	const [finished, accepted] = [cells(state.finished), cells(state.accepted)];
	const bar = '█'.repeat(finished) + '▒'.repeat(accepted - finished);
	return `${bar.padEnd(BAR_WIDTH, '·')}  ${describe(state)}  ${state.seconds.toFixed(0)} s`;
}
