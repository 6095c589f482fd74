import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** Where the values of parameters come from. A path is a name, or one like `options.embed`. */
export interface Source {
	/** The value with its expression evaluated, which may throw; null when there is none. */
	value(path: string): unknown;
	/** What the builder entered: an expression is text that starts with `=`. */
	entered(path: string): unknown;
}

/** The parameters as they are for one item, and the item's files. */
export interface ItemSource extends Source {
	context: IExecuteFunctions;
	itemIndex: number;
}

export function itemSource(context: IExecuteFunctions, itemIndex: number): ItemSource {
	return {
		context,
		itemIndex,
		value: (path) => context.getNodeParameter(path, itemIndex, null),
		entered: (path) => context.getNodeParameter(path, itemIndex, null, { rawExpressions: true }),
	};
}

/** What holds for all items together is read with the expressions of the first. */
export function batchSource(context: IExecuteFunctions): ItemSource {
	return itemSource(context, 0);
}

/** The parameters of a trigger. */
export function triggerSource(context: IWebhookFunctions | IHookFunctions): Source {
	return {
		value: (path) => context.getNodeParameter(path, null),
		entered: (path) => context.getNodeParameter(path, null, { rawExpressions: true }),
	};
}
