const DECIMALS = 6;
const DECIMAL_STRING = /^(-?)(\d+)(?:\.(\d{1,6}))?$/;

/** Millionths of a credit; throws on anything but a decimal string with at most six decimals. */
export function toMicros(amount: string): bigint {
	const parts = DECIMAL_STRING.exec(amount);
	if (parts === null) throw new Error('Not a decimal string: ' + amount);
	const digits = (parts[2] ?? '') + (parts[3] ?? '').padEnd(DECIMALS, '0');
	return parts[1] === '-' ? -BigInt(digits) : BigInt(digits);
}

/** The decimal string with six decimals, as the API writes money. */
export function fromMicros(micros: bigint): string {
	const digits = (micros < 0n ? -micros : micros).toString().padStart(DECIMALS + 1, '0');
	const sign = micros < 0n ? '-' : '';
	return sign + digits.slice(0, -DECIMALS) + '.' + digits.slice(-DECIMALS);
}
