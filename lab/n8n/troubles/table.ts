import type { ForcedAnswer, ScriptedOutcome } from '../../emulator';
import type { GeneratorTrouble } from '../standIns/troubles';

/** What happens in life while an example runs, or between two of its runs. */
export interface Trouble {
	subjects?: number;
	generator?: GeneratorTrouble;
	slackRefuses?: boolean;
	/** Answers to every submit. */
	refusal?: ForcedAnswer['status'];
	/** What comes of the first subject's evaluations. */
	outcome?: ScriptedOutcome;
	/** No verdict comes in time. */
	late?: boolean;
	/** How often it is run, one run after the other; 1 by default. */
	runs?: number;
	/** How many runs start at once; 1 by default. */
	atOnce?: number;
	/** An execution that ended with an error gets a Retry, after the trouble has passed. */
	retry?: boolean;
	/** Two subjects have the same prompt and the same image. */
	twins?: boolean;
	/** The first subject's row gets another image while the old one is judged in the first run. */
	replacesImage?: boolean;
	/** The table takes no results, until an execution gets its Retry. */
	tableRefuses?: boolean;
	/** Slack takes one message a second. */
	slackLimits?: boolean;
	/** How often Runflow calls back for each evaluation; 1 by default, 0: never. */
	callbacks?: number;
	/** Runflow evaluates the run of the first subject by itself: this image, or another one. */
	runJudged?: 'its image' | 'another image' | 'not yet';
	/** Answers to every look at a run. */
	runRefusal?: ForcedAnswer['status'];
	/** What people do when they are asked; they approve by default. */
	people?: 'approve' | 'nobody' | 'clickTheFirst';
}

export const TROUBLES: Record<string, Trouble> = {
	none: {},
	'generator refuses one': { generator: 'refuses' },
	"generator's file is broken": { generator: 'broken' },
	'generator fails in its queue': { generator: 'fails' },
	"generator's queue never ends": { generator: 'neverEnds' },
	'Slack refuses': { slackRefuses: true },
	'Runflow 402': { refusal: 402 },
	'Runflow 403': { refusal: 403 },
	'Runflow 422': { refusal: 422 },
	'image cannot be read': { outcome: { failure_code: 'invalid_media', status_code: 'failed' } },
	'verdict is late': { late: true },
	'Runflow fails': { outcome: { failure_code: 'processing_failed', status_code: 'failed' } },
	'two prompts': { subjects: 2 },
	'twenty prompts': { subjects: 20 },
	'a second day': { runs: 2 },
	'table and Slack refuse, then Retry': { tableRefuses: true, slackRefuses: true, retry: true },
	'two runs at once': { atOnce: 2 },
	'nobody answers': { people: 'nobody' },
	'generator answers 200 with an error': { generator: 'answersError' },
	'Slack takes one message a second': { slackLimits: true },
	'verdict is late and Slack refuses': { late: true, slackRefuses: true },
	'two prompts or rows alike': { twins: true },
	'a row gets another image meanwhile': { replacesImage: true, runs: 2 },
	'each callback comes twice': { callbacks: 2 },
	'no callback comes, a second day': { callbacks: 0, runs: 2 },
	'Runflow judged the run by itself': { runJudged: 'its image' },
	'Runflow judged another image of the run': { runJudged: 'another image' },
	'Runflow is still judging the run': { runJudged: 'not yet' },
	'Runflow refuses to show the run': { runRefusal: 403 },
	'an old link clicked again': { subjects: 9, people: 'clickTheFirst' },
};
