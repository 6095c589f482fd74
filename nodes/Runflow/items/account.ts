import { RunflowClient } from '../api/client';
import type { NodeDesk } from '../desk';
import { ParameterProblem } from '../parameters/check';
import type { Checked } from '../parameters/check';

/** The API with the account that all items use; a problem when they use several. */
export async function connectOne(desk: NodeDesk): Promise<Checked<RunflowClient>> {
	const client = await desk.connect();
	if (client instanceof RunflowClient) return client;
	return new ParameterProblem(
		'The items use different Runflow accounts',
		`The credential has an expression, and item ${client.otherAt + 1} gets another account from it than item 1. All items of one run must use one account. Nothing was sent. Put a Loop Over Items node with a batch size of 1 in front, or one Runflow node for each account behind a Switch node`,
	);
}
