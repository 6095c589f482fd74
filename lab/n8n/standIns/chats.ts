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

/**
 * Telegram's legacy Markdown, the default of its node: an entity that does not end is refused. What
 * is left when the entities are read counts for the length.
 */
export function readByTelegram(text: string): Reading {
	const read = reading(
		text,
		[
			['mention', /(?<!\w)@\w{4,}/g],
			['escape', /\\[_*`[]/g],
		],
		Infinity,
	);
	const effects = [...read.effects];
	let shown = '';
	for (let at = 0; at < text.length; at++) {
		const sign = text[at] ?? '';
		if (!'_*`['.includes(sign)) {
			shown += sign;
			continue;
		}
		const end = text.indexOf(sign === '[' ? ']' : sign, at + 1);
		if (end < 0) return { ...read, refused: `can't find end of the entity starting at ${at}` };
		const link = sign === '[' ? (/^\([^)]*\)/.exec(text.slice(end + 1))?.[0] ?? '') : '';
		effects.push(`format: ${text.slice(at, end + 1)}${link}`);
		shown += text.slice(at + 1, end);
		at = end + link.length;
	}
	return { effects, shown, refused: shown.length > 4_096 ? 'message is too long' : undefined };
}

const TELEGRAM_TAG = /<\/?(?:b|strong|i|em|u|ins|s|strike|del|a|code|pre|blockquote)(?: [^>]*)?>/g;

/** Telegram's HTML keeps line breaks; any other tag than its own, and a `<` alone, is refused. */
export function readByTelegramHtml(text: string): Reading {
	const shown = withoutEntities(text.replace(TELEGRAM_TAG, ''));
	const read = reading(text, [['tag', TELEGRAM_TAG]], Infinity);
	const isWrong = text.replace(TELEGRAM_TAG, '').includes('<');
	const tooLong = shown.length > 4_096 ? 'message is too long' : undefined;
	return { ...read, shown, refused: isWrong ? 'unsupported start tag' : tooLong };
}

/** MarkdownV2 refuses each of these signs unless a backslash stands before it. */
export function readByTelegramV2(text: string): Reading {
	const sign = /(?<!\\)[_*[\]()~`>#+\-=|{}.!]/.exec(text)?.[0];
	return { effects: [], shown: text, refused: sign && `character '${sign}' is reserved` };
}

/** A mail in HTML: tags, entities, white space as one space. */
export function readByHtml(text: string, mostCharacters = Infinity): Reading {
	const body = text
		.replace(/\s+/g, ' ')
		.replace(/ ?<br ?\/?> ?/g, '\n')
		.trim();
	const read = reading(body, [['tag', /<[a-z!/?][^>]*>?/gi]], mostCharacters);
	return { ...read, shown: withoutEntities(body.replace(/<[a-z!/?][^>]*>/gi, '')) };
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function withoutEntities(text: string): string {
	return text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

/** Teams: text is shown as it is, HTML as in a mail, with `<at>` for a mention; 28 kB at most. */
export function readByTeams(text: string, contentType: string): Reading {
	const isTooLong = Buffer.byteLength(text) > 28 * 1024;
	const read = contentType === 'html' ? readByHtml(text) : { effects: [], shown: text };
	return { ...read, refused: isTooLong ? 'longer than 28 kB' : undefined };
}
