/**
 * The numbers by which requests to the API are repeated, paced and awaited, with their units and
 * reasons; a bound of one file alone stands there. What the API documents: five attempts,
 * exponential backoff with jitter, `Retry-After`.
 */

// Attempts

/** Attempts for one request, the first included: the number in Runflow's documentation. */
export const MAX_ATTEMPTS = 5;
/** Pause after the first failure; it doubles with each further one. Also the most jitter. */
export const FIRST_BACKOFF_MS = 1_000;
/** An outage that ends is noticed within half a minute. */
export const MAX_BACKOFF_MS = 32_000;
/** `X-RateLimit-Reset` is not documented for sure: a longer pause is taken for a misreading. */
export const MAX_RATE_LIMIT_PAUSE_MS = 120_000;
/** A single request (Get, Send Feedback, List Job Classes) is repeated no longer than this. */
export const REQUEST_PATIENCE_MS = 120_000;

// Request rate and concurrency

/** With the burst, a busy second has 49 requests: all operations promise at most 50. */
export const REQUESTS_PER_SECOND = 46;
/** Enough that a late timer costs no throughput. */
export const BURST = 3;
/** However often the API says "too many requests", a batch goes on. */
export const MIN_REQUESTS_PER_SECOND = 1;
/** Each good answer raises a lowered rate by 2 %: back to the full rate after some 35. */
export const RATE_RECOVERY = 1.02;
/** Requests without an answer at one time: 50 a second with answers of a quarter second. */
export const MAX_CONCURRENT_REQUESTS = 12;

// How many evaluations are under way (the congestion window)

/** Evaluations to open before anything is known of the account. */
export const START_WINDOW = 8;
/** Evaluations one batch has open at most. */
export const MAX_WINDOW = 1_000;
/** While the account accepts everything, the window is larger than what is open by a fifth … */
export const WINDOW_ROOM_SHARE = 0.2;
/** … and by four at least. */
export const LEAST_WINDOW_ROOM = 4;
/** After refusals, one more is tried after four rounds of verdicts at most, … */
export const MOST_ROUNDS_PER_TRY = 4;
/** … or, where the window is tiny, after ten verdicts. */
export const MOST_FINISHES_PER_TRY = 10;
/** An account that queues keeps busy with as many in its line as it works on. */
export const OPEN_PER_RUNNING = 2;
/** Pending is "in line" when it lasts three times as long as the shortest wait for a start … */
export const LINE_WAIT_FACTOR = 3;
/** … and two seconds more: a start is known no more exactly than there are looks. */
export const LINE_WAIT_MARGIN_MS = 2_000;

// When to look at an open evaluation

/** Evaluations take tens of seconds; gates fail within one. */
export const FIRST_LOOK_MS = 1_000;
/** While nothing is known, the interval grows to 65 % of the age … */
export const LOOK_GROWTH = 0.65;
/** So many open ones tell soon how long evaluations take: … */
export const MOST_LOOKED_AT_SOON = 8;
/** … until they have, the first look at any other comes later … */
export const FIRST_LOOK_OF_MANY_MS = 4_000;
/** … and its intervals grow to its age. */
export const LOOK_GROWTH_OF_MANY = 1;
/** … and to this, so that no verdict is seen more than 15 s late. */
export const MAX_LOOK_INTERVAL_MS = 15_000;
/** Five looks a second at one evaluation, however short evaluations are. */
export const MIN_LOOK_INTERVAL_MS = 200;
/** Durations of this batch from which its looks are planned. */
export const ENOUGH_DURATIONS = 3;
/** Durations that are remembered: the last ones tell most. */
export const DURATIONS_REMEMBERED = 64;
/** The next look comes when a seventh of what is still open is likely to be finished. */
export const SHARE_PER_LOOK = 1 / 7;
/** What takes longer than any before: intervals of a tenth of its age, … */
export const LEARNED_GROWTH = 0.1;
/** … 3 % at least where many finish together, … */
export const LEAST_LEARNED_GROWTH = 0.03;
/** … 30 % of the time beyond the longest, … */
export const GROWTH_BEYOND_LONGEST = 0.3;
/** … and half a minute at most. */
export const MAX_LEARNED_INTERVAL_MS = 30_000;
/** Durations of an earlier batch may be of other work: they stretch the first looks to twice. */
export const MOST_STRETCH_BY_MEMORY = 2;
/** Looks are spread by up to 10 %, at most this. */
export const MAX_LOOK_JITTER_MS = 250;
/** A new evaluation may be unknown to the API for a moment. */
export const EARLY_NOT_FOUND_GRACE_MS = 10_000;

// The evaluations of a run

/** Runflow evaluates its own runs every two minutes or so. */
export const RUN_LOOK_INTERVAL_MS = 10_000;
/** A run has a handful of evaluations; a list that never ends is none. */
export const MOST_PAGES = 20;

// How long an answer may take, whatever drips in meanwhile

/** Any request that has no time of its own. */
export const REQUEST_TIMEOUT_MS = 30_000;
/** A submit: what it is worth knowing was perhaps billed. */
export const SUBMIT_TIMEOUT_MS = 60_000;
/** A submit whose files go up first: five of 50 MiB, at 256 kB a second, are 17 minutes. */
export const SUBMIT_WITH_FILES_LIMIT_MS = 20 * 60_000;
/** Bytes a millisecond below which an upload is given up … */
export const SLOWEST_UPLOAD_BYTES_PER_MS = 256;
/** … but never before this. */
export const SHORTEST_UPLOAD_TIMEOUT_MS = 120_000;
/** An answer that drips is given up so long after the time of its request. */
export const ANSWER_MARGIN_MS = 1_000;
/** The last look is sent on the deadline and may take this long: a batch ends within 2 s after it. */
export const LAST_ANSWER_GRACE_MS = 1_500;
/** A last look that cannot be sent within this after the deadline is left out. */
export const LAST_LOOK_GRACE_MS = 1_000;

// A process that stands still (a paused container, a frozen machine)

/** Time limits are counted in slices of this length, … */
export const SLICE_MS = 1_000;
/** … of which none counts for more, however late its timer comes … */
export const MOST_MS_PER_SLICE = 2_000;
/** … until so much was not counted. */
export const MOST_STANDSTILL_MS = 10 * 60_000;

// Looks at parked evaluations

/** Runflow is to have the answer to a callback within 5 s; n8n needs some of that. */
export const CALLBACK_LIMIT_MS = 3_500;
/** A search, and the work for a callback, look at the clock so often … */
export const SEARCH_TURN_MS = 100;
/** … and count no more than this when their process is so busy that they come later. */
export const MOST_MS_PER_TURN = 250;
/** What a search has asked may answer later than it: the next delivery goes on with that. */
export const LOOK_LIFE_MS = 20_000;
/**
 * How long after its timeout n8n is to pass a parked execution on. Up to 70 s before that moment n8n sets
 * a timer, which it does not clear when a callback makes the execution go on: it would end the next
 * wait of that execution. So callbacks count no longer by then; the rest is for clocks that differ.
 */
export const PARKED_GRACE_MS = 80_000;
/** Before parking it is worth more time: callbacks that came before are gone. */
export const LOOK_BEFORE_PARKING_LIMIT_MS = 60_000;
/** An abort signal takes ten listeners without a warning in n8n's log. */
export const MOST_LOOKS_AT_ONCE = 10;
/** Pause after a fault within a search, doubled with each further one … */
export const SHORTEST_LOOK_PAUSE_MS = 500;
/** … up to this. */
export const LONGEST_LOOK_PAUSE_MS = 8_000;

// The loop

/** The longest time between two looks at the clock and the signal that the user stopped it. */
export const LONGEST_REST_MS = 250;
