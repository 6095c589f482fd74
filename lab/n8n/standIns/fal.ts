import { randomUUID } from 'node:crypto';
import { readString } from '../read';
import { PICTURE_URLS, pictureFor } from './pictures';
import type { Service, ServiceAnswer } from './service';

export const FAL_KEY = 'Key fal-stand-in';

const QUEUE = 'https://queue.fal.run';
/** How often a request is still in progress when it is asked about. */
const LOOKS_IN_PROGRESS = 1;

/** fal's image generators: at once, and with a queue in which a request takes two looks. */
export function createFal(): Service {
	const requests = new Map<string, { prompt: string; looks: number }>();
	return {
		hosts: ['fal.run', 'queue.fal.run'],
		answer: ({ host, method, path, authorization, body }) => {
			if (authorization !== FAL_KEY) return { status: 401, body: { detail: 'Invalid key' } };
			if (method === 'POST' && host === 'fal.run') return result(readString(body, 'prompt'));
			if (method === 'POST') {
				const id = randomUUID();
				requests.set(id, { prompt: readString(body, 'prompt'), looks: 0 });
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
			const isDone = request.looks++ >= LOOKS_IN_PROGRESS;
			return { body: { status: isDone ? 'COMPLETED' : 'IN_PROGRESS' } };
		},
	};
}

function result(prompt: string): ServiceAnswer {
	return { body: { images: [{ url: `${PICTURE_URLS}${pictureFor(prompt)}` }], prompt } };
}
