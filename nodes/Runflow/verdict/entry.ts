import type { IDataObject } from 'n8n-workflow';

import { masked } from '../api/mask';
import { isObject, textAt } from '../api/read';
import {
	amountCell,
	cellText,
	inputRow,
	listCell,
	momentCell,
	onlyOne,
	scoreCell,
	textCell,
	verdictCell,
} from './cells';
import type { Moment } from './cells';
import { groupOf, readEarlier } from './columns';
import type { Earlier, OtherColumns } from './columns';
import { oneLine } from './labels';
import { withKnownNames } from './names';
import { NO_ISSUE, reasonFor } from './reason';
import type { Change, Verdict } from './verdict';

/** What one item says about one image, whichever way it came. */
export interface Entry {
	/** Its place among the items, from 0. */
	index: number;
	verdict: Verdict;
	/** One line; null for a pass without issues. */
	reason: string | null;
	/** Whether nothing could be made of the verdict. */
	isUnreadable: boolean;
	/** Whether the item has a column for the verdict at all. */
	hasVerdictColumn: boolean;
	issues: string[];
	/** From 0 to 1. */
	score?: number;
	/** What it cost and what of that was billed for the item: exact decimal strings of credits. */
	cost?: string;
	billed?: string;
	action?: string;
	clientRef?: string;
	imageUrl?: string;
	/** Whether `imageUrl` is the address that was judged, so that no file stands for it. */
	isJudgedByAddress: boolean;
	/** How a reader knows the image: client ref, title, name of its file, or place. */
	label: string;
	/** The image itself as a data: URI, when the item came with it. */
	picture?: string;
	/** What the row calls the image. */
	title?: string;
	id?: string;
	submitted?: Moment;
	completed?: Moment;
	/** What the row said before; absent where nothing is known. */
	earlier?: Earlier;
	change?: Change;
	group?: string;
}

const URL_COLUMNS = ['generated_image_url', 'image_url', 'image', 'url'];
const TITLE_COLUMNS = ['title', 'name'];

/**
 * Reads an item of any operation, of the trigger or in error, or a row with the same column names.
 * What cannot be read counts as no verdict, with the reason; so does everything in error.
 * @param index its place among the items, from 0
 */
export function readEntry(item: IDataObject, index: number, columns: OtherColumns = {}): Entry {
	const json = withKnownNames(item);
	const input = withKnownNames(inputRow(json));
	const { verdict, reason, isUnreadable = false } = readVerdict(json);
	const given = listCell(json, 'top_issues');
	const issues = given.length > 0 ? given : listCell(json, 'issues_text');
	const told = masked(reason ?? oneLine(textCell(json, 'reason') ?? issues.join('; ')));
	const { imageUrl, isJudgedByAddress } = readAddress(json, input);
	const clientRef = textCell(json, 'client_ref');
	const title = textCell(input, ...TITLE_COLUMNS) ?? textCell(json, ...TITLE_COLUMNS);
	const cost = amountCell(json.cost) ?? amountCell(json.cost_credits);
	return {
		index,
		verdict,
		reason: told === '' ? fallbackReason(verdict, json) : told,
		isUnreadable,
		hasVerdictColumn: 'verdict' in json || 'error' in json,
		issues: issues.length > 0 || verdict === 'no_verdict' ? issues : fromReason(told),
		score: verdict === 'no_verdict' ? undefined : scoreCell(json.weighted_pass_rate),
		cost,
		billed: amountCell(json.billed_credits) ?? cost,
		action: textCell(json, 'primary_action_code'),
		clientRef,
		imageUrl,
		isJudgedByAddress,
		label: oneLine(clientRef ?? title ?? fileName(imageUrl) ?? `Item ${index + 1}`),
		title,
		id: idOfEntry(json),
		submitted: momentCell(json.submitted_at),
		completed: momentCell(json.completed_at),
		earlier: readEarlier(item, input, columns.earlierVerdictField),
		group: columns.groupByField && groupOf(item, columns.groupByField),
	};
}

/** The address that was judged; where the item tells none, one of the row's own. */
function readAddress(json: IDataObject, input: IDataObject) {
	const judged = textCell(json, 'generated_image_url');
	const own = 'generated_image_url' in json ? judged : textCell(json, ...URL_COLUMNS);
	const imageUrl = own ?? textCell(json, ...URL_COLUMNS) ?? textCell(input, ...URL_COLUMNS);
	return { imageUrl, isJudgedByAddress: own !== undefined && !/^runflow:/i.test(own) };
}

interface Read {
	verdict: Verdict;
	reason?: string;
	isUnreadable?: boolean;
}

function readVerdict(json: IDataObject): Read {
	const error = errorText(json.error);
	if (error !== undefined) return { verdict: 'no_verdict', reason: oneLine(error) };
	const status = textCell(json, 'status_code')?.toLowerCase();
	if (status !== undefined && status !== 'completed') return { verdict: 'no_verdict' };
	const given = onlyOne(json.verdict);
	if (isBlank(given)) return { verdict: 'no_verdict', reason: NOT_JUDGED };
	const told = cellText(given);
	if (told === undefined) return unreadableEntry("Its 'verdict' is not text");
	if (!isBlank(json.status_code) && status === undefined) {
		return unreadableEntry("Its 'status_code' is not text");
	}
	const verdict = verdictCell(told);
	if (verdict !== undefined) return { verdict };
	return unreadableEntry(`'${oneLine(told).slice(0, 60)}' is not a verdict of Runflow`);
}

export const NOT_JUDGED = 'Not judged yet';

function unreadableEntry(reason: string): Read {
	return { verdict: 'no_verdict', reason, isUnreadable: true };
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || String(value).trim() === '';
}

/** What a column of the row's own called `error` says where there is none. */
const NO_ERROR = [
	...['false', 'no', 'none', 'null', 'nil', 'undefined', 'nan', 'n/a', '#n/a', 'na', 'ok', '0'],
	...['no error', 'no errors', 'success', '[]', '{}', '-', '--', '–', '—'],
	...['falsch', 'nein', 'keiner', 'faux', 'non', 'aucune', 'falso', 'ninguno', 'nessuno', 'geen'],
];

function errorText(error: unknown): string | undefined {
	if (isBlank(error) || NO_ERROR.includes(String(error).trim().toLowerCase())) return undefined;
	if (typeof error === 'string') return error;
	return (isObject(error) ? textAt(error, 'message') : undefined) ?? 'The item has no result';
}

function fallbackReason(verdict: Verdict, json: IDataObject): string | null {
	if (verdict === 'passed') return null;
	if (verdict === 'not_passed') return NO_ISSUE;
	const status_code = textCell(json, 'status_code') ?? 'completed';
	const undecided = { ...json, id: '', status_code, overall_passed: null };
	return reasonFor(undecided, { passCriterion: 'overall' }, false);
}

/** The reason of a result is its issues, joined. */
function fromReason(reason: string): string[] {
	return reason.split('; ').filter((issue) => issue !== '' && issue !== NO_ISSUE);
}

/** A row's own number is no evaluation. */
function idOfEntry(json: IDataObject): string | undefined {
	const { details, id } = json;
	return (
		textCell(json, 'evaluation_id') ??
		(isObject(details) ? textCell(details, 'evaluation_id') : undefined) ??
		(typeof id === 'string' && !/^\s*\d+\s*$/.test(id) ? textCell(json, 'id') : undefined)
	);
}

const PICTURE_NAME = /\.(?:jpe?g|png|webp|gif|avif|bmp|tiff?|hei[cf]|svg)$/i;

/** What names a picture: other ends of an address, such as `view`, say nothing to a reader. */
function fileName(url: string | undefined): string | undefined {
	const name = decoded(/^https?:\/\/[^?#]*\/([^/?#]+)/.exec(url ?? '')?.[1] ?? '');
	return PICTURE_NAME.test(name) ? name : undefined;
}

function decoded(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
