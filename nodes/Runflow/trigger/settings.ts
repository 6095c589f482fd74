import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isProblem } from '../parameters/check';
import { deduplicate } from '../parameters/deduplicate';
import { events } from '../parameters/events';
import { maximumAgeDays } from '../parameters/maximumAge';
import { readAll } from '../parameters/parameter';
import { relayUrl } from '../parameters/relayUrl';
import { triggerSource } from '../parameters/source';
import { shapeOfTrigger } from '../parameters/verdict';
import { verification } from '../parameters/verification';
import type { Shape } from '../verdict/shape';
import type { Verdict } from '../verdict/verdict';

export interface TriggerSettings {
	events: Verdict[];
	verification: 'signature' | 'lookup';
	deduplicate: boolean;
	/** How long ago an evaluation may have ended; 0 for any time. */
	maximumAgeDays: number;
	/** The callback URL of a relay that forwards to the trigger; empty for none. */
	relayUrl: string;
	shape: Shape;
}

type TriggerContext = IWebhookFunctions | IHookFunctions;

/** How a callback proves that it is genuine; anything but `lookup` means by its signature. */
export function readVerification(context: TriggerContext): 'signature' | 'lookup' {
	return verification.read(triggerSource(context)) === 'lookup' ? 'lookup' : 'signature';
}

/** Reads the trigger's other parameters; throws for those that cannot work. */
export function readTriggerSettings(context: TriggerContext): TriggerSettings {
	const settings = readAll<TriggerSettings>(triggerSource(context), {
		events,
		deduplicate,
		maximumAgeDays,
		relayUrl,
		verification: { read: () => readVerification(context) },
		shape: shapeOfTrigger,
	});
	if (!isProblem(settings)) return settings;
	const { message, description } = settings;
	throw new NodeOperationError(context.getNode(), message, { description });
}

/** Which trigger it is, for n8n's log. */
export function triggerName(context: TriggerContext): string {
	const { name, id } = context.getWorkflow();
	return `'${context.getNode().name}' in the workflow '${name ?? id}'`;
}
