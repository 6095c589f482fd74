import { chromium, selectors, type Page } from 'playwright-core';
import { installDebianPackages } from '../debian';
import { OWNER } from '../client';

const CHROMIUM = '/usr/bin/chromium';
const TIMEOUT_MS = 30_000;
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Why no browser can be opened, `undefined` when one can. */
export function reasonWithoutBrowser(): string | undefined {
	return installDebianPackages([{ name: 'chromium', file: CHROMIUM }]);
}

export interface Browser {
	page: Page;
	close(): Promise<void>;
}

/** Opens a browser that is logged in to n8n as its owner and reaches nothing else. */
export async function openBrowser(n8nUrl: string): Promise<Browser> {
	selectors.setTestIdAttribute('data-test-id');
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
	const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, baseURL: n8nUrl });
	page.setDefaultTimeout(TIMEOUT_MS);
	// The editor asks before it is left with a change that is not saved.
	page.on('dialog', (dialog) => void dialog.accept());
	const { email, password } = OWNER;
	await page.request.post('/rest/login', { data: { emailOrLdapLoginId: email, password } });
	return { page, close: async () => await browser.close() };
}
