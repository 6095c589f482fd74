import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

/** Where the values of parameters come from. A path is a name, or one like `options.embed`. */
export interface Source {
	/** The value with its expression evaluated, which may throw; null when there is none. */
	value(path: string): unknown;
	/** What the builder entered: an expression is text that starts with `=`. */
	entered(path: string): unknown;
}

/** The parameters as they are for one item, and the item with its files. */
export interface ItemSource extends Source {
	row: INodeExecutionData | undefined;
	/** The file that n8n finds at the name or path of a field; it may throw. */
	file(field: string): unknown;
	bytes(field: string): Promise<Buffer>;
	/** What n8n keeps outside memory, by the file's id. */
	stored: {
		bytes(id: string): Promise<number>;
		stream(id: string, chunkBytes: number): Promise<NodeJS.ReadableStream>;
	};
}

export function itemSource(
	context: IExecuteFunctions,
	itemIndex: number,
	row: INodeExecutionData | undefined,
): ItemSource {
	const { helpers } = context;
	return {
		row,
		value: (path) => context.getNodeParameter(path, itemIndex, null),
		entered: (path) => context.getNodeParameter(path, itemIndex, null, { rawExpressions: true }),
		file: (field) => helpers.assertBinaryData(itemIndex, field),
		bytes: async (field) => await helpers.getBinaryDataBuffer(itemIndex, field),
		stored: {
			bytes: async (id) => (await helpers.getBinaryMetadata(id)).fileSize,
			stream: async (id, chunkBytes) => await helpers.getBinaryStream(id, chunkBytes),
		},
	};
}

/** The parameters of a trigger. */
export function triggerSource(context: IWebhookFunctions | IHookFunctions): Source {
	return {
		value: (path) => context.getNodeParameter(path, null),
		entered: (path) => context.getNodeParameter(path, null, { rawExpressions: true }),
	};
}
