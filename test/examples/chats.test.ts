import { createCredential, type CredentialReference } from '../../lab/n8n/credentials';
import { startExampleSession, type ExampleSession } from '../../lab/n8n/exampleSession';
import { outputOf, waitForExecution, type Execution } from '../../lab/n8n/executions';
import { credentialTypesByNodeType, listNodeTypes } from '../../lab/n8n/nodeTypes';
import type { JsonRecord } from '../../lab/n8n/read';
import {
	readByDiscord,
	readByHtml,
	readBySlack,
	readByTeams,
	readByTelegram,
	readByTelegramHtml,
	type Reading,
} from '../../lab/n8n/standIns/chats';
import { DISCORD_TOKEN, TELEGRAM_TOKEN } from '../../lab/n8n/standIns/chatServices';
import { startMailServer, type MailServer } from '../../lab/n8n/standIns/mail';
import { signInWithMicrosoft } from '../../lab/n8n/standIns/signIn';
import { core } from '../../lab/n8n/tableKinds';
import { report } from '../../lab/n8n/webhookRuns';
import { itemsNode, MANUAL_TRIGGER, rowOfNodes, runflowNode } from '../../lab/n8n/workflowFile';
import { importWorkflow, runWorkflow } from '../../lab/n8n/workflows';

let session: ExampleSession;
let mail: MailServer;
let credentials: CredentialReference[];
let credentialTypes: Map<string, Set<string>>;
let execution: Execution;

const SIGNS = [
	...[
		'a_b',
		'*b*',
		'~~c~~',
		'`d`',
		'[x](javascript:alert(1))',
		'<!channel>',
		'@everyone',
		'_',
		'[',
	],
	...['<https://evil.example|Approve>', '<b>bold</b>', '||x||', ':skull:', '# big', '> quote', '~'],
	...[
		'1. one',
		'R&D &copy',
		'<script>',
		'x\u202Egnp.a',
		'a\nb',
		'שלום עולם',
		'مرحبا',
		'\\*',
		'|',
		'*',
	],
];
const sign = (n: number) => SIGNS[n % SIGNS.length] ?? '';
const ROWS = Array.from({ length: 300 }, (_, n): JsonRecord => ({
	...{ verdict: ['not_passed', 'passed', 'no_verdict'][n % 3], billed_credits: 0.4 },
	reason: `${sign(n + 1)} ${'with six fingers '.repeat(n % 40)}`,
	...{ client_ref: `${sign(n)} ${sign(n * 7 + 3)}`, weighted_pass_rate: (n % 100) / 100 },
	input: { title: sign(n + 2), verdict: n % 2 ? 'passed' : 'not_passed', campaign: sign(n % 9) },
}));

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const TEXT = '={{ $json.text }}';
const HTML = '={{ $json.html }}';

const discord = core('Discord', 'discord', 2, {
	...{ authentication: 'botToken', resource: 'message', operation: 'send', sendTo: 'channel' },
	...{ guildId: byId('1'), channelId: byId('2'), content: TEXT, options: {} },
});
const telegram = (format?: string) =>
	core(`Telegram ${format ?? 'as it is'}`, 'telegram', 1.2, {
		...{ resource: 'message', operation: 'sendMessage', chatId: '1', text: TEXT },
		additionalFields: format === undefined ? {} : { parse_mode: format },
	});
const teams = (name: string, contentType: string, message: string, options: JsonRecord = {}) =>
	core(name, 'microsoftTeams', 2, {
		...{ resource: 'chatMessage', operation: 'create', chatId: byId('19:abc@thread.v2') },
		...{ contentType, message, options },
	});
const email = (emailFormat: string) =>
	core(`Email ${emailFormat}`, 'emailSend', 2.1, {
		...{
			resource: 'email',
			operation: 'send',
			fromEmail: 'a@example.com',
			toEmail: 'b@example.com',
		},
		...{ subject: '={{ $json.title }}', emailFormat, text: TEXT, html: HTML, options: {} },
	});
const slack = core('Slack', 'slack', 2.3, {
	...{ authentication: 'accessToken', resource: 'message', operation: 'post', select: 'channel' },
	...{ channelId: { __rl: true, mode: 'name', value: '#image-review' }, messageType: 'text' },
	...{ text: TEXT, otherOptions: {} },
});
const SENDERS = [
	...[slack, discord, telegram(), telegram('HTML'), telegram('MarkdownV2')],
	teams('Teams HTML', 'html', HTML),
	teams('Teams text', 'text', TEXT, { includeLinkToWorkflow: false }),
	teams('Teams text with its link', 'text', TEXT),
	...[email('html'), email('text')],
].map((node) => ({ ...node, extra: { onError: 'continueRegularOutput' } }));

beforeAll(async () => {
	session = await startExampleSession();
	mail = await startMailServer();
	const { client } = session;
	const server = { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true };
	credentials = [
		...session.credentials,
		await createCredential(client, 'discordBotApi', { botToken: DISCORD_TOKEN }),
		await createCredential(client, 'telegramApi', {
			...{ accessToken: TELEGRAM_TOKEN, baseUrl: 'https://api.telegram.org' },
		}),
		await createCredential(client, 'smtp', { ...server, user: '', password: '' }),
		await signInWithMicrosoft(client),
	];
	credentialTypes = credentialTypesByNodeType(await listNodeTypes(client));
	const made = runflowNode('Report', 'createReport', {
		title: '<!channel> *Nightly_audit* @everyone',
		options: { attachContactSheet: false, worstCount: 100, groupByField: 'campaign' },
	});
	const file = rowOfNodes('hostile', [MANUAL_TRIGGER, itemsNode(ROWS), made, ...SENDERS]);
	const to = (nodes: string[]) => ({
		main: [nodes.map((node) => ({ node, type: 'main', index: 0 }))],
	});
	const connections = {
		...{ [MANUAL_TRIGGER.name]: to(['Items']), Items: to(['Report']) },
		Report: to(SENDERS.map(({ name }) => name)),
	};
	const workflow = await importWorkflow(
		client,
		{ ...file, connections },
		{ credentials, credentialTypes },
	);
	execution = await waitForExecution(
		client,
		await runWorkflow(client, workflow, MANUAL_TRIGGER.name),
	);
});

afterAll(async () => {
	await mail?.close();
	await session?.end();
});

const told = () => String(outputOf(execution, 'Report')[0]?.text);

/** The report stands at the start as it was made; what n8n's node adds behind it is its own. */
function expectAsItIs(read: (text: string) => Reading, sent: string): void {
	expect(sent.startsWith(told())).toBe(true);
	expect(read(sent)).toMatchObject({
		refused: undefined,
		effects: read(sent.slice(told().length)).effects,
	});
	expect(read(sent).shown.startsWith(told())).toBe(true);
}

it('the report is as long as it may be', () => {
	expect(told().length).toBeLessThanOrEqual(2_000);
	expect(told().length).toBeGreaterThan(1_500);
	report(told());
});

it("Slack shows it as it is, with its node's own link", () => {
	const sent = session.standIns.slack.messages[0]?.text ?? '';
	report(`Slack, ${sent.length} characters: ${JSON.stringify(sent.slice(told().length))}`);
	expectAsItIs(readBySlack, sent);
});

it.each<[string, string, (text: string) => Reading]>([
	['Discord', 'content', readByDiscord],
	['Telegram', 'Markdown', readByTelegram],
	['Telegram', 'HTML', readByTelegramHtml],
	['Teams', 'text', (text) => readByTeams(text, 'text')],
])('%s shows it as it is, as %s', (service, format, read) => {
	const { messages } = session.standIns.chats;
	const message = messages.find((each) => each.service === service && each.format === format);
	report(`${service} ${format}: ${message?.sent.length} characters, ${message?.refused}`);
	expectAsItIs(read, message?.sent ?? '');
});

it('Teams shows the field html line by line; of the text, its node makes one line beside its link', () => {
	const shown = session.standIns.chats.messages
		.filter(({ service, format }) => service === 'Teams' && format === 'html')
		.map((message) => message.shown);
	expect(shown).toHaveLength(2);
	expect(shown.filter((each) => each.startsWith(told()))).toHaveLength(1);
	expect(shown.filter((each) => each.startsWith(told().replace(/\n/g, ' ')))).toHaveLength(1);
});

it('MarkdownV2 refuses it, as the page says', () => {
	const message = session.standIns.chats.messages.find(({ format }) => format === 'MarkdownV2');
	expect(message?.refused).toMatch(/is reserved/);
	expect(outputOf(execution, 'Telegram MarkdownV2')[0]).toHaveProperty('error');
});

it('a mail shows it line by line, as HTML and as text', () => {
	const [html, text] = ['text/html', 'text/plain'].map((type) =>
		mail.mails.find((each) => each.type === type),
	);
	const read = readByHtml(html?.body ?? '');
	expect(read.shown.startsWith(told())).toBe(true);
	expect(read.effects.filter((effect) => !/<\/?(?:em|a)\b/.test(effect))).toEqual([]);
	expect(text?.body.startsWith(told())).toBe(true);
	expect(session.standIns.unexpected).toEqual([]);
});
