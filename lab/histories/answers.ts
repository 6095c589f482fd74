import type { HttpAnswer } from '../../nodes/Runflow/api/http';

export const CODES: Record<string, string> = {
	'402': 'INSUFFICIENT_CREDIT',
	'403': 'PERMISSION_DENIED',
	'404': 'NOT_FOUND',
	'429': 'RATE_LIMITED',
	'503': 'UNAVAILABLE',
};

export function ok(body: unknown, status = 200): HttpAnswer {
	return { status, headers: {}, body };
}

export function refusal(status: number, code: string, more: object = {}): HttpAnswer {
	const body = { code, message: `It is ${code}.`, errors: null, ...more };
	return { status, headers: {}, body };
}

export function lost(): Error {
	return Object.assign(new Error('The connection was reset'), { code: 'ECONNRESET' });
}

export function timedOut(): never {
	throw Object.assign(new Error('It took too long'), { code: 'ETIMEDOUT' });
}
