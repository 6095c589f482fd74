import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { refuseAll } from '../items/items';
import { sentences } from '../messages/sentences';
import { isProblem } from '../parameters/check';
import { reportFields, reportSettings } from '../parameters/report';
import { batchSource } from '../parameters/source';
import type { Entry } from '../verdict/entry';
import { contactSheet } from '../verdict/page/page';
import { makeReport, worstFirst } from '../verdict/report';
import type { Report } from '../verdict/report';
import { headline } from '../verdict/reportText';
import type { Operation } from './operation';

const SMALL_FILE_BYTES = 400_000;
const MOST_PICTURE_BYTES = 4_000_000;
const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'];

export const createReport: Operation = {
	option: {
		name: 'Create Report',
		value: 'createReport',
		action: 'Create report',
		description:
			'Sum up all input items in one: counts, cost, the worst images, a message for a chat, and a contact sheet',
	},
	fields: reportFields,
	async execute(context) {
		const settings = reportSettings.read(batchSource(context));
		if (isProblem(settings)) return refuseAll(context, settings);
		const items = context.getInputData();
		const { report, entries } = makeReport(
			items.map(({ json }) => json),
			settings,
		);
		showWhatIsWhere(context, headline(report, entries), settings.attachContactSheet);
		const item = { json: { ...report }, pairedItem: items.map((_, index) => ({ item: index })) };
		if (!settings.attachContactSheet) return [[item]];
		const sheet = await makeSheet(context, report, entries);
		return [[{ ...item, binary: { [settings.outputBinaryField]: sheet } }]];
	},
};

/** With a file in the output, n8n opens the Binary tab, where none of the figures are. */
function showWhatIsWhere(context: IExecuteFunctions, result: string, hasSheet: boolean): void {
	const sheet = hasSheet ? ', and the contact sheet is the file on the Binary tab' : '';
	const message = sentences(result, `The message for a chat is the field 'text'${sheet}`);
	context.addExecutionHints?.({ message, location: 'outputPane' });
}

async function makeSheet(
	context: IExecuteFunctions,
	report: Report,
	entries: Entry[],
): Promise<IBinaryData> {
	await addPictures(context, entries);
	const html = contactSheet(report, entries, dateText(context.getTimezone()));
	return await context.helpers.prepareBinaryData(
		Buffer.from(html),
		`${fileName(report.title)}.html`,
		'text/html',
	);
}

/** Small image files that came with the items become part of the page, the worst first. */
async function addPictures(context: IExecuteFunctions, entries: Entry[]): Promise<void> {
	const items = context.getInputData();
	const places = new Map(entries.map((entry, index) => [entry, index]));
	let left = MOST_PICTURE_BYTES;
	for (const entry of [...worstFirst(entries), ...entries]) {
		const index = places.get(entry) ?? 0;
		const [field, file] = Object.entries(items[index]?.binary ?? {}).find(isPicture) ?? [];
		if (field === undefined || file === undefined || entry.picture !== undefined) continue;
		const bytes = await readSmall(context, index, field, file);
		if (bytes === undefined || bytes.length > left) continue;
		entry.picture = `data:${file.mimeType};base64,${bytes.toString('base64')}`;
		left -= bytes.length;
	}
}

function isPicture([, file]: [string, IBinaryData | null]): boolean {
	return file !== null && PICTURE_TYPES.includes(file.mimeType);
}

/** Undefined for a file that is large or no longer there: the page does without it. */
async function readSmall(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
	{ bytes: size = 0 }: IBinaryData,
): Promise<Buffer | undefined> {
	if (size > SMALL_FILE_BYTES) return undefined;
	try {
		const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, field);
		return bytes.length > SMALL_FILE_BYTES ? undefined : bytes;
	} catch {
		return undefined;
	}
}

function dateText(timeZone: string): string {
	return new Date().toLocaleString('en-US', {
		dateStyle: 'long',
		timeStyle: 'short',
		timeZone,
	});
}

function fileName(title: string): string {
	const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
	return words.join('-').slice(0, 60) || 'report';
}
