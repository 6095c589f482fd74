/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import sharp from 'sharp';

import { useEmulator } from '../scenario/useEmulator';
import { bearer, TestClient, until } from './testClient';

const emulator = useEmulator();
const client = new TestClient(emulator);

afterAll(async () => await client.close());

describe('the judges', () => {
	const dataUri = (png: Buffer) => `data:image/png;base64,${png.toString('base64')}`;

	async function draw(width = 720, height = 1280): Promise<Buffer> {
		const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
			<rect width="100%" height="100%" fill="#ddd"/>
			<circle cx="360" cy="500" r="250" fill="#c33"/>
			<rect x="200" y="700" width="300" height="200" fill="#335"/></svg>`;
		return await sharp(Buffer.from(svg)).png().toBuffer();
	}

	it('say nothing about an image that they cannot look at, where they are told so', async () => {
		emulator.configure({ unknownImages: { unreadable: 'nobody looked' } });
		const { body } = await client.submit({ generated_image_url: 'https://example.com/mine.jpg' });
		expect(await client.finished(body.id)).toMatchObject({
			...{ status_code: 'failed', failure_code: 'invalid_media', overall_passed: null },
			...{ failure_message: 'nobody looked', cost: null },
		});
	});

	it('look at the image itself', async () => {
		const good = await draw();
		const cases = [
			{ image: good, passed: true, issues: [] },
			{ image: await sharp(good).blur(4).toBuffer(), issues: ['Image is blurred'] },
			{ image: await sharp(good).linear(0.12).toBuffer(), issues: ['Image too dark'] },
			{ image: await draw(900, 720), issues: ['Wrong aspect ratio'] },
			{ image: await draw(270, 480), issues: ['Resolution too low'] },
		];
		for (const { image, passed = false, issues } of cases) {
			const { id } = (
				await client.submit({
					generated_image_url: dataUri(image),
					input_attributes: { aspect_ratio: '9:16' },
				})
			).body;
			const done = await client.finished(id);
			expect(done.top_issues).toEqual(expect.arrayContaining(issues));
			expect(done).toMatchObject({ overall_passed: passed, status_code: 'completed' });
		}
		const broken = await client.submit({ generated_image_url: dataUri(randomBytes(100)) });
		expect(await client.finished(broken.body.id)).toMatchObject({ failure_code: 'invalid_media' });
	});

	it('look at an uploaded asset', async () => {
		const image = await draw();
		const upload = await client.call('POST', '/v1/asset-uploads', {
			filename: 'shoe.png',
			mime_type: 'image/png',
			size_bytes: image.length,
		});
		const put = async (body: Buffer, headers: Record<string, string> = {}) =>
			await client.put(String(upload.body.upload_url), body, {
				'content-type': 'image/png',
				...headers,
			});
		const asset = String(upload.body.asset_id);
		const confirmation = `/v1/asset-uploads/${asset}/confirmations`;
		expect(await put(image, bearer('rf_live_full'))).toBe(400);
		expect(await put(image, { 'content-type': 'image/jpeg' })).toBe(403);
		expect(await put(image.subarray(1))).toBe(200);
		expect((await client.call('POST', confirmation, {})).status).toBe(422);
		expect(await put(image)).toBe(200);
		expect(await client.call('POST', confirmation, {})).toMatchObject({
			status: 201,
			body: { id: asset },
		});
		const { id } = (await client.submit({ generated_image_url: `runflow://assets/${asset}` })).body;
		expect(await client.finished(id)).toMatchObject({ overall_passed: true, top_issues: [] });
	});
});

describe('a callback', () => {
	it('is signed over its exact bytes and sent again after a refusal', async () => {
		const received: Array<{ headers: IncomingHttpHeaders; body: string }> = [];
		const receiver = createServer((incoming, answer) => {
			const chunks: Buffer[] = [];
			incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
			incoming.on('end', () => {
				received.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString() });
				answer.writeHead(received.length === 1 ? 503 : 200).end();
			});
		}).listen(0, '127.0.0.1');
		await until(() => receiver.listening);
		const { port } = receiver.address() as AddressInfo;
		emulator.configure({ callbackSecret: 'whsec_now', callbackRetryDelaysMs: [20] });
		const { id } = (await client.submit({ callback_url: `http://127.0.0.1:${port}/hook` })).body;
		await until(() => emulator.deliveries.length === 2);
		await emulator.redeliver(String(id), 2, { concurrent: true });
		await emulator.deliverRunCallback(`http://127.0.0.1:${port}/hook`);
		receiver.close();
		for (const { headers, body } of received) {
			const signature = createHmac('sha256', 'whsec_now').update(body).digest('hex');
			expect(headers['runflow-signature']).toBe(signature);
		}
		expect(received[1]?.body).toBe(received[0]?.body);
		expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ id, status_code: 'completed' });
		expect(emulator.deliveries.map(({ status, attempt }) => [status, attempt])).toEqual([
			[503, 1],
			[200, 2],
			[200, 1],
			[200, 1],
			[200, 1],
		]);
	});
});
