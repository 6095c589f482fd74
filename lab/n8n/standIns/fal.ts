import { randomUUID } from 'node:crypto';
import { readString } from '../read';
import { PICTURE_URLS, pictureFor } from './pictures';
import type { Service, ServiceAnswer } from './service';
import { isStruck, type Troubles } from './troubles';

export const FAL_KEY = 'Key fal-stand-in';

const QUEUE = 'https://queue.fal.run';
/** How often a request is still in progress when it is asked about. */
const LOOKS_IN_PROGRESS = 1;

const REFUSAL: ServiceAnswer = { status: 422, body: { detail: 'The prompt was refused.' } };
/** As a gateway in front may answer. */
const ERROR: ServiceAnswer = { body: { error: 'The service is overloaded.' } };

export interface FalStandIn extends Service {
	/** What images were asked for, by the URLs of the images. */
	prompts: Map<string, string>;
}

/** fal's image generators: at once, and with a queue in which a request takes two looks. */
export function createFal(troubles: Troubles): FalStandIn {
	const requests = new Map<string, { prompt: string; looks: number }>();
	const prompts = new Map<string, string>();
	const result = (prompt: string): ServiceAnswer => {
		if (isStruck(troubles, 'answersError', prompt)) return ERROR;
		const url = `${PICTURE_URLS}${pictureFor(prompt)}?${prompts.size + 1}`;
		prompts.set(url, prompt);
		return { body: { images: [{ url }], prompt } };
	};
	return {
		hosts: ['fal.run', 'queue.fal.run'],
		prompts,
		answer: ({ host, method, path, authorization, body }) => {
			if (authorization !== FAL_KEY) return { status: 401, body: { detail: 'Invalid key' } };
			if (method === 'POST') {
				const prompt = readString(body, 'prompt');
				if (isStruck(troubles, 'refuses', prompt)) return REFUSAL;
				if (host === 'fal.run') return result(prompt);
				const id = randomUUID();
				requests.set(id, { prompt, looks: 0 });
				const url = `${QUEUE}${path}/requests/${id}`;
				return {
					body: {
						request_id: id,
						response_url: url,
						status_url: `${url}/status`,
						status: 'IN_QUEUE',
					},
				};
			}
			const [, id = '', isStatus] = /\/requests\/([^/]+)(\/status)?$/.exec(path) ?? [];
			const request = requests.get(id);
			if (request === undefined) return undefined;
			if (!isStatus) return result(request.prompt);
			if (isStruck(troubles, 'fails', request.prompt)) return { body: { status: 'FAILED' } };
			if (isStruck(troubles, 'neverEnds', request.prompt)) return { body: { status: 'IN_QUEUE' } };
			const isDone = request.looks++ >= LOOKS_IN_PROGRESS;
			return { body: { status: isDone ? 'COMPLETED' : 'IN_PROGRESS' } };
		},
	};
}
