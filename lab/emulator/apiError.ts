/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { STATUS_CODES } from 'node:http';

import type { EmulatorOptions, ValidationErrorForm } from './options';

export interface FieldError {
	field: string;
	message: string;
}

/** An error answer; the envelope is chosen when it is written. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly errors: FieldError[] | null = null,
		readonly headers: Record<string, string> = {},
	) {
		super(message);
	}
}

export function validationError(errors: FieldError[]): ApiError {
	return new ApiError(422, 'VALIDATION_ERROR', 'The request is not valid.', errors);
}

export function evaluationNotFound(): ApiError {
	return new ApiError(404, 'EVALUATION_NOT_FOUND', 'Evaluation not found.');
}

/** 429; carries Retry-After only when the options say so. */
export function tooMany(code: string, message: string, options: EmulatorOptions): ApiError {
	const { retryAfterSeconds } = options;
	const headers: Record<string, string> =
		retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) };
	return new ApiError(429, code, message, null, headers);
}

const ERROR_ITEMS: Record<ValidationErrorForm, (errors: FieldError[]) => unknown> = {
	field: (errors) => errors,
	loc: (errors) =>
		errors.map(({ field, message }) => ({
			loc: ['body', ...field.split('.')],
			msg: message,
			type: 'value_error',
		})),
	strings: (errors) => errors.map(({ field, message }) => field + ': ' + message),
	map: (errors) => Object.fromEntries(errors.map(({ field, message }) => [field, [message]])),
};

export interface WrittenError {
	contentType: string;
	payload: string;
}

function page(title: string): string {
	return (
		'<html>\n<head><title>' +
		title +
		'</title></head>\n<body>\n<center><h1>' +
		title +
		'</h1></center>\n<hr><center>gateway</center>\n</body>\n</html>\n'
	);
}

/** What a proxy in front of the API answers. */
export function writeHtml(status: number, title = STATUS_CODES[status] ?? 'Error'): WrittenError {
	return { contentType: 'text/html; charset=utf-8', payload: page(`${status} ${title}`) };
}

/** The error in the envelope the options ask for. */
export function writeError(error: ApiError, options: EmulatorOptions): WrittenError {
	const { code, message } = error;
	const errors = error.errors && ERROR_ITEMS[options.validationErrorForm](error.errors);
	const json = (body: unknown): WrittenError => ({
		contentType: 'application/json; charset=utf-8',
		payload: JSON.stringify(body),
	});
	if (code === 'RATE_LIMITED' && options.rateLimitAnswer === 'page') {
		return writeHtml(error.status, 'Error 1015: You are being rate limited');
	}
	switch (options.errorEnvelope) {
		case 'nested':
			return json({ error: { message, code, ...(errors ? { errors } : {}) } });
		case 'errorString':
			return json({ error: message });
		case 'detail':
			return json({ detail: error.errors ? ERROR_ITEMS.loc(error.errors) : message });
		case 'html':
			return writeHtml(error.status);
		case 'plain':
			return { contentType: 'text/plain; charset=utf-8', payload: message };
		default:
			return json({ code, message, errors });
	}
}
