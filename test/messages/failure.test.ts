import {
	httpFailure,
	networkFailure,
	STOPPED,
	unreadableFailure,
} from '../../nodes/Runflow/messages/failure';
import { sentences } from '../../nodes/Runflow/messages/sentences';

const READ = { subject: 'Evaluation', id: 'e-1', scope: 'evaluations:read' };
const SUBMIT = { subject: 'Evaluations', idempotencyKey: 'k' };
const LATER = 'Run the workflow again in a few minutes';
const TWICE =
	"If Runflow accepted the image after all, a new run bills it a second time, unless 'Idempotency Key' is set; n8n's Retry On Fail does not";
const CHECK = 'Check the Base URL of the Runflow API credential and the network of your n8n';

describe('no answer', () => {
	it.each([
		[
			'ECONNREFUSED',
			'Runflow could not be reached',
			`The connection failed (ECONNREFUSED). ${CHECK}. ${LATER}`,
		],
		[
			'CERT_HAS_EXPIRED',
			'Runflow could not be reached',
			`The connection failed (CERT_HAS_EXPIRED). ${CHECK}. ${LATER}`,
		],
		[undefined, 'Runflow could not be reached', `The connection failed. ${CHECK}. ${LATER}`],
		['ECONNABORTED', 'Runflow did not answer in time', LATER],
		['ETIMEDOUT', 'Runflow did not answer in time', LATER],
	])('because of %s', (code, message, description) => {
		expect(networkFailure(code, READ)).toEqual({ reaction: 'retry', message, description });
	});

	it('to a submit: a new run may bill it again', () => {
		expect(networkFailure('ETIMEDOUT', SUBMIT).description).toBe(`${LATER}. ${TWICE}`);
	});
});

describe('an answer that cannot be read', () => {
	it.each([
		[
			'{"id":"e","stat',
			'The answer of Runflow could not be read',
			'It was cut off or is not what the API promises',
		],
		[
			undefined,
			'The answer of Runflow could not be read',
			'It was cut off or is not what the API promises',
		],
		[
			'<html><body>Log in</body></html>',
			'A web page answered instead of the Runflow API',
			'Check the Base URL of the Runflow API credential, and any proxy or firewall between n8n and Runflow',
		],
	])('%j', (body, message, advice) => {
		expect(unreadableFailure(200, body, SUBMIT)).toEqual({
			reaction: 'retry',
			message,
			description: `${advice}. ${LATER}. ${TWICE}`,
			status: 200,
		});
	});
});

describe('what can be done about a status', () => {
	it.each([
		[300, 'rejected'],
		[400, 'rejected'],
		[401, 'closed'],
		[402, 'closed'],
		[403, 'closed'],
		[404, 'missing'],
		[408, 'retry'],
		[409, 'rejected'],
		[410, 'rejected'],
		[413, 'rejected'],
		[422, 'rejected'],
		[429, 'busy'],
		[500, 'retry'],
		[502, 'retry'],
		[503, 'retry'],
		[504, 'retry'],
		[529, 'retry'],
	])('%i: %s, also when a proxy writes the page', (status, reaction) => {
		expect(httpFailure(status, { code: 'C', message: 'No.' }, READ)).toMatchObject({
			reaction,
			status,
			code: 'C',
		});
		expect(httpFailure(status, '<html></html>', READ).reaction).toBe(reaction);
	});
});

it('no message names an id, an address, the words of the API or a code of the network', () => {
	const body = { code: 'SOME_CODE', message: 'EPERM at https://secret.example/e-1' };
	const statuses = [301, 400, 401, 402, 403, 404, 408, 409, 413, 418, 422, 429, 500, 503];
	const failures = [
		...statuses.flatMap((status) => [
			httpFailure(status, body, READ),
			httpFailure(status, body, SUBMIT),
		]),
		...['ECONNREFUSED', 'EPERM', 'ENOTFOUND', 'ETIMEDOUT'].map((code) => networkFailure(code)),
		unreadableFailure(200, body, READ),
		STOPPED,
	];
	for (const { message } of failures) {
		expect(message).not.toMatch(/https?:|e-1|SOME_CODE|secret|EPERM|ECONN|ENOT|ETIMED/i);
		expect(message).not.toMatch(/\.$/);
	}
});

it.each([
	[['One', 'Two'], 'One. Two'],
	[['One.', 'Two?', 'Three…', 'Four.'], 'One. Two? Three… Four.'],
	[[undefined, 'One', '', undefined], 'One'],
	[[], ''],
])('joins %j', (parts, expected) => {
	expect(sentences(...parts)).toBe(expected);
});
