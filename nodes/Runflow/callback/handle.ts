import type { INodeExecutionData } from 'n8n-workflow';

import type { RunflowClient } from '../api/client';
import type { Unread } from './body';
import { RETRY_AFTER_SECONDS } from './load';
import type { Load } from './load';
import { findHeaderProblem, findSignatureProblem } from './signature';
import type { SignatureProblem } from './signature';

/** What is to be done with a callback. */
export interface Decision {
	/** HTTP status of the answer: 2xx keeps Runflow from delivering the callback again. */
	status: number;
	/** What the sender reads; nothing in it may come from the API or from the callback. */
	message: string;
	/** A line for n8n's log, without its subject: the receiver puts that in front. */
	log?: { level: 'debug' | 'info' | 'warn'; text: string };
	/** The items, by output, that an execution starts or goes on with. */
	start?: INodeExecutionData[][];
	/** Asked at the very moment of the start: a decision that it gives is the one to follow instead. */
	claim?: () => Decision | undefined;
	/** Headers of the answer. */
	headers?: Record<string, string>;
}

/** A callback that has arrived, whoever took it. */
export interface Callback {
	/** The header `Runflow-Signature`. */
	signature: unknown;
	readBody(): Promise<Buffer | Unread>;
	/** The secrets that it may be signed with; it costs n8n a sandbox of its own. */
	readSecrets(): Promise<string[]>;
	connect(signal: AbortSignal): Promise<RunflowClient>;
}

/** One that callbacks are meant for. */
export interface Door {
	/** Whether callbacks have to be signed; `ifSecretIsSet`: when the credential has a secret. */
	signed: 'always' | 'ifSecretIsSet' | 'never';
	/** Bounds how many are handled at a time … */
	load: Load;
	/** … for each account. */
	account: string;
	/**
	 * Decides about a callback that is genuine as far as `signed` asks for. What it still asks of the
	 * API when it has decided or lost its place is ended, unless it connects with a signal of its own.
	 */
	handle: (
		rawBody: Buffer,
		connect: (own?: AbortSignal) => Promise<RunflowClient>,
	) => Promise<Decision>;
}

/**
 * Decides about a callback: reads it, waits for its turn, checks its signature, asks the door. What
 * costs little is checked first, and nothing that a sender can delay happens in a place that others
 * wait for.
 */
export async function handleCallback(callback: Callback, door: Door): Promise<Decision> {
	const problem = door.signed === 'always' ? findHeaderProblem(callback.signature) : undefined;
	if (problem !== undefined) return refusal(problem);
	const body = await callback.readBody();
	if (!Buffer.isBuffer(body)) return unread(body);
	const turn = await door.load.take(
		door.account,
		async (signal) => await verifyAndHandle(body, callback, door, signal),
	);
	if (turn.kind === 'full') return busy('got too many callbacks at once');
	if (turn.kind === 'late') return busy('could not handle a callback in time');
	return turn.value.claim?.() ?? turn.value;
}

async function verifyAndHandle(
	rawBody: Buffer,
	callback: Callback,
	{ signed, handle }: Door,
	signal: AbortSignal,
): Promise<Decision> {
	const secrets = signed === 'never' ? [] : await callback.readSecrets();
	const isChecked = signed === 'always' || secrets.length > 0;
	const problem = isChecked
		? findSignatureProblem(rawBody, callback.signature, secrets)
		: undefined;
	if (problem !== undefined) return refusal(problem);
	return await handle(rawBody, async (own = signal) => await callback.connect(own));
}

function busy(what: string): Decision {
	return {
		status: 503,
		message: 'Too many callbacks at once; deliver it again',
		headers: { 'Retry-After': `${RETRY_AFTER_SECONDS}` },
		log: { level: 'warn', text: `${what} and asked for another delivery` },
	};
}

/** Nothing more is read of a connection whose body was not. */
function unread(why: Unread): Decision {
	const headers = { Connection: 'close' };
	if (why === 'busy') {
		const decision = busy('got too many callbacks of an unusual type at once');
		return { ...decision, headers: { ...decision.headers, ...headers } };
	}
	const [status, text] = why === 'slow' ? [408, 'came too slowly'] : [413, 'is too large'];
	const log = { level: 'warn', text: `refused a callback: its body ${text}` } as const;
	return { status, message: `The body ${text}`, headers, log };
}

function refusal(problem: SignatureProblem): Decision {
	return {
		status: 401,
		message: 'The callback is not signed as it should be',
		log: { level: 'warn', text: `refused a callback: ${problem}` },
	};
}
