/** @jest-environment-options {"speed": 10} */
import { liveThroughOutage } from '../../lab/scenario/outage';

it('starts one execution for each evaluation, through duplicates, disorder, an outage and a restart', async () => {
	const report = await liveThroughOutage(200);
	expect(report.evaluations).toHaveLength(200);
	expect(report.executions).toEqual(report.evaluations);
	expect(report.executionsAfterRestart).toBe(0);
	// The outage has struck, and the run callbacks have come.
	expect(report.deliveries).toBeGreaterThanOrEqual(660);
	expect(report.answers).toMatchObject({ '503': expect.any(Number), '422': expect.any(Number) });
	expect(report.log).toHaveLength(5);
}, 150_000);
