import type { ApiFailure } from '../api/attempt';
import type { RunflowClient } from '../api/client';
import { sumDecimals } from '../verdict/decimals';

/**
 * Adds the price and, if the key may read it, the balance to a 402; as it was when neither is known.
 * @param jobClass code of the job class that was asked for; the API's default is `standard`
 */
export async function explainBalance(
	client: RunflowClient,
	failure: ApiFailure,
	jobClass = 'standard',
): Promise<ApiFailure> {
	const [classes, balance] = await Promise.all([client.jobClasses(), client.balance()]);
	const price = classes.ok && classes.value.find(({ code }) => code === jobClass)?.price;
	return {
		...failure,
		funds: {
			price: price ? sumDecimals([price]) : undefined,
			balance: balance.ok ? sumDecimals([balance.value.balance]) : undefined,
		},
	};
}
