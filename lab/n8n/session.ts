/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type Emulator, type EmulatorOptions } from '../emulator';
import { N8nClient } from './client';
import { createCredential, type CredentialReference } from './credentials';
import { enterExternal } from './external/session';
import { readExternal } from './external/settings';
import { ensureN8n } from './install';
import { createLeash } from './leash';
import { packPackage } from './pack';
import { openSecureDoor, type SecureDoor } from './secureDoor';
import { startN8n, type N8nServer, type RunningN8n, type StartOptions } from './server';
import { watchPackage } from './watch';

export const CALLBACK_SECRET = 'whsec_emulator';

export interface SessionOptions {
	emulator?: Partial<EmulatorOptions>;
	/** More environment variables for n8n. */
	env?: Record<string, string>;
	port?: number;
	/** Compiles the package at every change and lets n8n load it anew, instead of packing it. */
	watch?: boolean;
	/** The credential's address is https, as Runflow's is. */
	https?: boolean;
}

/** A real n8n with the package installed, an emulator beside it, an owner and a credential. */
export interface Session {
	n8n: RunningN8n;
	client: N8nClient;
	emulator: Emulator;
	/** The data of the working Runflow credential, to make variants of. */
	credentialData: RunflowCredentialData;
	credential: CredentialReference;
	/** Ends everything that was started. */
	end(): Promise<void>;
}

export interface RunflowCredentialData extends Record<string, string> {
	apiKey: string;
	baseUrl: string;
	callbackSecret: string;
	previousCallbackSecret: string;
}

/**
 * Starts a session; takes about 15 s. The package comes packed from `RUNFLOW_TARBALL` (set by the
 * jest set-up) or is packed now.
 */
export async function startSession(options: SessionOptions = {}): Promise<Session> {
	const external = readExternal();
	const emulator = await startEmulator({
		callbackSecret: CALLBACK_SECRET,
		...options.emulator,
	});
	const door = options.https ? await openSecureDoor(emulator.url) : undefined;
	const closeApi = async () => {
		door?.close();
		await emulator.close();
	};
	try {
		const { n8n, client } = external
			? await enterExternal(external)
			: await startOwn(options, door);
		const credentialData = credentialDataFor(emulator, door?.url);
		const credential = await createCredential(client, 'runflowApi', credentialData, 'Runflow');
		const end = async () => {
			await closeApi();
			await n8n.end();
		};
		return { n8n, client, emulator, credentialData, credential, end };
	} catch (error) {
		await closeApi();
		throw error;
	}
}

async function startOwn({ port, env, watch }: SessionOptions, door?: SecureDoor) {
	const install = await ensureN8n();
	const start = watch ? startWatched : startPacked;
	const n8n = await start({ install, port, env: { ...door?.env, ...env } });
	const client = new N8nClient(n8n.url);
	await client.setUpOwner();
	return { n8n, client };
}

async function startPacked(options: StartOptions): Promise<N8nServer> {
	const packed = process.env.RUNFLOW_TARBALL === undefined ? await packPackage() : undefined;
	try {
		const tarball = packed?.tarball ?? process.env.RUNFLOW_TARBALL;
		return await startN8n({ ...options, tarball });
	} finally {
		await packed?.remove();
	}
}

/** The compiler and the folder end with this process. */
async function startWatched(options: StartOptions): Promise<N8nServer> {
	const userFolder = mkdtempSync(join(tmpdir(), 'runflow-n8n-'));
	createLeash(userFolder);
	await watchPackage(userFolder, (line) => void process.stdout.write(`${line}\n`));
	return await startN8n({
		...options,
		userFolder,
		env: { ...options.env, N8N_DEV_RELOAD: 'true' },
	});
}

/** The data of a credential with which the emulator can be used. */
export function credentialDataFor(
	emulator: Emulator,
	baseUrl: string = emulator.url,
): RunflowCredentialData {
	return {
		apiKey: emulator.options.keys[0]?.key ?? '',
		baseUrl,
		callbackSecret: CALLBACK_SECRET,
		previousCallbackSecret: '',
	};
}
