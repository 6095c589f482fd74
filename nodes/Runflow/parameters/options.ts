import type { INodeProperties } from 'n8n-workflow';

import { waitForVerdict } from './run';
import { onTimeout, onTimeoutByMode, submitTimeout, timeoutSeconds } from './timeout';
import { verdictFields } from './verdict';
import { waitMode } from './waitMode';

/** What few builders change, by operation. */
export const submitOptions = optionsOf('Options', [submitTimeout.field]);
export const submitAndWaitOptions = optionsOf('Waiting and Verdict', [
	timeoutSeconds.field,
	onTimeoutByMode,
	waitMode.field,
	...verdictFields,
]);
export const waitOptions = optionsOf('Waiting and Verdict', [
	timeoutSeconds.field,
	onTimeout.field,
	...verdictFields,
]);
export const getOptions = optionsOf('Verdict and Output', verdictFields);
export const getManyOptions = optionsOf('Waiting and Verdict', [
	waitForVerdict.field,
	...verdictFields,
]);

function optionsOf(displayName: string, fields: INodeProperties[]): INodeProperties {
	return {
		displayName,
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...fields].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
