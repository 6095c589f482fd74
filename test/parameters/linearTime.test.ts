/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { strayInApiKey } from '../../nodes/Runflow/api/apiKey';
import { readBaseUrl } from '../../nodes/Runflow/api/baseUrl';
import { hiding, readErrorBody } from '../../nodes/Runflow/api/errorBody';
import { answerFailure } from '../../nodes/Runflow/api/failure';
import { expiryOf } from '../../nodes/Runflow/api/linkExpiry';
import {
	readClockAheadMs,
	readRateLimitPauseMs,
	readRetryAfterMs,
} from '../../nodes/Runflow/api/rateLimit';
import { momentAt, readAccepted, readJobClasses } from '../../nodes/Runflow/api/read';
import { isOutOfReach, isPrivateHost } from '../../nodes/Runflow/api/reach';
import { findHeaderProblem } from '../../nodes/Runflow/callback/signature';
import { findEvaluationIds } from '../../nodes/Runflow/callback/evaluationIds';
import * as additional from '../../nodes/Runflow/parameters/description';
import { callbackUrl } from '../../nodes/Runflow/parameters/callbackUrl';
import { evaluateAgain } from '../../nodes/Runflow/parameters/evaluateAgain';
import { evaluationId } from '../../nodes/Runflow/parameters/evaluationId';
import { events } from '../../nodes/Runflow/parameters/events';
import { feedback } from '../../nodes/Runflow/parameters/feedback';
import { idempotencyKey } from '../../nodes/Runflow/parameters/idempotencyKey';
import { imageAddress } from '../../nodes/Runflow/parameters/imageAddress';
import { otherTypeOf } from '../../nodes/Runflow/parameters/imageType';
import { inputAttributes } from '../../nodes/Runflow/parameters/inputAttributes';
import { jobClass } from '../../nodes/Runflow/parameters/jobClass';
import { longText, text, webAddress } from '../../nodes/Runflow/parameters/kinds';
import { maximumAgeDays } from '../../nodes/Runflow/parameters/maximumAge';
import { maximumCost } from '../../nodes/Runflow/parameters/maximumCost';
import { readAt } from '../../nodes/Runflow/parameters/parameter';
import type { Reader } from '../../nodes/Runflow/parameters/parameter';
import { runId } from '../../nodes/Runflow/parameters/runId';
import { taskType } from '../../nodes/Runflow/parameters/taskType';
import { timeoutRule } from '../../nodes/Runflow/parameters/timeout';
import { embed, layout, shape } from '../../nodes/Runflow/parameters/verdict';
import { verification } from '../../nodes/Runflow/parameters/verification';
import { waitMode } from '../../nodes/Runflow/parameters/waitMode';
import { amountCell, booleanCell, listCell, scoreCell } from '../../nodes/Runflow/verdict/cells';
import { sumDecimals } from '../../nodes/Runflow/verdict/decimals';

/** Signs that patterns, separators and escapes are made of. */
const SIGNS = [...' \t\n.,;:/=?&%"<{[(0a\u200b'];
const MANY = 100_000;
const MOST_CPU_MS = 100;
/** A busy machine takes long for anything once. */
const TRIES = [1, 2, 3];

/** What stands around them: with nothing, with an end that no pattern takes, and in addresses. */
const AROUND: Array<[before: string, after: string]> = [
	['', ''],
	['', 'x'],
	['x', '!'],
];
const IN_ADDRESSES: Array<[before: string, after: string]> = [
	...AROUND,
	['https://c.example/a.png', 'x'],
	['https://c.example', '/a.png'],
	['https://c.example/?', '#'],
	['https://c.example/a.png?token=eyJ', '!'],
	['data:image/png', ',x'],
	['data:image/png;base64,iVBORw0KGgo', 'x'],
	['data:image/png;base64,iVBORw0KGgo', '!'],
	['<', '|a.png>'],
	['[{"url":"https://c.example/', '"}]'],
];

const PARAMETERS: Record<string, Reader<unknown>> = {
	...additional,
	callbackUrl,
	embed,
	evaluateAgain,
	evaluationId,
	events,
	feedback,
	idempotencyKey,
	inputAttributes,
	jobClass,
	layout,
	maximumAgeDays,
	maximumCost,
	runId,
	shape,
	taskType,
	timeoutRule,
	verification,
	waitMode,
};

const OTHERS: Record<string, (value: string) => unknown> = {
	text: (value) => text(value, { label: 'X' }),
	longText: (value) => longText(value, { label: 'X' }),
	webAddress: (value) => webAddress('Correct it')(value, { label: 'X' }),
	'what the builder entered': (value) =>
		readAt({ value: () => '', entered: () => `={{ ${value}` }, 'x', 'X', text),
	otherTypeOf: (value) => otherTypeOf(Buffer.from(value).subarray(0, 256)),
	'an API key': (value) => strayInApiKey(value),
	'an answer that may hold the key': hiding('rf_live_key'),
	'an answer in text': (value) => answerFailure(403, value, { subject: 'X' }),
	'an error': (value) =>
		readErrorBody({ code: value, message: value, detail: [{ msg: value, loc: [value] }] }),
	'an accepted evaluation': (value) => readAccepted({ id: value, status_code: value }),
	'job classes': (value) => readJobClasses([{ code: value, name: value, price: value }]),
	momentAt,
	'Retry-After': (value) => readRetryAfterMs(value, 0),
	Date: (value) => readClockAheadMs(value, 0),
	'X-RateLimit': (value) =>
		readRateLimitPauseMs({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': value }, 0),
	'Runflow-Signature': findHeaderProblem,
	'a callback': (value) =>
		findEvaluationIds(Buffer.from(JSON.stringify({ id: value, data: { [value]: value } }))),
	cost: (value) => sumDecimals([value]),
	amountCell,
	scoreCell,
	booleanCell,
	listCell: (value) => listCell({ x: value }, 'x'),
};

const ADDRESSES: Record<string, (value: string) => unknown> = {
	imageAddress: (value) => imageAddress(value, { label: 'X' }),
	'an address in an object': (value) => imageAddress({ output: [{ url: value }] }, { label: 'X' }),
	readBaseUrl,
	isPrivateHost,
	isOutOfReach: (value) => isOutOfReach(value, 'https://api.runflow.io'),
	expiryOf: (value) => URL.canParse(value) && expiryOf(new URL(value)),
};

it.each(Object.entries(PARAMETERS))('%s reads a long text in linear time', (_, reader) => {
	expectLinear(
		(value) => reader.read({ value: () => value, entered: () => '={{ $json.x }}' }),
		AROUND,
	);
});

it.each(Object.entries(OTHERS))('%s: a long text is read in linear time', (_, read) => {
	expectLinear(read, AROUND);
});

it.each(Object.entries(ADDRESSES))('%s: a long address is read in linear time', (_, read) => {
	expectLinear(read, IN_ADDRESSES);
});

it('reads lists in lists in linear time', () => {
	const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
	expectLinear((value) => imageAddress(nested(value.length), { label: 'X' }), [['', '']], ['[']);
});

/** What takes noticeable time at all may take four times as much for four times the length, not more. */
function expectLinear(
	read: (value: string) => unknown,
	around: Array<[string, string]>,
	signs = SIGNS,
): void {
	const slow = around.flatMap(([before, after]) =>
		signs.flatMap((sign) => {
			const taken = (times: number) => cpuMs(() => read(before + sign.repeat(times) + after));
			const name = JSON.stringify(`${before}${sign}…${after}`);
			let said = '';
			const isSlow = () => {
				const first = taken(MANY);
				said = `${name}: ${first} ms`;
				if (first > MOST_CPU_MS) return true;
				if (first < 20) return false;
				const second = taken(4 * MANY);
				said += `, then ${second} ms`;
				return second > 8 * first;
			};
			return TRIES.every(isSlow) ? said : [];
		}),
	);
	expect(slow).toEqual([]);
}

function cpuMs(action: () => unknown): number {
	const before = process.cpuUsage();
	action();
	const { user, system } = process.cpuUsage(before);
	return Math.round((user + system) / 1_000);
}
