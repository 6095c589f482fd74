import {
	answerFailure,
	networkFailure,
	STOPPED,
	unreadableFailure,
} from '../../nodes/Runflow/api/failure';
import { describeFailure } from '../../nodes/Runflow/messages/failure';
import { sentences } from '../../nodes/Runflow/messages/sentences';

const READ = { subject: 'Evaluation', id: 'e-1', scope: 'evaluations:read' };
const SUBMIT = { subject: 'Evaluations', isSubmit: true };
const LATER = 'Try again in a few minutes';
const SLOW = `Runflow, or the connection to it, is slow. ${LATER}`;
const TWICE =
	"If Runflow accepted the image after all, n8n's Retry On Fail and Retry in the executions list do not bill it again; a new execution may";
const CHECK = 'Check the Base URL of the Runflow API credential and the network of your n8n';

describe('no answer', () => {
	it.each([
		[
			'ECONNREFUSED',
			'Runflow could not be reached',
			`n8n got no connection (ECONNREFUSED). ${CHECK}. ${LATER}`,
		],
		[
			'CERT_HAS_EXPIRED',
			"n8n does not trust the certificate of Runflow's address",
			expect.stringMatching(/^Nothing was sent \(CERT_HAS_EXPIRED\)\..* NODE_EXTRA_CA_CERTS /),
		],
		[undefined, 'Runflow could not be reached', `n8n got no connection. ${CHECK}. ${LATER}`],
		['ECONNABORTED', 'Runflow did not answer in time', SLOW],
		['ETIMEDOUT', 'Runflow did not answer in time', SLOW],
	])('because of %s', (code, message, description) => {
		expect(describeFailure(networkFailure(READ, code))).toEqual({ message, description });
	});

	it('to a submit: a new run may bill it again', () => {
		expect(describeFailure(networkFailure(SUBMIT, 'ETIMEDOUT')).description).toBe(
			`${SLOW}. ${TWICE}`,
		);
	});
});

describe('an answer that cannot be read', () => {
	it.each([
		[
			'{"id":"e","stat',
			'The response from Runflow could not be read',
			"It was cut off or isn't in the expected format",
		],
		[
			undefined,
			'The response from Runflow could not be read',
			"It was cut off or isn't in the expected format",
		],
		[
			'<html><body>Log in</body></html>',
			'Received a web page instead of a response from the Runflow API',
			'Check the Base URL of the Runflow API credential, and any proxy or firewall between n8n and Runflow',
		],
	])('%j', (body, message, advice) => {
		expect(describeFailure(unreadableFailure(200, body, SUBMIT))).toEqual({
			message,
			description: `${advice}. Try again in a few minutes. ${TWICE}`,
		});
	});
});

it('no message names an id, an address, the words of the API or a code of the network', () => {
	const body = { code: 'SOME_CODE', message: 'EPERM at https://secret.example/e-1' };
	const statuses = [301, 400, 401, 402, 403, 404, 408, 409, 413, 418, 422, 429, 500, 503];
	const failures = [
		...statuses.flatMap((status) => [
			answerFailure(status, body, READ),
			answerFailure(status, body, SUBMIT),
		]),
		...['ECONNREFUSED', 'EPERM', 'ENOTFOUND', 'ETIMEDOUT'].map((code) =>
			networkFailure(READ, code),
		),
		unreadableFailure(200, body, READ),
		STOPPED,
	];
	for (const { message } of failures.map((failure) => describeFailure(failure))) {
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
