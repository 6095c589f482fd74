import { answerFailure, networkFailure, unreadableFailure } from '../../nodes/Runflow/api/failure';

const READ = { subject: 'Evaluation', id: 'e-1', scope: 'evaluations:read' };

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
		[425, 'retry'],
		[429, 'busy'],
		[500, 'retry'],
		[502, 'retry'],
		[503, 'retry'],
		[504, 'retry'],
		[529, 'retry'],
	])('%i: %s; a page closes nothing', (status, reaction) => {
		expect(answerFailure(status, { code: 'C', message: 'No.' }, READ)).toMatchObject({
			reaction,
			status,
			code: 'C',
		});
		const page = reaction === 'closed' ? 'rejected' : reaction;
		expect(answerFailure(status, '<html></html>', READ).reaction).toBe(page);
	});
});

it.each([
	[401, { detail: 'Not authenticated' }, 'closed', 'answer', true],
	[403, { message: 'Forbidden' }, 'rejected', 'answer', false],
	[403, 'Forbidden', 'rejected', 'intermediary', false],
	[406, '<html></html>', 'rejected', 'intermediary', false],
	[401, '<html></html>', 'rejected', 'page', false],
	[407, '<html></html>', 'closed', 'intermediary', false],
	[413, '<html></html>', 'rejected', 'answer', false],
	[429, '<html></html>', 'busy', 'answer', false],
])('%i with %j: %s, by %s', (status, body, reaction, kind, isFromApi) => {
	expect(answerFailure(status, body, READ)).toMatchObject({ reaction, kind, isFromApi });
});

it.each([
	['<html></html>', 'retry'],
	[{ code: 'NOT_FOUND', message: 'No.' }, 'missing'],
])('a 404 with %j on a submit: %s', (body, reaction) => {
	expect(answerFailure(404, body, { ...READ, isSubmit: true }).reaction).toBe(reaction);
});

it('no answer, or one that cannot be read, may be different the next time', () => {
	expect(networkFailure(READ, 'ECONNRESET')).toMatchObject({
		kind: 'network',
		reaction: 'retry',
		networkCode: 'ECONNRESET',
	});
	expect(unreadableFailure(200, '{"id":"e","stat', READ)).toMatchObject({
		kind: 'unreadable',
		reaction: 'retry',
		status: 200,
	});
	expect(unreadableFailure(200, '<html></html>', READ).kind).toBe('page');
});
