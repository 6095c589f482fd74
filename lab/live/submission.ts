import type { IDataObject } from 'n8n-workflow';

import { isObject, readAcceptedAt } from '../../nodes/Runflow/api/read';
import type { EvaluationRequest } from '../../nodes/Runflow/api/types';
import type { LiveAccount } from './account';
import { expected, news, reactionOf, shapeOf, told } from './finding';
import type { Finding, Findings } from './finding';
import { INSECURE } from './free';

/** What was accepted, as it was asked. */
interface Accepted {
	id: string;
	key: string;
	request: EvaluationRequest;
}

/** A refusal costs nothing: without the callback it is asked once more. */
export async function* askSubmit(
	account: LiveAccount,
	asked: EvaluationRequest,
	firstKey: string,
	onAccepted: (id: string) => void,
): AsyncGenerator<Finding, Accepted | undefined> {
	const { callback_url, ...without } = asked;
	const tries = [{ request: asked, key: firstKey, hasCallback: callback_url !== undefined }];
	if (callback_url !== undefined) {
		tries.push({ request: without, key: `${firstKey}-without`, hasCallback: false });
	}
	for (const { request, key, hasCallback } of tries) {
		const submitted = await account.client.submit(request, key);
		const { status, headers, body } = account.last;
		if (submitted.ok) onAccepted(submitted.value.id);
		yield expected(
			`A submit${hasCallback ? ' with a callback URL' : ''}: 202`,
			submitted.ok && status === 202,
			submitted.ok ? `${status} ${shapeOf(body)}` : told(submitted),
			hasCallback
				? `If it is accepted without, on the next line, this callback URL is what Runflow refuses: ${callback_url}. Emulator: callbackUrlHttpsOnly`
				: 'Nothing can be submitted as the package does it',
		);
		if (submitted.ok) {
			yield news('Location of a 202', shapeOf(headers.location));
			return { id: submitted.value.id, key, request };
		}
		if (reactionOf(submitted) !== 'rejected') return undefined;
	}
	return undefined;
}

/**
 * The same question first: whoever stores refusals, too, would say that of the other body from then
 * on. An invalid body bills nothing, and shows what becomes of another one.
 */
export async function* askAboutKey(account: LiveAccount, { id, key, request }: Accepted): Findings {
	const again = await account.client.submit(request, key);
	yield expected(
		'The same key and body give the same evaluation',
		again.ok && again.value.id === id,
		`${account.last.status} ${again.ok ? again.value.id : told(again)}`,
		again.ok
			? 'A retry after a lost answer bills again. Nothing in the package can prevent that'
			: 'After a lost answer the verdict is not found; the ID is in the error if Runflow names it',
	);
	yield news('Headers of a replay', replayHeaders(account.last.headers));
	const { status, body, headers } = await account.ask('/v1/evaluations', { body: INSECURE, key });
	const named = isObject(body) ? body.id : undefined;
	const replayed = named === id || readAcceptedAt(headers.location)?.id === id;
	const meaning = replayed
		? 'replays the first answer, whatever the body'
		: status === 409
			? 'compares and refuses, as documented'
			: status === 422
				? 'the key is ignored, or looked at after the values'
				: 'unknown';
	yield expected(
		'Another body under a known key: 409',
		status === 409,
		`${status} ${meaning}`,
		`An image could get another one's evaluation, or be billed again. The node checks each answer against its question. Emulator: idempotencyConflictStatus ${replayed ? "'replay'" : "'ignore'"}`,
	);
}

function replayHeaders(headers: IDataObject): string {
	const found = Object.entries(headers).filter(([name]) => /idempoten|replay/i.test(name));
	return found.map(([name, value]) => `${name}: ${String(value)}`).join(', ') || 'none';
}
