/** What a chat or mail makes of a message besides its plain words. */
export interface Reading {
	/** Why the service does not take the message. */
	refused?: string;
	/** Each formatting, link or mention, as the service reads it. */
	effects: string[];
	/** The words that a reader sees. */
	shown: string;
}

type Effect = [what: string, pattern: RegExp];

function reading(text: string, effects: Effect[], mostCharacters: number): Reading {
	const found = effects.flatMap(([what, pattern]) =>
		[...text.matchAll(pattern)].map(([match]) => `${what}: ${match}`),
	);
	const refused = text.length > mostCharacters ? `longer than ${mostCharacters}` : undefined;
	return { refused, effects: found, shown: text };
}

const pair = (sign: string) => new RegExp(`${sign}(?=\\S)[^\\n]+?${sign}`, 'g');

/** Slack's mrkdwn: pairs of signs, `<…>` for links and mentions, three entities, emoji by name. */
export function readBySlack(text: string): Reading {
	const read = reading(
		text,
		[
			...(['\\*', '_', '~', '`'].map((sign) => ['format', pair(sign)]) as Effect[]),
			['link or mention', /<[^>]*>/g],
			['emoji', /:[\w+-]+:/g],
			['quote', /^(?:>|&gt;)/gm],
		],
		40_000,
	);
	const shown = text.replace(
		/&(amp|lt|gt);/g,
		(_, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name] ?? '',
	);
	return { ...read, shown };
}

/** Discord's Markdown; a mention needs no pair, and a backslash takes the meaning of a sign. */
export function readByDiscord(text: string): Reading {
	return reading(
		text,
		[
			...(['\\*', '_', '~~', '`', '\\|\\|'].map((sign) => ['format', pair(sign)]) as Effect[]),
			['mention', /@everyone|@here|<[@#&!][^>]*>/g],
			['link', /\[[^\]]*\]\([^)]*\)|<https?:[^>]*>/g],
			['emoji', /<a?:\w+:\d+>|:[\w+-]+:/g],
			['heading, list or quote', /^(?:#{1,3} |-# |[-*+] |\d+\. |>{1,3} )/gm],
			['escape', /\\[^\w\s]/g],
		],
		2_000,
	);
}

/** Telegram's legacy Markdown, the default of its node: an entity that does not end is refused. */
export function readByTelegram(text: string): Reading {
	const read = reading(
		text,
		[
			['mention', /(?<!\w)@\w{4,}/g],
			['escape', /\\[_*`[]/g],
		],
		4_096,
	);
	const effects = [...read.effects];
	for (let at = 0; at < text.length; at++) {
		const sign = text[at] ?? '';
		if (!'_*`['.includes(sign)) continue;
		const end = text.indexOf(sign === '[' ? ']' : sign, at + 1);
		if (end < 0) return { ...read, refused: `can't find end of the entity starting at ${at}` };
		effects.push(`format: ${text.slice(at, end + 1)}`);
		at = end;
	}
	return { ...read, effects };
}

/** Telegram's HTML: any other tag than its own, and a `<` alone, is refused. */
export function readByTelegramHtml(text: string): Reading {
	const read = readByHtml(text, 4_096);
	return {
		...read,
		refused: read.refused ?? (/</.test(text) ? 'unsupported start tag' : undefined),
	};
}

/** MarkdownV2 refuses each of these signs unless a backslash stands before it. */
export function readByTelegramV2(text: string): Reading {
	const sign = /(?<!\\)[_*[\]()~`>#+\-=|{}.!]/.exec(text)?.[0];
	return { effects: [], shown: text, refused: sign && `character '${sign}' is reserved` };
}

/** A mail in HTML, or Teams with the content type HTML: tags, entities, white space as one space. */
export function readByHtml(text: string, mostCharacters = Infinity): Reading {
	const body = text.replace(/<br>\n?/g, '\n');
	const read = reading(body, [['tag', /<[a-z!/?][^>]*>?/gi]], mostCharacters);
	const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
	const shown = body.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
	return { ...read, shown };
}
