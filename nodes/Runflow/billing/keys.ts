import { createHash } from 'node:crypto';

import type { EvaluationRequest } from '../api/types';
import type { Ordinal } from './ordinals';
import { FIRST_TRY } from './row';
import type { Try } from './row';

/**
 * Who asks: one execution (its own random token), the builder (a key of their own), or anyone, for
 * whom the same question has the same answer.
 */
export type Asker = { execution: string } | { user: string } | 'anyone';

/** What is sent, with the content of a file in the place of its address. */
export type Question = Omit<EvaluationRequest, 'generated_image_url' | 'reference_images'> & {
	image: ImageContent;
	references: Array<{ image: ImageContent; kind?: string; description?: string }>;
};

/** An address as it is sent, or the SHA-256 of a file's bytes. */
export type ImageContent = { url: string } | { sha256: string };

/**
 * The SHA-256 of what is asked, in hex: equal exactly when the same is sent. Where the answer is
 * reported to is no part of the question.
 */
export function questionDigest(question: Question): string {
	return sha256(['question', { ...question, callback_url: undefined }]);
}

/**
 * The idempotency key of one evaluation: 64 hex digits. Made of who asks, what is asked, and which
 * asking of it this is; never of a position, for a retried execution may read other rows.
 */
export function makeKey(
	asker: Asker,
	question: string,
	{ node, round, index }: Ordinal,
	{ anew, left }: Pick<Try, 'anew' | 'left'> = FIRST_TRY,
): string {
	const ordinal = node === undefined ? round : [node, round, index];
	return sha256(['key', asker, question, ordinal, anew, ...(left > 0 ? [left] : [])]);
}

/** SHA-256 of a value's JSON, in hex. */
export function sha256(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
