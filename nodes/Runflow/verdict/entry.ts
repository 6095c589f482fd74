import type { IDataObject } from 'n8n-workflow';

import { isObject, textAt } from '../api/read';
import {
	amountCell,
	booleanCell,
	cellText,
	inputRow,
	listCell,
	momentCell,
	scoreCell,
	textCell,
} from './cells';
import { oneLine } from './labels';
import { NO_ISSUE, reasonFor } from './reason';
import { VERDICTS } from './verdict';
import type { Verdict } from './verdict';

/** What one item says about one image, whichever way it came. */
export interface Entry {
	verdict: Verdict;
	/** One line; null for a pass without issues. */
	reason: string | null;
	/** Whether nothing could be made of the item. */
	isUnreadable: boolean;
	issues: string[];
	/** From 0 to 1. */
	score?: number;
	/** Exact decimal string of credits. */
	cost?: string;
	action?: string;
	clientRef?: string;
	imageUrl?: string;
	/** How a reader knows the image: the client ref, else the name of its file, else its place. */
	label: string;
	/** The image itself as a data: URI, when the item came with it. */
	picture?: string;
	/** What the row calls the image. */
	title?: string;
	id?: string;
	submitted?: { text: string; ms: number };
	completed?: { text: string; ms: number };
}

const URL_COLUMNS = ['generated_image_url', 'image_url', 'image', 'url'];
const TITLE_COLUMNS = ['title', 'name'];

/**
 * Reads an item of any operation, of the trigger or in error, or a row with the same column names.
 * What cannot be read counts as no verdict, with the reason; so does everything in error.
 * @param position of the item among the others, from 1
 */
export function readEntry(json: IDataObject, position: number): Entry {
	const input = inputRow(json);
	const { verdict, reason, isUnreadable = false } = readVerdict(json);
	const issues = listCell(json, 'top_issues');
	const told = reason ?? oneLine(textCell(json, 'reason') ?? issues.join('; '));
	const imageUrl = textCell(json, ...URL_COLUMNS) ?? textCell(input, ...URL_COLUMNS);
	const clientRef = textCell(json, 'client_ref');
	return {
		verdict,
		reason: told === '' ? fallbackReason(verdict, json) : told,
		isUnreadable,
		issues: issues.length > 0 || verdict === 'no_verdict' ? issues : fromReason(told),
		score: scoreCell(json.weighted_pass_rate),
		cost: amountCell(json.cost) ?? amountCell(json.cost_credits),
		action: textCell(json, 'primary_action_code'),
		clientRef,
		imageUrl,
		label: oneLine(clientRef ?? fileName(imageUrl) ?? `Item ${position}`),
		title: textCell(input, ...TITLE_COLUMNS) ?? textCell(json, ...TITLE_COLUMNS),
		id: evaluationId(json),
		submitted: momentCell(json.submitted_at),
		completed: momentCell(json.completed_at),
	};
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
	const told = cellText(given);
	if (told === undefined) {
		if (!isBlank(given)) return unreadable("Its 'verdict' is not text");
		if (!isBlank(json.status_code) && status === undefined) return unreadable(UNRELATED);
		const decision = 'verdict' in json ? undefined : booleanCell(json.overall_passed);
		return fromDecision(decision, status);
	}
	const name = told.toLowerCase().replace(/[\s-]+/g, '_');
	const verdict = VERDICTS.find((each) => each === name);
	if (verdict !== undefined) return { verdict };
	return unreadable(`'${oneLine(told).slice(0, 60)}' is not a verdict of Runflow`);
}

const UNRELATED = 'Not a result of Runflow';

function unreadable(reason: string): Read {
	return { verdict: 'no_verdict', reason, isUnreadable: true };
}

/** What is in a list of one, as the columns of some tables have it. */
function onlyOne(value: unknown): unknown {
	return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || String(value).trim() === '';
}

function fromDecision(decision: boolean | undefined, status: string | undefined): Read {
	if (decision !== undefined) return { verdict: decision ? 'passed' : 'not_passed' };
	if (status !== undefined) return { verdict: 'no_verdict' };
	return unreadable(UNRELATED);
}

function errorText(error: unknown): string | undefined {
	if (error === false || error === 0 || isBlank(error)) return undefined;
	if (typeof error === 'string') return error;
	return (isObject(error) ? textAt(error, 'message') : undefined) ?? 'The item has no result';
}

function fallbackReason(verdict: Verdict, json: IDataObject): string | null {
	if (verdict === 'passed') return null;
	if (verdict === 'not_passed') return NO_ISSUE;
	const status_code = textCell(json, 'status_code') ?? 'completed';
	return reasonFor({ ...json, id: '', status_code }, { passCriterion: 'overall' }, false);
}

/** The reason of a result is its issues, joined. */
function fromReason(reason: string): string[] {
	return reason.split('; ').filter((issue) => issue !== '' && issue !== NO_ISSUE);
}

function evaluationId(json: IDataObject): string | undefined {
	const { details } = json;
	return (
		textCell(json, 'evaluation_id') ??
		(isObject(details) ? textCell(details, 'evaluation_id') : undefined) ??
		textCell(json, 'id')
	);
}

function fileName(url: string | undefined): string | undefined {
	const name = /^https?:\/\/[^?#]*\/([^/?#]+)/.exec(url ?? '')?.[1];
	try {
		return name && decodeURIComponent(name);
	} catch {
		return name;
	}
}
