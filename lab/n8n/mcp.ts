import { isRecord, readRecord, readRecords, type JsonRecord } from './read';
import { until } from './webhookRuns';

const REGISTERED_MS = 20_000;
const PROTOCOL = '2025-03-26';

/** An assistant's connection to an MCP Server Trigger, over streamable HTTP. */
export class McpClient {
	private session?: string;
	private nextId = 1;

	constructor(
		private readonly url: string,
		private readonly token: string,
	) {}

	/** n8n answers the activation of a workflow before it has registered its trigger. */
	async connect(): Promise<void> {
		await until('the MCP server', async () => await this.isThere(), REGISTERED_MS);
		const clientInfo = { name: 'test', version: '1.0.0' };
		await this.ask('initialize', { protocolVersion: PROTOCOL, capabilities: {}, clientInfo });
		await this.post({ jsonrpc: '2.0', method: 'notifications/initialized' });
	}

	async toolNames(): Promise<string[]> {
		const { tools } = await this.ask('tools/list', {});
		return readRecords(tools, 'tools').map(({ name }) => String(name));
	}

	/** What a tool answers, as text. */
	async call(name: string, values: JsonRecord): Promise<string> {
		const { content } = await this.ask('tools/call', { name, arguments: values });
		return readRecords(content, 'content')
			.map(({ text }) => String(text))
			.join('\n');
	}

	private async isThere(): Promise<boolean> {
		return (await fetch(this.url, { method: 'POST' })).status !== 404;
	}

	private async ask(method: string, params: JsonRecord): Promise<JsonRecord> {
		const text = await this.post({ jsonrpc: '2.0', id: this.nextId++, method, params });
		const data = /^data: (.*)$/m.exec(text)?.[1] ?? text;
		const answer = readRecord(JSON.parse(data), 'answer');
		if (isRecord(answer.error)) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
		return readRecord(answer.result, 'result');
	}

	private async post(body: JsonRecord): Promise<string> {
		const session: Record<string, string> =
			this.session === undefined ? {} : { 'mcp-session-id': this.session };
		const response = await fetch(this.url, {
			method: 'POST',
			headers: {
				...{ authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
				...{ accept: 'application/json, text/event-stream', ...session },
			},
			body: JSON.stringify(body),
		});
		this.session ??= response.headers.get('mcp-session-id') ?? undefined;
		const text = await response.text();
		if (!response.ok) throw new Error(`${this.url} answered ${response.status}: ${text}`);
		return text;
	}
}
