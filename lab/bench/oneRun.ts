/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { runNode } from '../engine';
import { evaluateAll } from '../faults/evaluateAll';

/** What one process measured while it ran one execution. */
export interface Usage {
	items: number;
	seconds: number;
	cpuSeconds: number;
	peakHeapBytes: number;
	peakRssBytes: number;
	/** The heap of the engine before the run. */
	idleHeapBytes: number;
}

const SAMPLE_MS = 250;

/** Runs `items` through the Runflow node, or through a node that does nothing, in this process. */
async function measure(items: number, baseUrl: string | undefined): Promise<Usage> {
	const collect = global.gc;
	if (collect === undefined) throw new Error('Run it with --expose-gc');
	const refs = Array.from({ length: items }, (_, row) => `row-${row}`);
	await execute(refs.slice(0, 1), baseUrl);
	collect();
	const idleHeapBytes = process.memoryUsage().heapUsed;
	let peakHeapBytes = 0;
	/** Each sample collects garbage first, which is no work of the run's. */
	let sampling = 0;
	const sample = () => {
		const since = cpuSeconds();
		collect();
		sampling += cpuSeconds() - since;
		peakHeapBytes = Math.max(peakHeapBytes, process.memoryUsage().heapUsed);
	};
	const sampler = setInterval(sample, Math.max(SAMPLE_MS, items * 2));
	const cpuBefore = cpuSeconds();
	const startedAt = performance.now();
	const run = await execute(refs, baseUrl);
	const seconds = (performance.now() - startedAt) / 1_000;
	const cpu = cpuSeconds() - cpuBefore - sampling;
	clearInterval(sampler);
	sample();
	const got = run.after[0]?.length;
	if (run.error || got !== items) throw new Error(run.error?.message ?? `${got} of ${items} items`);
	return {
		items,
		seconds,
		cpuSeconds: cpu,
		peakHeapBytes,
		peakRssBytes: process.resourceUsage().maxRSS * 1_024,
		idleHeapBytes,
	};
}

function cpuSeconds(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
}

async function execute(refs: string[], baseUrl: string | undefined) {
	if (baseUrl) return await evaluateAll(baseUrl, refs, {}, { options: { timeoutSeconds: 3_600 } });
	const items = refs.map((ref) => ({ json: { ref } }));
	return await runNode({}, items, { type: 'n8n-nodes-base.noOp' });
}

async function main(): Promise<void> {
	const [items, baseUrl] = process.argv.slice(2);
	const usage = await measure(Number(items), baseUrl);
	process.stdout.write(`${JSON.stringify(usage)}\n`, () => process.exit(0));
}

void main();
