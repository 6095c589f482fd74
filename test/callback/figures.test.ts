/* eslint-disable */
import { writeFileSync } from 'node:fs';
import { liveThroughOutage } from './outage';
it('x', async () => {
	const t = performance.now();
	const { evaluations, executions, ...r } = await liveThroughOutage(200);
	writeFileSync(
		'/tmp/outage.json',
		JSON.stringify(
			{
				evaluations: evaluations.length,
				executions: executions.length,
				distinct: new Set(executions).size,
				ms: performance.now() - t,
				...r,
			},
			null,
			1,
		),
	);
}, 60_000);
