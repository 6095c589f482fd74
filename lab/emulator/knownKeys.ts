/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { isDeepStrictEqual } from 'node:util';

import { ApiError, validationError } from './apiError';
import type { EmulatorOptions } from './options';
import type { ApiKey, EvaluationRecord, Submission } from './types';

const LONGEST_KEY = 255;

/** The idempotency keys that were used, and what a second submit under one of them meets. */
export class KnownKeys {
	private readonly byKey = new Map<string, EvaluationRecord[]>();

	constructor(private readonly options: EmulatorOptions) {}

	/** The key within its scope; null without a key; throws 422 when it is too long. */
	scoped(caller: ApiKey, key: string | null): string | null {
		if (key === null) return null;
		if (key.length > LONGEST_KEY)
			throw keyProblem(`Must not be longer than ${LONGEST_KEY} characters.`);
		const scope = this.options.idempotencyScope === 'key' ? caller.key : caller.organization;
		return `${scope}\n${key}`;
	}

	/**
	 * The evaluation that this key stands for, or undefined when a new one is to be made. Throws the
	 * refusal of a key whose first submit is still in progress or was about something else.
	 */
	find(key: string | null, body: Submission): EvaluationRecord | undefined {
		const earlier = (key !== null && this.byKey.get(key)) || [];
		const [first] = earlier;
		if (first === undefined) return undefined;
		if (performance.now() - first.acceptedAt < this.options.idempotencyInProgressMs) {
			const message = 'A request with this Idempotency-Key is in progress.';
			throw new ApiError(409, 'IDEMPOTENCY_IN_PROGRESS', message);
		}
		const same = earlier.find((record) => isDeepStrictEqual(record.body, body));
		return same ?? this.resolve(first);
	}

	add(key: string | null, record: EvaluationRecord): void {
		if (key !== null) this.byKey.set(key, [...(this.byKey.get(key) ?? []), record]);
	}

	clear(): void {
		this.byKey.clear();
	}

	private resolve(first: EvaluationRecord): EvaluationRecord | undefined {
		const message = 'This Idempotency-Key was used with another body.';
		switch (this.options.idempotencyConflictStatus) {
			case 'replay':
				return first;
			case 'ignore':
				return undefined;
			case 409:
				throw new ApiError(409, 'CONFLICT', message);
			case 422:
				throw keyProblem(message);
		}
	}
}

function keyProblem(message: string): ApiError {
	return validationError([{ field: 'Idempotency-Key', message }]);
}
