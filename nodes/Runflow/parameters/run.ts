import type { INodeProperties } from 'n8n-workflow';

import { isProblem, ParameterProblem } from './check';
import { flag, number, text } from './kinds';
import { notEmptyIfComputed, parameter, withDefault } from './parameter';
import type { Kind } from './parameter';

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const IN_PATH = /\/runs\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i;
const EXAMPLE = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';

/** The ID of a run: as it is, or in an address. */
const idOrAddress: Kind<string> = (value, asked) => {
	const read = text(value, asked);
	if (isProblem(read)) return read;
	const found = new Set([...read.matchAll(ID)].map(([id]) => id.toLowerCase()));
	const [only] = found;
	const id = IN_PATH.exec(read)?.[1]?.toLowerCase() ?? (found.size === 1 ? only : undefined);
	if (id !== undefined) return id;
	if (read === '') {
		return new ParameterProblem(
			`'${asked.label}' is empty`,
			`Enter the ID that Runflow gave for the run, or its address, for example with the expression {{ $json.run_id }}`,
			'run ID',
		);
	}
	return new ParameterProblem(
		found.size > 1
			? `'${asked.label}' contains more than one ID`
			: `'${asked.label}' is not the ID of a run`,
		`The ID of a Runflow run looks like ${EXAMPLE}`,
	);
};

export const run = parameter(
	{
		displayName: 'Run ID',
		name: 'runId',
		type: 'string',
		required: true,
		default: '={{ $json.run_id }}',
		placeholder: `e.g. ${EXAMPLE}`,
		description:
			'The ID of the Runflow run that generated the image, or an address that contains it',
	},
	idOrAddress,
);

export const returnAll = parameter(
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	withDefault(flag, false),
);

/** As n8n wants it of every list. */
const upToLimit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

/** The newest evaluation is the verdict that counts. */
const NEWEST = 1;

export const limit = parameter(
	{ ...upToLimit, default: NEWEST },
	withDefault(number({ min: 1, max: 1_000 }), NEWEST),
);

const LONGEST_WAIT_S = 3_600;

export const waitForVerdict = parameter(
	{
		displayName: 'Wait for Verdict (Seconds)',
		name: 'waitForVerdict',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: LONGEST_WAIT_S },
		default: 180,
		description:
			'How long to wait until Runflow has evaluated the run. Without it the node returns at once.',
	},
	notEmptyIfComputed(number({ min: 0, max: LONGEST_WAIT_S })),
	'options',
);
