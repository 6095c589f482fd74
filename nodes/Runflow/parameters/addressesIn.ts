import { parseUrl } from '../api/address';
import { isObject, readJson } from '../api/read';
import { isImage } from './inlineImage';
import { readShareLink } from './shareLink';
import type { ShareLink } from './shareLink';
import { dateText } from './value';

const ADDRESS = /^\s*(https?:\/\/|\/\/[\w-]+\.|runflow:\/\/|data:)/i;
/** More values than any table or generator gives for one image. */
const MOST_VALUES = 20_000;
const DEEPEST = 50;
const SHORTEST_BYTES = 64;

/** The picture in small beside the picture itself. */
const PREVIEW = /^(thumb|icon)|thumb(nail)?s?(_?url)?$/i;
/** Names of what went into a generator, not of what came out. */
const WENT_IN =
	/(^|[._[\]"])(input|source(?!_url$)|origin|reference|ref_|init|control|mask|before|prompt|param)|(Input|Source|Origin|Reference|Init|Control|Mask)[A-Z_]/;
const CAME_OUT = /output|result|generated|images?\b|(^|\.)(image_?)?url$/i;
/** The same image at an address that others can read, beside its `url`. */
const BETTER = ['secure_url', 'public_url'];

/** An address in an object, and how an expression reaches it: `.images[0].url`. */
export interface Found {
	path: string;
	address: string;
}

export interface Contents {
	addresses: Found[];
	/** The path to the bytes of an image in base64. */
	bytes?: string;
	/** Whether there is more in it than was looked at. */
	isCutShort: boolean;
}

/**
 * Every address of an image at any depth, also in JSON as text: what came out of a generator first,
 * what went into it last. The same one twice, and previews of one that is there, count once.
 */
export function addressesIn(value: unknown): Contents {
	const contents: Contents = { addresses: [], isCutShort: false };
	let left = MOST_VALUES;
	const visit = (each: unknown, path: string, depth: number): void => {
		if (--left < 0 || depth > DEEPEST) {
			contents.isCutShort = true;
		} else if (typeof each === 'string') {
			readText(each, path, depth);
		} else if (Array.isArray(each)) {
			each.forEach((entry, at) => visit(entry, `${path}[${at}]`, depth + 1));
		} else if (isObject(each) && dateText(each) === undefined) {
			const inner = Object.entries(withoutCopies(each));
			for (const [key, entry] of inner) visit(entry, path + step(key), depth + 1);
		}
	};
	const readText = (text: string, path: string, depth: number): void => {
		if (ADDRESS.test(text)) contents.addresses.push({ path, address: text.trim() });
		else if (/^\s*[[{]/.test(text)) visit(readJson(text), `${path}.parseJson()`, depth + 1);
		else if (text.length >= SHORTEST_BYTES && isImage(text)) contents.bytes ??= path;
	};
	visit(value, '', 0);
	return { ...contents, addresses: byLikelihood(distinctTargets(contents.addresses)) };
}

/** Whether its name says that the image at it went into a generator. */
export function wentIn({ path }: Found): boolean {
	return WENT_IN.test(path);
}

/** Without the previews of an image that is there, and without `url` beside a better one of the same. */
function withoutCopies(object: Record<string, unknown>): Record<string, unknown> {
	const isOwn = (value: unknown): boolean =>
		typeof value === 'string' && ADDRESS.test(value) && !isKnownPage({ path: '', address: value });
	const hasBetter = BETTER.some((key) => isOwn(object[key]));
	const kept = Object.entries(object).filter(
		([key, value]) =>
			!PREVIEW.test(key) && !(hasBetter && key === 'url' && typeof value === 'string'),
	);
	return kept.some(([, value]) => isOwn(value)) ? Object.fromEntries(kept) : object;
}

/** Whether it is known to show a page, or to be readable for members only. */
export function isKnownPage({ address }: Found): boolean {
	const link = linkAt(address);
	return link !== undefined && 'what' in link;
}

function linkAt(address: string): ShareLink | undefined {
	const url = parseUrl(address);
	return url && readShareLink(url);
}

/** Of addresses that lead to the same, one: an https:// one if there is any. */
function distinctTargets(found: Found[]): Found[] {
	const seen = new Map<string, Found>();
	for (const each of found) {
		const link = linkAt(each.address);
		const target = link && 'address' in link ? link.address : each.address;
		const plain = target.replace(/^(https?:)?\/\//i, '//');
		const known = seen.get(plain);
		if (known === undefined || !/^https:/i.test(known.address)) seen.set(plain, each);
	}
	return [...seen.values()];
}

function byLikelihood(found: Found[]): Found[] {
	const rank = (each: Found) => (wentIn(each) ? 2 : CAME_OUT.test(each.path) ? 0 : 1);
	return found.sort((a, b) => rank(a) - rank(b));
}

function step(key: string): string {
	return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
