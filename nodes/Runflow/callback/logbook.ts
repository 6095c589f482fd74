/** How often the same line is written. */
const PAUSE_MS = 60_000;
/** Different lines that are remembered. */
const MOST_LINES = 1_000;

/** Keeps a log readable, whoever sends what: a line that repeats is written once a minute, with the count. */
export class Logbook {
	private readonly lines = new Map<string, { until: number; held: number }>();

	/**
	 * The line to write; undefined when the same one was written less than a minute ago.
	 * @param writer whose line it is
	 * @param now milliseconds
	 */
	line(writer: string, text: string, now: number): string | undefined {
		const key = JSON.stringify([writer, text]);
		const known = this.lines.get(key);
		if (known !== undefined && now < known.until) {
			known.held += 1;
			return undefined;
		}
		this.lines.delete(key);
		this.lines.set(key, { until: now + PAUSE_MS, held: 0 });
		for (const oldest of this.lines.keys()) {
			if (this.lines.size > MOST_LINES) this.lines.delete(oldest);
		}
		return known?.held ? `${text} (and ${known.held} times more since the last such line)` : text;
	}
}
