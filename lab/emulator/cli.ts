/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { Command, InvalidArgumentError, Option } from 'commander';

import {
	defaultOptions,
	isPreset,
	PRESETS,
	type CallbackForm,
	type EmulatorOptions,
	type ErrorEnvelope,
	type FaultKind,
	type Latency,
	type RequestRecord,
	startEmulator,
} from './index';

const FAULT_KINDS: FaultKind[] = [
	'dropBefore',
	'dropAfter',
	'status500',
	'status502',
	'status503',
	'slow',
	'truncatedJson',
	'html',
	'earlyNotFound',
];
const ENVELOPES: ErrorEnvelope[] = [
	'documented',
	'nested',
	'errorString',
	'detail',
	'html',
	'plain',
];
const CALLBACK_FORMS: CallbackForm[] = [
	'flat',
	'envelope',
	'nestedEvaluation',
	'nestedData',
	'nestedOutput',
	'object',
];

interface Flags {
	port: number;
	like?: string;
	seed: number;
	speed: number;
	latency: Latency;
	inFlightCap: number;
	rateLimit?: number;
	retryAfter?: number;
	balance?: string;
	imageRoot?: string;
	imagePrefix: string;
	allowHttp?: string;
	faultRate: number;
	faultKinds: FaultKind[];
	errorEnvelope?: ErrorEnvelope;
	callbackForm?: CallbackForm;
	callbackSecret?: string;
	callbackDuplicates: number;
	passFraction: number;
	failureFraction: number;
	quiet?: boolean;
}

function readNumber(text: string): number {
	const value = Number(text);
	if (text === '' || Number.isNaN(value) || value < 0) {
		throw new InvalidArgumentError('Must be a number, 0 or more.');
	}
	return value;
}

function readLatency(text: string): Latency {
	if (text === 'manual') return 'manual';
	const [min = '', max = min] = text.split('-');
	return { distribution: 'uniform', minMs: readNumber(min), maxMs: readNumber(max) };
}

function readKinds(text: string): FaultKind[] {
	return text.split(',').map((name) => {
		const kind = FAULT_KINDS.find((candidate) => candidate === name);
		if (kind === undefined) throw new InvalidArgumentError(`One of ${FAULT_KINDS.join(', ')}.`);
		return kind;
	});
}

function readAmount(text: string): string {
	if (!/^\d+(\.\d{1,6})?$/.test(text)) throw new InvalidArgumentError('Such as 12.350000.');
	return text;
}

function print(line: string): void {
	process.stdout.write(line + '\n');
}

function printRequest({ method, path, status, fault }: RequestRecord): void {
	const answer = status === 0 ? 'dropped' : String(status);
	print([answer.padEnd(7), method.padEnd(5), path, fault ? `(${fault})` : ''].join(' '));
}

function readOptions(flags: Flags): Partial<EmulatorOptions> {
	const { imageRoot, imagePrefix, like, rateLimit, errorEnvelope, callbackForm } = flags;
	return {
		...(like !== undefined && isPreset(like) && PRESETS[like]),
		port: flags.port,
		seed: flags.seed,
		speed: flags.speed,
		latency: flags.latency,
		inFlightCap: flags.inFlightCap,
		...(rateLimit !== undefined && { rateLimitPerSecond: rateLimit }),
		retryAfterSeconds: flags.retryAfter ?? null,
		balance: flags.balance ?? null,
		images: imageRoot === undefined ? null : { urlPrefix: imagePrefix, folder: imageRoot },
		allowHttpPrefix: flags.allowHttp ?? null,
		faults: { rate: flags.faultRate, kinds: flags.faultKinds },
		...(errorEnvelope && { errorEnvelope }),
		...(callbackForm && { callbackForm }),
		callbackSecret: flags.callbackSecret ?? null,
		callbackDuplicates: flags.callbackDuplicates,
		syntheticPassFraction: flags.passFraction,
		failureFraction: flags.failureFraction,
		onRequest: flags.quiet ? null : printRequest,
	};
}

async function run(flags: Flags): Promise<void> {
	const emulator = await startEmulator(readOptions(flags));
	print(`Runflow API emulator: ${emulator.url}`);
	for (const { key, scopes } of emulator.options.keys) {
		print(`  ${key.padEnd(18)} ${scopes.join(' ') || '(no scopes)'}`);
	}
	const stop = async () => {
		const { submitted, billed, total } = emulator.ledger();
		print(`Submitted ${submitted}, billed ${billed}, ${total} credits.`);
		await emulator.close();
	};
	for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop());
}

const defaults = defaultOptions();
const program = new Command('emulator')
	.description('Runs an emulator of the Runflow API on 127.0.0.1.')
	.option('--port <number>', 'port; 0 takes a free one', readNumber, 4010)
	.addOption(
		new Option('--like <backend>', 'answers as another backend would; other options win').choices(
			Object.keys(PRESETS),
		),
	)
	.option('--seed <number>', 'same seed, same run', readNumber, defaults.seed)
	.option('--speed <factor>', 'divides latencies and retry delays', readNumber, 1)
	.addOption(
		new Option('--latency <ms>', 'how long an evaluation takes: 800, 2000-9000 or manual')
			.argParser(readLatency)
			.default({ distribution: 'uniform', minMs: 2000, maxMs: 6000 }, '2000-6000'),
	)
	.option('--in-flight-cap <n>', 'evaluations open at once', readNumber, defaults.inFlightCap)
	.option('--rate-limit <n>', 'requests per second; off when not given', readNumber)
	.option('--retry-after <seconds>', 'Retry-After on a 429; missing when not given', readNumber)
	.option('--balance <credits>', 'credit balance; unlimited when not given', readAmount)
	.option('--image-root <folder>', 'folder with the images to look at')
	.option('--image-prefix <url>', 'its URL', 'https://images.example.com/')
	.option('--allow-http <prefix>', 'http:// media under this prefix is accepted')
	.option('--fault-rate <share>', 'share of requests that go wrong, 0 to 1', readNumber, 0)
	.addOption(
		new Option('--fault-kinds <list>', `of ${FAULT_KINDS.join(', ')}`)
			.argParser(readKinds)
			.default(FAULT_KINDS, 'all'),
	)
	.addOption(new Option('--error-envelope <form>', 'form of error answers').choices(ENVELOPES))
	.addOption(
		new Option('--callback-form <form>', 'form of callback bodies').choices(CALLBACK_FORMS),
	)
	.option('--callback-secret <secret>', 'signs callbacks; unsigned when not given')
	.option('--callback-duplicates <n>', 'how often each callback is delivered', readNumber, 1)
	.option('--pass-fraction <share>', 'share of unseen images that pass', readNumber, 0.7)
	.option('--failure-fraction <share>', 'share of evaluations that fail', readNumber, 0)
	.option('--quiet', 'print no line per request')
	.action(run);

void program.parseAsync();
