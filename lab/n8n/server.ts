/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/require-node-api-error */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from './errorCode';
import type { N8nInstall } from './install';
import { createLeash, type Leash } from './leash';
import { installPackage } from './pack';
import { freePort } from './ports';
import { isReady } from './ready';
import { serverEnvironment } from './serverEnvironment';

const START_TIMEOUT_MS = 120_000;
const READY_POLL_MS = 100;
const STOP_TIMEOUT_MS = 15_000;
const LOG_TAIL_CHARACTERS = 4_000;
const BYTES_PER_KB = 1024;
const MS_PER_TICK = 10;

export type N8nCommand = 'start' | 'worker' | 'webhook';

export interface StartOptions {
	install: N8nInstall;
	/** The packed package to install before the start. */
	tarball?: string;
	/** Kept at the end when given; else a temporary folder is made and removed at the end. */
	userFolder?: string;
	port?: number;
	env?: Record<string, string>;
	/** Which of n8n's processes to start; `start`, the default, is the main one. */
	command?: N8nCommand;
}

/** What a test can do with an n8n, whoever started it. */
export type RunningN8n = Pick<N8nServer, keyof N8nServer>;

/** One n8n process with the children it starts (its task runner). */
export class N8nServer {
	private child?: ChildProcess;

	constructor(
		private readonly install: N8nInstall,
		private readonly command: N8nCommand,
		readonly port: number,
		readonly userFolder: string,
		private readonly env: NodeJS.ProcessEnv,
		private readonly leash: Leash,
	) {}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	get pid(): number {
		const pid = this.child?.pid;
		if (pid === undefined) throw new Error('n8n is not running');
		return pid;
	}

	/** Starts n8n on the same port and folder and waits until it answers. */
	async start(): Promise<void> {
		const log = openSync(this.logPath, 'a');
		this.child = spawn(this.install.nodeBin, [this.install.n8nBin, this.command], {
			cwd: this.userFolder,
			env: this.env,
			detached: true,
			stdio: ['ignore', log, log],
		});
		closeSync(log);
		this.child.unref();
		this.leash.hold(this.child.pid);
		await this.waitUntilReady(this.child);
	}

	/** Asks n8n to shut down and waits for it; whatever is left after 15 s is killed. */
	async stop(): Promise<void> {
		await this.endWith('SIGTERM');
	}

	/** Kills n8n and its children at once (SIGKILL), as a crash would. */
	async kill(): Promise<void> {
		await this.endWith('SIGKILL');
	}

	/** Starts n8n again, after a `stop` or a `kill`, or after stopping it now. */
	async restart(): Promise<void> {
		await this.stop();
		await this.start();
	}

	/** Stops n8n for good and removes its temporary folder. */
	async end(): Promise<void> {
		await this.stop();
		await this.leash.release();
	}

	/** Everything n8n has printed since the first start. */
	log(): string {
		return readFileSync(this.logPath, 'utf8');
	}

	/** Resident memory of the n8n process itself, without its task runner (Linux only). */
	rssBytes(): number {
		return this.readStatusKilobytes('VmRSS') * BYTES_PER_KB;
	}

	/** The highest resident memory of the n8n process since its start (Linux only). */
	peakRssBytes(): number {
		return this.readStatusKilobytes('VmHWM') * BYTES_PER_KB;
	}

	/** Processor time of the n8n process itself since its start, in milliseconds (Linux only). */
	cpuMs(): number {
		const stat = readFileSync(`/proc/${this.pid}/stat`, 'utf8');
		const [user = 0, system = 0] = stat
			.slice(stat.lastIndexOf(')') + 2)
			.split(' ')
			.slice(11)
			.map(Number);
		return (user + system) * MS_PER_TICK;
	}

	private get logPath(): string {
		return join(this.userFolder, 'n8n.log');
	}

	private readStatusKilobytes(field: string): number {
		const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
		const match = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status);
		if (match?.[1] === undefined) throw new Error(`no ${field} in the process status`);
		return Number(match[1]);
	}

	private async waitUntilReady(child: ChildProcess): Promise<void> {
		const path = this.command === 'start' ? undefined : '/healthz';
		const deadline = Date.now() + START_TIMEOUT_MS;
		while (Date.now() < deadline) {
			if (child.exitCode !== null || child.signalCode !== null) break;
			if (await isReady(this.url, path)) return;
			await sleep(READY_POLL_MS);
		}
		throw new Error(`n8n did not start:\n${this.log().slice(-LOG_TAIL_CHARACTERS)}`);
	}

	private async endWith(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
		const child = this.child;
		if (child?.pid === undefined) return;
		this.child = undefined;
		if (child.exitCode === null && child.signalCode === null) {
			child.ref();
			const exited = once(child, 'exit');
			if (signal === 'SIGKILL') signalGroup(child.pid, signal);
			else child.kill(signal);
			const giveUp = new AbortController();
			const timer = sleep(STOP_TIMEOUT_MS, 'late', { ref: false, signal: giveUp.signal });
			const winner = await Promise.race([exited, timer.catch(() => 'ended')]);
			giveUp.abort();
			if (winner === 'late') {
				signalGroup(child.pid, 'SIGKILL');
				await exited;
			}
		}
		signalGroup(child.pid, 'SIGKILL');
		this.leash.hold(undefined);
	}
}

/** An empty group is no error: its processes have ended by themselves. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(-pid, signal);
	} catch (error) {
		if (!hasCode(error, 'ESRCH')) throw error;
	}
}

/**
 * Starts n8n on loopback with the package installed, and resolves when it answers. It ends with
 * `end()`, or by itself when this process ends in whatever way.
 */
export async function startN8n(options: StartOptions): Promise<N8nServer> {
	const { install, tarball, command = 'start' } = options;
	const port = options.port ?? (await freePort());
	const userFolder = options.userFolder ?? mkdtempSync(join(tmpdir(), 'runflow-n8n-'));
	const leash = createLeash(options.userFolder === undefined ? userFolder : undefined);
	const env = serverEnvironment({
		install,
		userFolder,
		port,
		brokerPort: await freePort(),
		extra: options.env ?? {},
	});
	const server = new N8nServer(install, command, port, userFolder, env, leash);
	try {
		if (tarball !== undefined) await installPackage(tarball, userFolder, install.env);
		await server.start();
		return server;
	} catch (error) {
		await server.end();
		throw error;
	}
}
