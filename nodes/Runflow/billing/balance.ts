import type { ApiFailure } from '../api/attempt';
import { sumDecimals } from '../verdict/decimals';
import type { Api } from './types';

/**
 * Adds the price and, if the key may read it, the balance to a 402; as it was when neither is known.
 * @param jobClass code of the job class that was asked for; the API's default is `standard`
 */
export async function explainBalance(
	api: Pick<Api, 'jobClasses' | 'balance'>,
	failure: ApiFailure,
	jobClass = 'standard',
): Promise<ApiFailure> {
	const [classes, balance] = await Promise.all([api.jobClasses(), api.balance()]);
	const price = classes.ok && classes.value.find(({ code }) => code === jobClass)?.price;
	return {
		...failure,
		funds: {
			price: price ? sumDecimals([price]) : undefined,
			balance: balance.ok ? sumDecimals([balance.value.balance]) : undefined,
		},
	};
}
