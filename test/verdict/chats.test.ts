import type { IDataObject } from 'n8n-workflow';

import {
	readByDiscord,
	readByHtml,
	readBySlack,
	readByTelegram,
	readByTelegramHtml,
	readByTelegramV2,
} from '../../lab/n8n/standIns/chats';
import { makeReport } from '../../nodes/Runflow/verdict/report';

const SIGNS = [
	...[
		'a_b',
		'*b*',
		'~~c~~',
		'`d`',
		'[e](https://evil.example)',
		'<!channel>',
		'@everyone',
		'@here',
	],
	...[
		'<https://evil.example|Approve>',
		'<@U123>',
		'<b>bold</b>',
		'&lt;!here&gt;',
		'&copy',
		'||x||',
	],
	...[
		':skull:',
		'\\*',
		'# big',
		'-# small',
		'> quote',
		'1. one',
		'/start',
		'R&D',
		'<script>',
		'__u__',
	],
	...[
		'x\u202Egnp.a',
		'a\nb',
		'שלום',
		'\u2028<',
		'emoji 😀',
		'{{ $json.x }}',
		'-',
		'+ list',
		'_',
		'[',
	],
];
const name = (n: number) => `${SIGNS[n % SIGNS.length]} ${SIGNS[(n * 7 + 3) % SIGNS.length]}`;

const ROWS = Array.from({ length: 300 }, (_, n): IDataObject => ({
	verdict: ['not_passed', 'passed', 'no_verdict'][n % 3],
	reason: `${name(n + 1)} ${'with six fingers '.repeat(n % 40)}`,
	...{ client_ref: name(n), weighted_pass_rate: (n % 100) / 100, cost: '0.4' },
	input: { title: name(n + 2), verdict: n % 2 ? 'passed' : 'not_passed', campaign: name(n % 9) },
}));

function reportWith(title: string, maximumTextLength?: number) {
	const settings = { title, worstCount: 100, groupByField: 'campaign', maximumTextLength };
	return makeReport(ROWS, settings).report;
}

describe.each(SIGNS.map((sign) => [sign]))('a report whose title begins with %j', (sign) => {
	const { text, html } = reportWith(`${sign} audit`);

	it.each([
		['Slack', readBySlack],
		['Discord', readByDiscord],
		['Telegram, Markdown', readByTelegram],
		['Telegram, HTML', readByTelegramHtml],
	])('says in %s what it says', (_, read) => {
		expect(read(text)).toEqual({ refused: undefined, effects: [], shown: text });
	});

	it('says in an HTML mail what it says, line by line', () => {
		expect(readByHtml(html)).toEqual({ refused: undefined, effects: [], shown: text });
	});
});

it.each([200, 1_024, 2_000, 4_096, 40_000])('of at most %i characters, whole lines go', (most) => {
	const { text } = reportWith('Nightly', most);
	expect(text.length).toBeLessThanOrEqual(most);
	const all = reportWith('Nightly', 40_000).text.split('\n');
	const lines = text.split('\n').filter((line) => !/^• and \d+ more$/.test(line));
	expect(all).toEqual(expect.arrayContaining(lines));
	const worst = lines.slice(lines.indexOf('Worst:') + 1);
	const rest = Number(/• and (\d+) more$/.exec(text)?.[1] ?? 0);
	if (lines.includes('Worst:')) expect(worst.length + rest).toBe(100);
});

it('the readers see what a message must not do', () => {
	expect(readBySlack('<https://evil.example|Approve> *b*').effects).toHaveLength(2);
	expect(readByDiscord('@everyone # a\n# b').effects).toHaveLength(2);
	expect(readByTelegram('summer_sale').refused).toMatch(/end of the entity/);
	expect(readByTelegramHtml('a<br>b').refused).toBeDefined();
	expect(readByHtml('a\nb<br>\nc').shown).toBe('a b\nc');
	expect(readByTelegramHtml('a < b').refused).toBeDefined();
	expect(readByHtml('<b>x</b>').effects).toHaveLength(2);
});

it("Telegram's MarkdownV2 refuses any report, as its page says", () => {
	expect(readByTelegramV2(reportWith('Nightly').text).refused).toBeDefined();
});
