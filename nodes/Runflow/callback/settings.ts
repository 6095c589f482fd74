import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject } from '../api/read';
import { isProblem } from '../evaluation/parameters';
import { readCriterion, readEmbed } from '../evaluation/shapeParameters';
import type { Shape } from '../verdict/shape';
import { VERDICTS } from '../verdict/verdict';
import type { Verdict } from '../verdict/verdict';

export interface TriggerSettings {
	verification: 'signature' | 'lookup';
	events: Verdict[];
	deduplicate: boolean;
	shape: Shape;
}

/** Reads the trigger's parameters; anything but `lookup` means that the signature is checked. */
export function readTriggerSettings(context: IWebhookFunctions | IHookFunctions): TriggerSettings {
	const options = context.getNodeParameter('options', {});
	const { passCriterion, minimumScore, embed, deduplicate } = isObject(options) ? options : {};
	const criterion = readCriterion(passCriterion, minimumScore);
	if (isProblem(criterion)) {
		const { message, description } = criterion;
		throw new NodeOperationError(context.getNode(), message, { description });
	}
	const events: unknown = context.getNodeParameter('events', VERDICTS);
	return {
		verification:
			context.getNodeParameter('verification', 'signature') === 'lookup' ? 'lookup' : 'signature',
		events: VERDICTS.filter((verdict) => Array.isArray(events) && events.includes(verdict)),
		deduplicate: deduplicate !== false,
		shape: {
			simple: context.getNodeParameter('simple', true) !== false,
			embed: readEmbed(embed),
			criterion,
		},
	};
}
