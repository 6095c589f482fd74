import type { IExecuteFunctions } from 'n8n-workflow';

import type { ApiFailure } from '../api/attempt';
import { isTool } from '../parameters/asTool';
import type { Image } from '../parameters/image';
import type { Submission } from '../parameters/submission';
import { Breather } from './breather';
import { fileDigest } from './fileDigest';
import { questionDigest } from './keys';
import type { Asker, ImageContent } from './keys';
import type { ExecutionMemory } from './memory';
import { Ordinals } from './ordinals';

/** One image to be judged, with what makes its idempotency key. */
export interface Row {
	itemIndex: number;
	submission: Submission;
	/** Who asks. */
	asker: Asker;
	/** This execution, whoever asks. */
	own: Asker;
	question: string;
	ordinal: number;
	/** SHA-256 of the image files, by the image they belong to. */
	digests: Map<Image, string>;
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
	context: IExecuteFunctions,
	memory: ExecutionMemory,
	submissions: Map<number, Submission>,
): Promise<Rows> {
	const rows = new Map<number, Row>();
	const failures = new Map<number, ApiFailure>();
	const place = submissions.size > 0 ? placeOf(context) : '';
	const breather = new Breather();
	const ordinals = new Ordinals(memory.asked(), place, isTool(context));
	if (submissions.size === 0) return { rows, failures, ordinals };
	const own: Asker = { execution: readToken(context) ?? memory.seed() };
	for (const [itemIndex, submission] of submissions) {
		const digests = await digestFiles(submission, breather);
		if (digests === undefined) {
			failures.set(itemIndex, UNREADABLE);
			continue;
		}
		const question = questionOf(submission, digests);
		const asker = askerOf(submission, own);
		const here = ordinals.ask(question);
		const earlier = ordinals.earlier(question);
		// Rows of one batch that anyone may ask are one question.
		const ordinal = asker === own ? earlier + here : earlier;
		rows.set(itemIndex, { itemIndex, submission, asker, own, question, ordinal, digests });
		await breather.pause();
	}
	return { rows, failures, ordinals };
}

/**
 * Random for each execution, stored when it starts and taken into every retry, after a crash too
 * (n8n since about 2.14). Execution ids are counted from 1 in every n8n.
 */
function readToken(context: IExecuteFunctions): string | undefined {
	const resumeUrl: unknown = context.evaluateExpression('{{ $execution.resumeUrl }}', 0);
	if (typeof resumeUrl !== 'string' || !URL.canParse(resumeUrl)) return undefined;
	return new URL(resumeUrl).searchParams.get('signature') || undefined;
}

function placeOf(context: IExecuteFunctions): string {
	// Of a node's id and name n8n keeps only the name unique: an imported workflow may repeat ids.
	const { name } = context.getNode();
	if (isTool(context)) return name;
	return `${name}|${String(context.evaluateExpression('{{ $runIndex }}', 0))}`;
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

const UNREADABLE: ApiFailure = {
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
