const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,2}))?$/i;
const LONGEST = 64;

/**
 * The plain decimal string for an amount in any of the ways it is written: `"0.400000"` stays as it
 * is, `0.4`, `"1e-1"` and `".5"` become `0.4`, `0.1` and `0.5`; undefined for anything else.
 */
export function readDecimal(value: unknown): string | undefined {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string' || text.length > LONGEST) return undefined;
	const [match, sign = '', whole = '', part = '', exponent = '0'] = DECIMAL.exec(text.trim()) ?? [];
	if (match === undefined || whole + part === '') return undefined;
	const point = whole.length + Number(exponent);
	const digits = (whole + part).padEnd(point, '0').padStart((whole + part).length - point, '0');
	const at = Math.max(point, 0);
	const integer = digits.slice(0, at).replace(/^0+(?=\d)/, '') || '0';
	const decimals = digits.slice(at);
	return `${sign === '-' ? '-' : ''}${integer}${decimals === '' ? '' : `.${decimals}`}`;
}

/**
 * The exact sum of amounts such as `"0.400000"`, with trailing zeros cut to two places;
 * what is no amount (null for an evaluation that was not billed) counts as nothing.
 */
export function sumDecimals(values: unknown[]): string {
	const terms = values.map(readDecimal).filter((term): term is string => term !== undefined);
	const places = terms.reduce((most, term) => Math.max(most, fraction(term).length), 2);
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

/** `1234.50` as `1,234.50`. */
export function grouped(amount: number | string): string {
	const [integer = '', decimals] = String(amount).split('.');
	const groups = integer.replace(/\B(?=(\d{3})+$)/g, ',');
	return decimals === undefined ? groups : `${groups}.${decimals}`;
}
