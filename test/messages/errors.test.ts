/** @jest-environment-options {"speed": 10} */
import type { EmulatorOptions } from '../../lab/emulator';
import {
	CORRECT_VALUES,
	GET,
	JUDGE,
	LIST_JOB_CLASSES,
	REFUSALS,
	SEND_FEEDBACK,
	WEB_PAGE_ADVICE,
} from './errorCases';
import { operate, rows, seenError } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

const emulator = useEmulator({ retryAfterSeconds: 0 });

it.each(REFUSALS)('$name', async ({ parameters, apiKey, options, ...expected }) => {
	emulator.configure(options ?? {});
	const run = await operate(emulator, parameters, rows(1), { apiKey });
	const { message, description, requests = 1 } = expected;
	expect(seenError(run)).toEqual({ message, description, item: 0 });
	expect(emulator.requests).toHaveLength(requests);
	expect(emulator.ledger().submitted).toBe(0);
});

describe('a 422', () => {
	const refuse = async (options: Partial<EmulatorOptions>) => {
		emulator.configure(options ?? {});
		const additionalFields = { taskDescription: 'x'.repeat(4001), jobClass: 'nope' };
		return seenError(await operate(emulator, { ...JUDGE, additionalFields }));
	};
	const FIELDS =
		'task_description: Must not be longer than 4000 characters; job_class: Unknown job class';

	it.each([
		['documented', 'field', FIELDS],
		['documented', 'loc', FIELDS],
		['documented', 'strings', FIELDS],
		['documented', 'map', FIELDS],
		['nested', 'field', FIELDS],
		['detail', 'loc', FIELDS],
		['errorString', 'field', 'The request is not valid'],
		['plain', 'field', 'The request is not valid'],
	] as const)(
		'in the envelope %s, fields as %s',
		async (errorEnvelope, validationErrorForm, said) => {
			expect(await refuse({ errorEnvelope, validationErrorForm })).toEqual({
				message: 'Runflow rejected the values of this request',
				description: `Runflow says: ${said}. ${CORRECT_VALUES}`,
				item: 0,
			});
			expect(emulator.requests).toHaveLength(1);
		},
	);

	it('as a web page', async () => {
		expect(await refuse({ errorEnvelope: 'html' })).toEqual({
			message: 'Received a web page instead of a response from the Runflow API',
			description: WEB_PAGE_ADVICE,
			item: 0,
		});
	});
});

it('waits as long as Retry-After says', async () => {
	const headers = { 'retry-after': '2' };
	emulator.options.forcedAnswers = [{ pathPrefix: '/v1/', status: 429, headers, count: 1 }];
	const run = await operate(emulator, LIST_JOB_CLASSES);
	expect(run.status).toBe('success');
	const [first, second] = emulator.requests.map(({ at }) => at);
	expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(2_000);
	expect((second ?? 0) - (first ?? 0)).toBeLessThan(4_000);
});

it.each([
	[
		'http://api.runflow.io',
		"The Base URL of the Runflow API credential must start with 'https://'",
		'Open the credential and correct it. Usually it is https://api.runflow.io',
	],
	[
		'https://user:pass@api.runflow.io',
		'The Base URL of the Runflow API credential must be a plain address',
		'Open the credential and remove user name, password, ? and # from the address. Usually it is https://api.runflow.io',
	],
])('a Base URL of %s', async (baseUrl, message, description) => {
	for (const parameters of [JUDGE, GET, SEND_FEEDBACK, LIST_JOB_CLASSES]) {
		const run = await operate(emulator, parameters, rows(1), { baseUrl });
		expect(seenError(run)).toEqual({ message, description, item: 0 });
	}
});
