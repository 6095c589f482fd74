import { isObject } from '../api/read';
import { addressesIn, isKnownPage, wentIn } from './addressesIn';
import type { Found } from './addressesIn';
import { bareBytes } from './addressProblem';
import { ParameterProblem } from './check';
import type { Checked } from './check';
import { isFileObject } from './fileObject';
import type { Asked } from './parameter';
import { describe, isUnset, onlyEntry } from './value';

/** So many are named in a message. */
const MOST_NAMED = 4;
const DEEPEST = 20;

/**
 * The one address in what a generator or a table gives: text, a list with one entry, an object with
 * exactly one address in it. Of several, a guess would judge another image than the one published:
 * the problem lists the expressions that pick one.
 */
export function findAddress(value: unknown, asked: Asked): Checked<string> {
	let entry = value;
	let from = asked.expression ?? '$json.output';
	for (let depth = 0; depth < DEEPEST && Array.isArray(entry); depth++) {
		if (onlyEntry(entry) === entry) break;
		from += `[${entry.findIndex((each) => !isUnset(each))}]`;
		entry = onlyEntry(entry);
	}
	if (typeof entry === 'string') return entry;
	const inside = { ...asked, expression: from };
	if (Array.isArray(entry)) return severalImages(entry, inside);
	const file = isFileObject(entry) || (isObject(entry) && entry.type === 'Buffer');
	return file ? aFile(asked) : onlyAddress(entry, inside);
}

function onlyAddress(entry: unknown, asked: Asked): Checked<string> {
	const { addresses, bytes, isCutShort } = addressesIn(entry);
	const readable = addresses.filter((found) => !isKnownPage(found));
	const candidates = readable.length > 0 ? readable : addresses.slice(0, 1);
	const [first] = candidates;
	if (first === undefined) {
		return bytes === undefined ? noAddress(entry, asked) : bareBytes(asked, bytes);
	}
	if (candidates.length > 1) return severalAddresses(candidates, asked);
	if (isCutShort) return noAddress(entry, asked);
	return wentIn(first) ? onlyInput(first, asked) : first.address;
}

function severalImages(list: unknown[], { label, expression }: Asked): ParameterProblem {
	const at = list.findIndex((entry) => !isUnset(entry));
	const [first] = addressesIn(list[at]).addresses;
	return new ParameterProblem(
		`'${label}' is a list of ${list.length}, but one item is one image`,
		`Pick one, for example {{ ${expression}[${at}]${first?.path ?? ''} }}, or put a Split Out node before this one to judge them all`,
	);
}

function severalAddresses(found: Found[], { label, expression }: Asked): ParameterProblem {
	const named = found.slice(0, MOST_NAMED).map(({ path }) => `{{ ${expression}${path} }}`);
	const rest = found.length - named.length;
	return new ParameterProblem(
		`'${label}' is an object with ${found.length} addresses, but one item is one image`,
		`Enter the one that leads to the image to judge: ${named.join(' or ')}${rest > 0 ? `, or one of ${rest} others` : ''}`,
	);
}

/** Where a generator gave nothing, what went into it would be judged in its place. */
function onlyInput({ path }: Found, { label, expression }: Asked): ParameterProblem {
	return new ParameterProblem(
		`'${label}' must be the address of an image`,
		`By its name, the only address in it is that of an image that was put in, not of one that came out. If it is the image to judge, enter {{ ${expression}${path} }}`,
	);
}

function aFile({ label }: Asked): ParameterProblem {
	return new ParameterProblem(
		`'${label}' is a file, not an address`,
		"Choose Binary File as the image's source, and use the expression there",
	);
}

function noAddress(entry: unknown, { label }: Asked): ParameterProblem {
	return new ParameterProblem(
		`'${label}' must be the address of an image`,
		`It is ${describe(entry)}. Enter the https:// address of the image, or an expression that gives one`,
	);
}
