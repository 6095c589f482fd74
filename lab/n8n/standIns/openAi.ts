import { readString, type JsonRecord } from '../read';
import { nextStep } from './assistant';
import { CHAT_COMPLETIONS, RESPONSES, type ModelApi } from './openAiModels';
import { pictureFor, readPicture } from './pictures';
import type { Service, ServiceAnswer, ServiceRequest } from './service';
import { isStruck, type Troubles } from './troubles';

export const OPENAI_KEY = 'sk-stand-in';

const REFUSAL: ServiceAnswer = {
	status: 400,
	body: {
		error: {
			message: 'Your request was rejected by the safety system.',
			code: 'moderation_blocked',
		},
	},
};
const ERROR: ServiceAnswer = { body: { error: { message: 'The server is overloaded.' } } };
const NO_PICTURE = Buffer.from('<html>503</html>');
const MODELS = ['gpt-5-mini', 'gpt-image-1-mini'];

export interface OpenAiStandIn extends Service {
	/** What the model's tools answered, in order. */
	toolAnswers: string[];
	/** What images were asked for, in order. */
	imagePrompts: string[];
	/** The images that were made, in order; no two have the same bytes. */
	images: Array<{ prompt: string; bytes: Buffer }>;
}

/** OpenAI: images, and a model that follows the script of `assistant.ts`, by both of its APIs. */
export function createOpenAi(troubles: Troubles): OpenAiStandIn {
	const toolAnswers: string[] = [];
	const imagePrompts: string[] = [];
	const images: OpenAiStandIn['images'] = [];
	const askBy = (api: ModelApi) => (body: JsonRecord) => {
		const conversation = api.read(body);
		if (conversation.toolAnswer !== undefined) toolAnswers.push(conversation.toolAnswer);
		return { body: api.write(nextStep(conversation), body.stream === true) };
	};
	const paths: Record<string, (body: JsonRecord) => ServiceAnswer> = {
		'/v1/models': () => ({ body: { data: MODELS.map((id) => ({ id, object: 'model' })) } }),
		'/v1/images/generations': (body) => {
			const prompt = readString(body, 'prompt');
			const file = pictureFor(prompt, imagePrompts.filter((each) => each === prompt).length);
			imagePrompts.push(prompt);
			if (isStruck(troubles, 'refuses', prompt)) return REFUSAL;
			if (isStruck(troubles, 'answersError', prompt)) return ERROR;
			const picture = isStruck(troubles, 'broken', prompt) ? NO_PICTURE : readPicture(file);
			const bytes = Buffer.concat([picture, Buffer.from(` ${imagePrompts.length}`)]);
			images.push({ prompt, bytes });
			const data = [{ b64_json: bytes.toString('base64') }];
			return { body: { created: 1_790_000_000, data } };
		},
		'/v1/responses': askBy(RESPONSES),
		'/v1/chat/completions': askBy(CHAT_COMPLETIONS),
	};
	return {
		hosts: ['api.openai.com'],
		toolAnswers,
		imagePrompts,
		images,
		answer: ({ path, authorization, body }: ServiceRequest) => {
			if (paths[path] === undefined) return undefined;
			if (authorization === `Bearer ${OPENAI_KEY}`) return paths[path](body);
			return { status: 401, body: { error: { message: 'Incorrect API key provided' } } };
		},
	};
}
