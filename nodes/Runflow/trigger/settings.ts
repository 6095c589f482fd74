import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject } from '../api/read';
import { isProblem } from '../parameters/check';
import { readCriterion, readEmbed } from '../parameters/shape';
import type { Shape } from '../verdict/shape';
import { VERDICTS } from '../verdict/verdict';
import type { Verdict } from '../verdict/verdict';

export interface TriggerSettings {
	events: Verdict[];
	deduplicate: boolean;
	shape: Shape;
}

type TriggerContext = IWebhookFunctions | IHookFunctions;

/** How a callback proves that it is genuine; anything but `lookup` means by its signature. */
export function readVerification(context: TriggerContext): 'signature' | 'lookup' {
	const verification: unknown = context.getNodeParameter('verification', 'signature');
	return verification === 'lookup' ? 'lookup' : 'signature';
}

/** Reads the trigger's other parameters; throws for a criterion that cannot work. */
export function readTriggerSettings(context: TriggerContext): TriggerSettings {
	const options = context.getNodeParameter('options', {});
	const { passCriterion, minimumScore, embed, deduplicate } = isObject(options) ? options : {};
	const criterion = readCriterion(passCriterion, minimumScore);
	if (isProblem(criterion)) {
		const { message, description } = criterion;
		throw new NodeOperationError(context.getNode(), message, { description });
	}
	const events: unknown = context.getNodeParameter('events', VERDICTS);
	return {
		events: VERDICTS.filter((verdict) => Array.isArray(events) && events.includes(verdict)),
		deduplicate: deduplicate !== false,
		shape: {
			simple: context.getNodeParameter('simple', true) !== false,
			embed: readEmbed(embed),
			criterion,
		},
	};
}

/** Which trigger it is, for n8n's log. */
export function nameOf(context: TriggerContext): string {
	const { name, id } = context.getWorkflow();
	return `'${context.getNode().name}' in the workflow '${name ?? id}'`;
}
