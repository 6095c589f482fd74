const DECIMAL = /^-?\d+(\.\d+)?$/;

/**
 * The exact sum of decimal strings such as `"0.400000"`, with trailing zeros cut to two places;
 * values that are no decimal string (null for an evaluation that was not billed) count as nothing.
 */
export function sumDecimals(values: unknown[]): string {
	const terms = values.filter(
		(value): value is string => typeof value === 'string' && DECIMAL.test(value),
	);
	const places = Math.max(2, ...new Set(terms.map((term) => fraction(term).length)));
	const total = terms.reduce((sum, term) => sum + scaled(term, places), BigInt(0));
	return formatScaled(total, places);
}

function fraction(decimal: string): string {
	return decimal.split('.')[1] ?? '';
}

function scaled(decimal: string, places: number): bigint {
	return BigInt(decimal.split('.')[0] + fraction(decimal).padEnd(places, '0'));
}

function formatScaled(total: bigint, places: number): string {
	const sign = total < BigInt(0) ? '-' : '';
	const digits = String(total)
		.replace('-', '')
		.padStart(places + 1, '0');
	const cents = digits.slice(-places).replace(/0+$/, '').padEnd(2, '0');
	return `${sign}${digits.slice(0, -places)}.${cents}`;
}
