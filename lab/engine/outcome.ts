import type {
	IDataObject,
	INodeExecutionData,
	IRun,
	ITaskData,
	NodeExecutionHint,
} from 'n8n-workflow';

/** An error as the execution stores it: fields, no class. */
export interface PlainError {
	name: string;
	message: string;
	description?: string;
	/** A status ("429") or a network code ("ECONNREFUSED"). */
	httpCode?: string;
	/** For example `itemIndex` and `data`. */
	context: IDataObject;
}

/** What the last run of one node left behind. */
export interface NodeOutcome {
	/** The items of each output, the error output last. */
	outputs: INodeExecutionData[][];
	error?: PlainError;
	/** What the node left with `addExecutionHints`. */
	hints: NodeExecutionHint[];
	/** How often the node ran (loops; retries count once). */
	runs: number;
}

export function nodeOutcome(run: IRun, name: string): NodeOutcome {
	const { runData, error, lastNodeExecuted } = run.data.resultData;
	const tasks: ITaskData[] = runData[name] ?? [];
	const last = tasks.at(-1);
	const runError = lastNodeExecuted === name ? error : undefined;
	return {
		outputs: (last?.data?.main ?? []).map((items) => items ?? []),
		error: plainError(last?.error ?? runError),
		hints: last?.hints ?? [],
		runs: tasks.length,
	};
}

/** The fields of an error that a user sees; undefined for anything that is no error. */
export function plainError(error: unknown): PlainError | undefined {
	if (!isRecord(error)) return undefined;
	return {
		name: text(error.name) ?? 'Error',
		message: text(error.message) ?? '',
		description: text(error.description),
		httpCode: text(error.httpCode),
		context: isRecord(error.context) ? Object.assign<IDataObject, object>({}, error.context) : {},
	};
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
	return value === undefined || value === null ? undefined : String(value);
}
