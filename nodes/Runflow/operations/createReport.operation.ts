import type { INodeExecutionData } from 'n8n-workflow';

import type { NodeDesk } from '../desk';
import { refuseAll } from '../items/items';
import { sentences } from '../messages/sentences';
import { isProblem, ParameterProblem } from '../parameters/check';
import { reportFields, reportSettings } from '../parameters/report';
import type { ReportSettings } from '../parameters/report';
import { fieldOf, groupOf } from '../verdict/columns';
import { grouped } from '../verdict/decimals';
import { contactSheet } from '../verdict/page/page';
import { makeReport } from '../verdict/report';
import { headline } from '../verdict/reportText';
import type { Operation } from './operation';
import { addPictures } from './reportPictures';
import { coveredOutput } from './reportOutput';

export const createReport: Operation = {
	option: {
		name: 'Create Report',
		value: 'createReport',
		action: 'Create report',
		description:
			'Sum up all input items in one: counts, cost, what changed, the worst images, a message for a chat, and a contact sheet',
	},
	fields: reportFields,
	async execute(desk, context) {
		const settings = reportSettings.read(desk.batch);
		if (isProblem(settings)) return refuseAll(desk, settings);
		const parts = partsOf(desk.rows, settings);
		if (isProblem(parts)) return refuseAll(desk, parts);
		const covers = coveredOutput(context);
		const made: MadeReport[] = [];
		for (const part of parts) made.push(await reportOn(desk, part, settings, covers));
		showWhatIsWhere(desk, made, settings, covers);
		return [made.map(({ item }) => item)];
	},
};

/** The items that one report is about, by their places. */
interface Share {
	/** What the field for which there are several reports says; undefined for one report. */
	of?: string;
	places: number[];
}

interface MadeReport {
	item: INodeExecutionData;
	result: string;
	changed: number;
}

/** All items together, or those of each value of the field, in the order in which they come. */
function partsOf(
	items: INodeExecutionData[],
	{ oneReportFor: field }: ReportSettings,
): Share[] | ParameterProblem {
	if (field === undefined) return [{ places: [...items.keys()] }];
	if (!items.some(({ json }) => fieldOf(json, field) !== undefined)) {
		return new ParameterProblem(
			"No item has the field that 'One Report for Each' names",
			`It is '${field}'. Enter the name of a field of the items, such as client, not its value`,
		);
	}
	const parts = new Map<string, number[]>();
	for (const [place, { json }] of items.entries()) {
		const value = groupOf(json, field);
		const places = parts.get(value);
		if (places === undefined) parts.set(value, [place]);
		else places.push(place);
	}
	return [...parts].map(([of, places]) => ({ of, places }));
}

async function reportOn(
	desk: NodeDesk,
	{ of, places }: Share,
	settings: ReportSettings,
	covers: string | undefined,
): Promise<MadeReport> {
	const title = of === undefined || of === '' ? settings.title : `${settings.title}, ${of}`;
	const jsons = places.map((place) => desk.rows[place]?.json ?? {});
	const { report, figures, entries } = makeReport(jsons, { ...settings, title, covers });
	const item: INodeExecutionData = {
		json: { ...report, ...(of !== undefined && { report_for: of }) },
		pairedItem: places.map((place) => ({ item: place })),
	};
	const made = { item, result: headline(figures, entries), changed: report.changed };
	if (!settings.attachContactSheet) return made;
	await addPictures(desk, entries, places, settings.imageField);
	const sheet = await desk.file(
		Buffer.from(contactSheet(figures, entries, now(desk.timeZone))),
		`${slug(title)}.html`,
		'text/html',
	);
	return { ...made, item: { ...item, binary: { [settings.outputBinaryField]: sheet } } };
}

/** With a file in the output, n8n opens the Binary tab, where none of the figures are. */
function showWhatIsWhere(
	desk: NodeDesk,
	made: MadeReport[],
	{ attachContactSheet, earlierVerdictField, groupByField }: ReportSettings,
	covers: string | undefined,
): void {
	const [first] = made;
	const changed = made.filter(({ changed: count }) => count > 0).length;
	const result =
		made.length === 1
			? first?.result
			: `${grouped(made.length)} reports, ${grouped(changed)} with changes since last time`;
	const sheet = attachContactSheet ? ', and the contact sheet is the file on the Binary tab' : '';
	const merge =
		covers === undefined
			? undefined
			: `This report is about ${covers} alone. To report on all outputs, join them with a Merge node first`;
	const missing = [earlierVerdictField, groupByField].filter(
		(field) =>
			field !== undefined && !desk.rows.some(({ json }) => fieldOf(json, field) !== undefined),
	);
	const unknown = missing.map((field) => `No item has the field '${field}'`);
	const message = sentences(
		merge,
		result,
		`The message for a chat is the field 'text'${sheet}`,
		...unknown,
	);
	desk.hint(message);
}

function now(timeZone: string): string {
	return new Date().toLocaleString('en-US', {
		...{ year: 'numeric', month: 'long', day: 'numeric' },
		...{ hour: 'numeric', minute: '2-digit', timeZone, timeZoneName: 'short' },
	});
}

function slug(title: string): string {
	const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
	return words.join('-').slice(0, 60) || 'report';
}
