import { validationError } from './apiError';

/** The names in `embed=a,b`; throws a 422 for one that does not exist. */
export function readEmbeds(query: Record<string, unknown>, known: string[]): string[] {
	const { embed = '' } = query;
	if (typeof embed !== 'string') {
		throw validationError([{ field: 'embed', message: 'Must be one comma-separated list.' }]);
	}
	const names = embed.split(',').filter((name) => name !== '');
	const unknown = names.filter((name) => !known.includes(name));
	if (unknown.length > 0) {
		const message = `Unknown: ${unknown.join(', ')}. Known: ${known.join(', ')}.`;
		throw validationError([{ field: 'embed', message }]);
	}
	return names;
}
