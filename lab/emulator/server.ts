import fastify, { type FastifyError, type FastifyInstance } from 'fastify';

import { accountRoutes } from './accountRoutes';
import { ApiError, type FieldError, validationError, writeError } from './apiError';
import { assetRoutes, storageRoutes } from './assetRoutes';
import { evaluationRoutes } from './evaluationRoutes';
import { openGate } from './gate';
import { runRoutes } from './runRoutes';
import type { World } from './world';

type SchemaFault = NonNullable<FastifyError['validation']>[number];

function readSchemaFault({ instancePath, message = 'Invalid.', params }: SchemaFault): FieldError {
	const name = params.missingProperty ?? params.additionalProperty;
	const path = instancePath.split('/').slice(1);
	if (typeof name === 'string') path.push(name);
	const missing = params.missingProperty !== undefined;
	const unknown = params.additionalProperty !== undefined;
	const text = missing ? 'Field required.' : unknown ? 'Unknown field.' : message;
	return { field: path.join('.'), message: text };
}

function readFailure(error: FastifyError | ApiError): ApiError {
	if (error instanceof ApiError) return error;
	const { validation, statusCode = 500, message } = error;
	if (validation !== undefined) return validationError(validation.map(readSchemaFault));
	return new ApiError(statusCode, statusCode < 500 ? 'BAD_REQUEST' : 'INTERNAL_ERROR', message);
}

/** The HTTP server around a world; it does not listen yet. */
export function buildServer(world: World): FastifyInstance {
	const app = fastify({
		bodyLimit: world.options.maxBodyBytes,
		forceCloseConnections: true,
		// Validation is strict: nothing is coerced, dropped or filled in.
		ajv: {
			customOptions: {
				allErrors: true,
				coerceTypes: false,
				removeAdditional: false,
				useDefaults: false,
				allowUnionTypes: true,
			},
		},
	});
	openGate(app, world);
	app.setErrorHandler<FastifyError | ApiError>(async (error, _request, reply) => {
		const failure = readFailure(error);
		const { contentType, payload } = writeError(failure, world.options);
		await reply.code(failure.status).headers(failure.headers).type(contentType).send(payload);
	});
	app.setNotFoundHandler(async () => {
		throw new ApiError(404, 'NOT_FOUND', 'There is nothing at this path.');
	});
	evaluationRoutes(app, world);
	assetRoutes(app, world);
	accountRoutes(app, world);
	runRoutes(app, world);
	void app.register(async (storage) => await storageRoutes(storage, world));
	return app;
}
