/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { runAudit, type Audit } from './audit';
import { writeContactSheet } from './contactSheet';
import { costOf, flaws } from './table';

let folder: string;
let audit: Audit;

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'audit-'));
	audit = await runAudit({ folder, account: { speed: 50, inFlightCap: 4 } });
}, 60_000);

afterAll(() => {
	rmSync(folder, { recursive: true, force: true });
});

const FOUND: Record<string, { verdict: string; issues?: string; failure_code?: string }> = {
	'Rangefinder, tan': { verdict: 'not_passed', issues: 'Image is blurred' },
	'Doughnut, dark chocolate': {
		verdict: 'not_passed',
		issues: 'Resolution too low; Image is blurred; Image blown out; Wrong aspect ratio',
	},
	'Team page: Mei': { verdict: 'not_passed', issues: 'Image is blurred' },
	'Canvas tote bag': { verdict: 'no_verdict', failure_code: 'invalid_media' },
	'Lounge chair, navy': { verdict: 'not_passed', issues: 'Image too dark' },
	'Dunes, story': { verdict: 'not_passed', issues: 'Wrong aspect ratio' },
	'Vase, white': { verdict: 'not_passed', issues: 'Image blown out' },
	'Night Train, web banner': {
		verdict: 'not_passed',
		issues: 'Resolution too low; Wrong aspect ratio',
	},
	'Alpine fog': { verdict: 'passed', issues: 'Contrast too low' },
	'Enamel pin set': { verdict: 'no_verdict', failure_code: 'invalid_media' },
	'Coffee mug, mustard': { verdict: 'not_passed', issues: 'Image is blurred; Image too dark' },
	'Headphones, coral': { verdict: 'not_passed', issues: 'Resolution too low' },
	'Summer sale, feed': { verdict: 'not_passed', issues: 'Wrong aspect ratio' },
};

describe('the audit of a spreadsheet', () => {
	it('gives every row its own verdict, in the order of the rows', () => {
		const clean = { verdict: 'passed', issues: '' };
		const expected = audit.input.map(({ row, title, image_url }) => ({
			...{ row, title, image_url, failure_code: '', issues: '' },
			...(FOUND[title] ?? clean),
		}));
		expect(audit.results).toHaveLength(31);
		expect(audit.results).toEqual(expected.map((row) => expect.objectContaining(row)));
	});

	it('loses nothing and pays once, although requests fail and the account is full', () => {
		const unreadable = audit.results.filter(({ verdict }) => verdict === 'no_verdict');
		expect(unreadable.map(({ cost, score }) => cost + score)).toEqual(['', '']);
		expect(costOf(audit.results)).toBe('11.60');
		expect(audit.billed).toBe('11.600000');
		expect(flaws(audit)).toEqual([]);
		expect(audit.faults).toBeGreaterThan(3);
		expect(audit.refusals).toBeGreaterThan(0);
	});

	it('makes a contact sheet that needs nothing else, the worst picture first', async () => {
		const file = path.join(folder, 'contact-sheet.html');
		const message = await writeContactSheet(audit.items, file);
		expect(message).toMatch(/^Image audit: 19 of 31 images passed \(61%\)\. .* 11\.60 credits\.\n/);
		const html = readFileSync(file, 'utf8');
		const titles = [...html.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, title]) => title);
		expect(titles).toHaveLength(31);
		expect(titles.slice(0, 2)).toEqual(['Doughnut, dark chocolate', 'Coffee mug, mustard']);
		expect(html.match(/src="data:image\/(jpeg|webp);base64,/g)).toHaveLength(29);
		expect(html).not.toMatch(/url\(|@import|<link/);
	});
});
