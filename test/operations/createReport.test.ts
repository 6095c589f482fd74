/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { INodeExecutionData } from 'n8n-workflow';

import { startEmulator } from '../../lab/emulator';
import { runNode } from '../../lab/engine';
import type { RunNodeOptions } from '../../lab/engine';
import { operate, rows } from '../../lab/scenario/evaluate';

const REPORT = { resource: 'evaluation', operation: 'createReport' };

const item = (fields: INodeExecutionData['json'], binary?: INodeExecutionData['binary']) => ({
	json: { verdict: 'passed', cost: '0.400000', ...fields },
	...(binary && { binary }),
});

async function create(
	items: INodeExecutionData[],
	parameters: Parameters<typeof runNode>[0] = {},
	options: RunNodeOptions = {},
) {
	const run = await runNode({ ...REPORT, ...parameters }, items, options);
	const [first] = run.after[0] ?? [];
	const file = first?.binary?.report;
	return { run, json: first?.json, file, html: Buffer.from(file?.data ?? '', 'base64').toString() };
}

it('makes one item with one file of all input items, without a credential or a request', async () => {
	const { run, json, file, html } = await create(
		[item({ client_ref: 'a' }), item({ client_ref: 'b' })],
		{
			title: 'Nightly "audit"',
		},
	);
	expect(run.status).toBe('success');
	expect(run.after[0]).toHaveLength(1);
	expect(run.outputs[0]?.[0]?.pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
	expect(json).toMatchObject({
		total: 2,
		passed: 2,
		cost: '0.80',
		text: 'Nightly "audit": All 2 images passed. 0.80 credits.',
	});
	expect(run.hints[0]?.message).toBe(
		"All 2 images passed. 0.80 credits. The message for a chat is the field 'text', and the contact sheet is the file on the Binary tab",
	);
	expect(file).toMatchObject({ fileName: 'nightly-audit.html', mimeType: 'text/html' });
	expect(html).toContain('<title>Nightly &quot;audit&quot;</title>');
});

it('takes what Submit and Wait gives, error items included', async () => {
	const emulator = await startEmulator();
	try {
		const judged = await operate(
			emulator,
			{ operation: 'submitAndWait', taskType: '={{ $json.row === 1 ? "" : "headshot" }}' },
			rows(4),
			{ onError: 'continueRegularOutput' },
		);
		const { json, html } = await create(judged.after[0] ?? []);
		expect(json).toMatchObject({ total: 4, no_verdict: 1, cost: '1.20' });
		expect(html).toContain('&#39;Task Type&#39; is empty');
	} finally {
		await emulator.close();
	}
});

it('makes small image files a part of the page, and leaves out large ones and others', async () => {
	const png = Buffer.from('iVBORw0KGgo=', 'base64');
	const large = Buffer.alloc(500_000, 1).toString('base64');
	const { html } = await create([
		item(
			{ client_ref: 'small' },
			{ data: { data: png.toString('base64'), mimeType: 'image/png' } },
		),
		item({ client_ref: 'large' }, { data: { data: large, mimeType: 'image/png' } }),
		item({ client_ref: 'svg' }, { data: { data: 'PHN2Zz4=', mimeType: 'image/svg+xml' } }),
	]);
	const sources = [...html.matchAll(/<img [^>]*src="([^"]*)"/g)].map(([, source]) => source);
	expect(sources).toEqual(['data:image/png;base64,iVBORw0KGgo=']);
});

it('attaches nothing, names another field or names fewer images when it is set so', async () => {
	const bad = [1, 2, 3].map((n) =>
		item({ verdict: 'not_passed', weighted_pass_rate: n / 10, client_ref: `r${n}` }),
	);
	const plain = await create(bad, { options: { attachContactSheet: false, worstCount: 2 } });
	expect(plain.run.after[0]?.[0]?.binary).toBeUndefined();
	expect(plain.json?.worst).toHaveLength(2);
	const named = await create(bad, { options: { outputBinaryField: ' sheet ' } });
	expect(Object.keys(named.run.after[0]?.[0]?.binary ?? {})).toEqual(['sheet']);
	const wrong = await create(bad, { options: { worstCount: '=many' } });
	expect(wrong.run.error?.message).toBe("'Number of Worst Images' must be a number from 0 to 100");
});

it('is quick and small for 10,000 items', async () => {
	const items = Array.from({ length: 10_000 }, (_, n) =>
		item({
			client_ref: `SKU-${n}`,
			verdict: n % 5 === 0 ? 'not_passed' : 'passed',
			weighted_pass_rate: (n % 100) / 100,
			top_issues: ['Image is blurred'],
			generated_image_url: `https://images.example.com/campaign/summer/${n}.jpg`,
		}),
	);
	const before = process.cpuUsage();
	const { json, html } = await create(items);
	const { user, system } = process.cpuUsage(before);
	expect((user + system) / 1_000_000).toBeLessThan(6);
	expect(json).toMatchObject({ total: 10_000, cost: '4000.00' });
	expect(Buffer.byteLength(html)).toBeLessThan(8_000_000);
	expect(html.match(/<article/g)).toHaveLength(10_000);
});
