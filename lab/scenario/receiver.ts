/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';

import type { Emulator } from '../emulator';
import { RUNFLOW_TRIGGER } from '../engine';
import type { NodeTypeMap } from '../engine';
import { deliver } from './deliver';

export interface Receiver {
	/** The Production URL. */
	readonly url: string;
	/** The item of each execution that was started. */
	readonly executions: IDataObject[];
	/** One for each request, in the order of the answers. */
	readonly answers: Array<{ at: number; status: number; logged: string[] }>;
	/** Does what a restart of n8n does: the process forgets, what n8n stored stays. */
	restart(): Promise<void>;
	close(): Promise<void>;
}

let receivers = 0;

/**
 * What n8n is to a published trigger: an HTTP server that hands each request to it, with the
 * trigger's static data as stored at that moment, and starts executions.
 */
export async function startReceiver(
	emulator: Emulator,
	parameters: INodeParameters = {},
): Promise<Receiver> {
	const nodeId = `receiver-${receivers++}`;
	const executions: IDataObject[] = [];
	const answers: Receiver['answers'] = [];
	let staticData: IDataObject = {};
	let nodeTypes: NodeTypeMap = {};

	const receive = async (request: IncomingMessage): Promise<{ status: number; body: unknown }> => {
		const body = await buffer(request);
		const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
		const before = staticData;
		const call = await deliver(emulator, {
			...{ body, headers: Object.fromEntries(headers), nodeId, nodeTypes, parameters },
			staticData: before,
		});
		if (!isDeepStrictEqual(call.staticData, before)) staticData = call.staticData;
		for (const { json } of call.items?.flat() ?? []) executions.push(json);
		const { status } = call.response;
		answers.push({ at: performance.now(), status, logged: call.logged });
		return { status, body: call.response.body };
	};

	const server = createServer((request, response) => {
		void receive(request).then(({ status, body }) => {
			response.writeHead(status, { 'Content-Type': 'application/json' });
			response.end(JSON.stringify(body));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${portOf(server.address())}/webhook/trigger-webhook-id/runflow`,
		executions,
		answers,
		restart: async () => {
			nodeTypes = { [RUNFLOW_TRIGGER]: await loadTriggerAnew() };
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** The trigger as a new process loads it: its modules remember nothing. */
export async function loadTriggerAnew(): Promise<INodeType> {
	let trigger: INodeType | undefined;
	await jest.isolateModulesAsync(async () => {
		const { RunflowTrigger } = await import('../../nodes/Runflow/RunflowTrigger.node');
		trigger = new RunflowTrigger();
	});
	if (!trigger) throw new Error('The trigger was not loaded');
	return trigger;
}

export function portOf(address: AddressInfo | string | null): number {
	if (address === null || typeof address === 'string') throw new Error('Not listening');
	return address.port;
}
