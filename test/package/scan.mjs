// Runs n8n's own package scan, which needs no network for this, on a folder; prints what it found.
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const [, , folder, kind] = process.argv;
const patterns = kind === 'source' ? SOURCE_FILE_PATTERNS : ['**/*.js', 'package.json'];
const { passed, details, message } = await analyzePackage(folder, patterns);
console.log(JSON.stringify({ passed, details: details ?? message ?? '' }));
