import type { ChangedRow } from './changes';
import type { Group } from './groups';

/** The figures on many images, as the report's item has them. */
export interface Report {
	title: string;
	total: number;
	passed: number;
	not_passed: number;
	no_verdict: number;
	/** Share of all images that passed, from 0 to 1; null without images. */
	pass_rate: number | null;
	/** Of the images with a verdict and a score; null without any. */
	average_score: number | null;
	/** Exact decimal string of credits that were billed. */
	cost: string;
	cost_credits: number;
	/** How many images are newly failing or recovered. */
	changed: number;
	/** Of the images that did not pass, the most frequent first. */
	issues: Array<{ issue: string; count: number }>;
	/** Images that did not pass, the lowest score first; never one without a verdict. */
	worst: Array<{
		client_ref: string | null;
		reason: string | null;
		weighted_pass_rate: number | null;
		generated_image_url: string | null;
		id: string | null;
	}>;
	started_at: string | null;
	finished_at: string | null;
	/** A short message for a chat or an email. */
	text: string;
	/** The same for an email in HTML. */
	html: string;
	/** Newly failing, then recovered, then still failing; absent where no row says what it was before. */
	changes?: ChangedRow[];
	/** The worst first; absent unless a field for them is named. */
	groups?: Group[];
}

/** What the message and the page are made of. */
export interface Figures extends Omit<Report, 'text' | 'html'> {
	covers?: string;
	/** What the groups are by. */
	groupedBy?: string;
	/** False where no item has a column for the verdict. */
	hasVerdicts?: boolean;
}
