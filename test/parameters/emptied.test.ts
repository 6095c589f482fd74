import type { INodeParameters } from 'n8n-workflow';

import { operate, rows, seenError } from '../../lab/scenario/evaluate';
import { shareEmulator } from '../../lab/scenario/useEmulator';

const emulator = shareEmulator();

const NOTHING = '={{ $json.nothing }}';
const JUDGE = { operation: 'submitAndWait' };
const additional = (field: string) => ({ ...JUDGE, additionalFields: { [field]: NOTHING } });

it.each<[label: string, parameters: INodeParameters]>([
	['Minimum Score', { ...JUDGE, options: { minimumScore: NOTHING } }],
	['Pass Criterion', { ...JUDGE, options: { passCriterion: NOTHING } }],
	['Maximum Cost', additional('maximumCost')],
	['Idempotency Key', additional('idempotencyKey')],
	['Evaluate Again', additional('evaluateAgain')],
	['Callback URL', { ...additional('callbackUrl'), operation: 'submit' }],
])(
	"'%s', which protects money or a verdict, is not left out when its expression gives nothing",
	async (label, parameters) => {
		const run = await operate(emulator, parameters, rows(2));
		expect(seenError(run)).toEqual({
			message: `'${label}' is empty`,
			description:
				'Its expression gives nothing here. Correct the expression or the data, or remove the field',
			item: 0,
		});
		expect(emulator.requests).toEqual([]);
	},
);
