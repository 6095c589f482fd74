import type { ApiFailure } from '../api/attempt';
import type { Image } from '../parameters/image';
import type { Submission } from '../parameters/submission';
import { Breather } from './breather';
import { fileDigest } from './fileDigest';
import { makeKey, questionDigest } from './keys';
import type { Asker, ImageContent } from './keys';
import { Ordinals } from './ordinals';
import type { Ordinal } from './ordinals';
import type { RowFacts, Try } from './row';
import type { Store } from './store';
import type { Desk } from './types';

/** One image to be judged, with what makes its idempotency key. */
export interface Row {
	itemIndex: number;
	submission: Submission;
	/** Who asks. */
	asker: Asker;
	/** This execution, whoever asks. */
	own: Asker;
	question: string;
	ordinal: Ordinal;
	/** SHA-256 of the image files, by the image they belong to. */
	digests: Map<Image, string>;
	/** The key with which it starts; rows that share it are one evaluation. */
	name: string;
	facts: RowFacts;
}

/** The rows of a batch, by item index. */
export interface Rows {
	rows: Map<number, Row>;
	/** Rows whose files could not be read. */
	failures: Map<number, ApiFailure>;
	ordinals: Ordinals;
}

/** Makes the rows of a batch; reads every file once, since its content is part of the question. */
export async function makeRows(
	desk: Desk,
	store: Store,
	submissions: Map<number, Submission>,
): Promise<Rows> {
	const rows = new Map<number, Row>();
	const failures = new Map<number, ApiFailure>();
	const { nodeName, runIndex, isTool } = desk;
	const breather = new Breather();
	const ordinals = new Ordinals(store.asked(), {
		node: nodeName,
		run: isTool ? undefined : runIndex,
	});
	const own: Asker = { execution: desk.token ?? store.seed() };
	for (const [itemIndex, submission] of submissions) {
		const digests = await digestFiles(submission, breather);
		if (digests === undefined) {
			failures.set(itemIndex, FILE_NOT_READ);
			continue;
		}
		const question = questionOf(submission, digests);
		const asker = askerOf(submission, own);
		const isShared = asker !== own;
		const ordinal = isShared ? ordinals.shared(question) : ordinals.own(question);
		const name = makeKey(asker, question, ordinal);
		const facts = {
			isShared,
			isForgotten: desk.isRetry && !store.isContinued,
			mayHaveAsked: desk.isRetry,
			mayBeOlder: isShared || desk.isRetry,
			mayDiffer: digests.size > 0 || submission.facts.callback_url !== undefined,
		};
		rows.set(itemIndex, {
			itemIndex,
			submission,
			asker,
			own,
			question,
			ordinal,
			digests,
			name,
			facts,
		});
		await breather.pause();
	}
	return { rows, failures, ordinals };
}

/** The key under which a row is asked: at first, and mostly for ever, its name. */
export function keyFor({ asker, own, question, ordinal, name }: Row, under: Try): string {
	const { anew, left, asOwn } = under;
	if (anew === 0 && left === 0 && !asOwn) return name;
	return makeKey(asOwn ? own : asker, question, ordinal, under);
}

function askerOf({ userKey, evaluateAgain }: Submission, own: Asker): Asker {
	if (userKey !== undefined) return { user: userKey };
	return evaluateAgain === 'onChange' ? 'anyone' : own;
}

async function digestFiles(
	{ image, references }: Submission,
	breather: Breather,
): Promise<Map<Image, string> | undefined> {
	const digests = new Map<Image, string>();
	try {
		for (const each of [image, ...references.map((reference) => reference.image)]) {
			if (typeof each !== 'string') digests.set(each, await fileDigest(each, breather));
		}
		return digests;
	} catch {
		return undefined;
	}
}

const FILE_NOT_READ: ApiFailure = {
	kind: 'file',
	reaction: 'rejected',
	purpose: { subject: 'Image file' },
};

function questionOf(submission: Submission, digests: Map<Image, string>): string {
	const { image, references, facts } = submission;
	const contentOf = (each: Image): ImageContent =>
		typeof each === 'string' ? { url: each } : { sha256: digests.get(each) ?? '' };
	return questionDigest({
		...facts,
		image: contentOf(image),
		references: references.map((each) => ({ ...each, image: contentOf(each.image) })),
	});
}
