import type { ApiFailure } from '../api/attempt';
import type { Evaluation, EvaluationRequest } from '../api/types';
import type { Note, Relation, RowFacts } from './row';

/** Whether a submit was refused because of its idempotency key. */
export function isConflict({ status, code, said }: ApiFailure): boolean {
	const aboutKey = /idempoten/i.test(`${code} ${said}`);
	return status === 409 || ((status === 400 || status === 422) && aboutKey);
}

export function saysInProgress({ code, said }: ApiFailure): boolean {
	return /progress|concurrent|processing|lock/i.test(`${code} ${said}`);
}

/** Nothing was billed for what is refused, unless it was, or may have been, asked for before. */
export function billedFor({ mayHaveAsked }: RowFacts, lostAt?: number): Note[] {
	return lostAt === undefined ? [{ kind: mayHaveAsked ? 'paid' : 'free' }] : [];
}

/**
 * Whether an evaluation echoes all that is sent. What is inline or uploaded comes back under another
 * address: then nobody can tell, if all the rest is the same.
 */
export function echoOf(request: EvaluationRequest, evaluation: Evaluation): Relation['echo'] {
	const { generated_image_url, reference_images = [], job_class, ...rest } = request;
	const facts = { ...rest, callback_url: undefined, job_class_code: job_class };
	const isSame = Object.entries(facts).every(
		([name, value]) => value === undefined || isEqual(evaluation[name], value),
	);
	const echoed: unknown = evaluation.reference_images ?? [];
	if (!isSame || !Array.isArray(echoed) || echoed.length !== reference_images.length)
		return 'other';
	const addresses = [generated_image_url, ...reference_images.map(({ url }) => url)];
	const echoes: unknown[] = [
		evaluation.generated_image_url,
		...echoed.map((each: unknown) => Object(each).url),
	];
	const isOther = addresses.some((each, at) => isPublic(each) && echoes[at] !== each);
	if (isOther) return 'other';
	return addresses.every(isPublic) ? 'same' : 'unsure';
}

function isPublic(address: string): boolean {
	return address.startsWith('https://');
}

/** The same text may come back trimmed, or with its accents written in another form. */
export function isSameText(one: string, other: string): boolean {
	return oneForm(one) === oneForm(other);
}

function oneForm(text: string): string {
	return text.normalize('NFC').trim();
}

/** By JSON, whatever the order of keys and the form of texts. */
function isEqual(a: unknown, b: unknown): boolean {
	return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function ordered(value: unknown): unknown {
	if (typeof value === 'string') return oneForm(value);
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(ordered);
	return Object.entries(value)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, each]) => [key, ordered(each)]);
}
