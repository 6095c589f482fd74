import type { IExecuteFunctions } from 'n8n-workflow';

import { getBalance, getJobClasses } from '../api/evaluations';
import { sentences } from '../messages/sentences';
import type { ApiFailure } from '../api/types';
import { sumDecimals } from '../verdict/decimals';

/**
 * Adds the price and, if the key may read it, the balance to a 402; as it was when neither is known.
 * @param jobClass code of the job class that was asked for; the API's default is `standard`
 */
export async function explainBalance(
	context: IExecuteFunctions,
	failure: ApiFailure,
	jobClass = 'standard',
): Promise<ApiFailure> {
	const [classes, balance] = await Promise.all([getJobClasses(context), getBalance(context)]);
	const price = classes.ok && classes.value.find(({ code }) => code === jobClass)?.price;
	const description = sentences(
		price ? `One evaluation costs ${sumDecimals([price])} credits` : undefined,
		balance.ok ? `The balance is ${sumDecimals([balance.value])} credits` : undefined,
		failure.description,
	);
	return { ...failure, description };
}
