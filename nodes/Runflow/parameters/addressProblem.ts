import { ParameterProblem } from './check';
import type { Asked } from './parameter';
import { excerpt } from './value';

const BY_FILE = "choose Binary File as the image's source";

export function emptyAddress(label: string): ParameterProblem {
	return new ParameterProblem(
		`'${label}' is empty`,
		'Enter the https:// address of the image. If the image comes as a file from the previous node, choose Binary File as its source',
		'image address',
	);
}

/** What in a text shows that it is no address, or not one; undefined when nothing does. */
export function problemOfText(
	text: string,
	label: string,
	longest: number,
): ParameterProblem | undefined {
	if (text.length > longest) return tooLong(text, label, longest);
	if (text.includes('[object Object]')) {
		return new ParameterProblem(
			`'${label}' contains [object Object] instead of an address`,
			'An expression put an object into the text. Pick the address in it, for example {{ $json.image.url }}',
		);
	}
	const several = text.match(/(^|[\s,;|])https?:\/\//gi);
	if (several !== null && several.length > 1) {
		return new ParameterProblem(
			`'${label}' has ${several.length} addresses`,
			'One item is one image: put a Split Out node before this one, or pick one address with an expression, for example {{ $json.urls.split(",")[0] }}',
		);
	}
	const invisible = /[\u200b\u200e\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]/.exec(text);
	if (invisible === null) return /[\r\n\t]/.test(text) ? lineBreak(text, label) : undefined;
	const before = excerpt(text.slice(0, invisible.index), invisible.index).slice(-40);
	return new ParameterProblem(
		`'${label}' has an invisible character in the address`,
		`It stands after "${before}". Delete it, or copy the address again`,
	);
}

function tooLong(text: string, label: string, longest: number): ParameterProblem {
	const [has, most] = [text.length, longest].map((length) => length.toLocaleString('en-US'));
	return new ParameterProblem(
		`'${label}' is too long for an address`,
		`It has ${has} characters, and an address has at most ${most}. It begins with: ${excerpt(text)}`,
	);
}

function lineBreak(text: string, label: string): ParameterProblem {
	return new ParameterProblem(
		`'${label}' has a line break or a tab in the address`,
		`Remove it. The value was: ${excerpt(text)}`,
	);
}

export function notAnAddress(text: string, label: string): ParameterProblem {
	const inside = /https:\/\/[^\s"'<>()[\]]+/.exec(text)?.[0];
	const isBare = /^[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d+)?\/\S*$/i.test(text);
	const plain = /^http:\/\/\S+$/i.test(text) ? `https${text.slice(4)}` : undefined;
	const meant = isBare ? `https://${text}` : (plain ?? inside);
	const hint = meant === undefined ? '' : `. Perhaps you mean ${excerpt(meant, 200)}`;
	return new ParameterProblem(
		`'${label}' is not an address that Runflow can read`,
		`It must start with https://, runflow://assets/ or data:image/ and was: ${excerpt(text)}${hint}`,
	);
}

export function expiredAddress(expiry: number, label: string): ParameterProblem {
	const minute = new Date(expiry).toISOString().slice(0, 16).replace('T', ' ');
	return new ParameterProblem(
		`'${label}' is an address that has expired`,
		`It was valid until ${minute} UTC. Let the previous node create a new one, or ${BY_FILE}`,
	);
}

/** The credentials in it would stand in Runflow's records and in every result. */
export function secretInAddress(label: string, what: string): ParameterProblem {
	return new ParameterProblem(
		`'${label}' contains ${what}`,
		`It would be shown to everybody who sees the result. Download the image with an HTTP Request node, or with that service's node, and ${BY_FILE}`,
	);
}

export function privateAddress(label: string): ParameterProblem {
	return new ParameterProblem(
		`'${label}' is an address of this machine or of a private network`,
		`Runflow fetches the image over the internet. Put it at a public address, or ${BY_FILE}`,
	);
}

export function hashInAddress(label: string): ParameterProblem {
	return new ParameterProblem(
		`'${label}' has a # in the address`,
		'What follows # is not sent to the server. Write %23 instead if it is part of the file name',
	);
}

/** @param path where the bytes stand in what the expression gives */
export function bareBytes(
	{ label, expression = '$json.image' }: Asked,
	path = '',
): ParameterProblem {
	return new ParameterProblem(
		`'${label}' has the bytes of an image instead of an address`,
		`Put their type in front of them: data:image/png;base64,{{ ${expression}${path} }}`,
	);
}
