import { randomUUID } from 'node:crypto';
import { isRecord, readRecord, type JsonRecord } from '../read';
import type { Service, ServiceAnswer } from './service';

export const NOTION_TOKEN = 'ntn_stand-in';
export const NOTION_SOURCE = '3c0d4b8e-9d0a-4a4f-8b1c-2d3e4f5a6b7c';

type Column = 'title' | 'rich_text' | 'number' | 'checkbox' | 'url';

interface Page {
	id: string;
	properties: Record<string, JsonRecord>;
}

export interface NotionStandIn extends Service {
	/** The columns of its one data source; live. */
	columns: Record<string, Column>;
	pages: Page[];
}

const LONGEST_TEXT = 2_000;
const EMPTY: Record<Column, unknown> = {
	...{ title: [], rich_text: [], number: null, checkbox: false, url: null },
};

const refusal = (message: string): ServiceAnswer => ({
	status: 400,
	body: { object: 'error', status: 400, code: 'validation_error', message },
});

/** Notion with one data source. Texts are never null, numbers and addresses may be. */
export function createNotion(): NotionStandIn {
	const columns: NotionStandIn['columns'] = {};
	const pages: Page[] = [];
	const bodyOf = ({ id, properties }: Page) => ({
		object: 'page',
		id,
		url: `https://www.notion.so/${id.replaceAll('-', '')}`,
		parent: { type: 'data_source_id', data_source_id: NOTION_SOURCE },
		properties,
	});
	const write = (page: Page, given: unknown): ServiceAnswer | undefined => {
		for (const [name, cell] of Object.entries(isRecord(given) ? given : {})) {
			const type = columns[name];
			if (type === undefined) return refusal(`${name} is not a property that exists.`);
			const value = isRecord(cell) ? cell[type] : undefined;
			const wrong = wrongIn(type, value);
			if (wrong !== undefined) return refusal(`body.properties.${name}.${type} ${wrong}`);
			page.properties[name] = { id: name, type, [type]: stored(type, value) };
		}
		return undefined;
	};
	return {
		hosts: ['api.notion.com'],
		columns,
		pages,
		answer: ({ method, path, authorization, body }) => {
			if (authorization.trim() !== `Bearer ${NOTION_TOKEN}`) return { status: 401, body: {} };
			const id = /^\/v1\/pages\/(.+)$/.exec(path)?.[1];
			if (path === `/v1/data_sources/${NOTION_SOURCE}`) {
				const all = Object.entries(columns).map(([name, type]) => [name, { type, [type]: {} }]);
				return { body: { object: 'data_source', properties: Object.fromEntries(all) } };
			}
			if (path === `/v1/data_sources/${NOTION_SOURCE}/query`) {
				return { body: { results: pages.map(bodyOf), has_more: false, next_cursor: null } };
			}
			if (path !== '/v1/pages' && id === undefined) return undefined;
			const empty = Object.entries(columns).map(([name, type]) => [
				name,
				{ id: name, type, [type]: EMPTY[type] },
			]);
			const page = pages.find(
				(each) => each.id.replaceAll('-', '') === id?.replaceAll('-', ''),
			) ?? {
				...{ id: randomUUID(), properties: Object.fromEntries(empty) },
			};
			if (method === 'GET') return { body: bodyOf(page) };
			const refused = write(page, body.properties);
			if (refused !== undefined) return refused;
			if (!pages.includes(page)) pages.push(page);
			return { body: bodyOf(page) };
		},
	};
}

const textsIn = (value: unknown): unknown[] =>
	(Array.isArray(value) ? value : []).map(
		(part) => readRecord(readRecord(part, 'part').text, 'text').content,
	);

function wrongIn(type: Column, value: unknown): string | undefined {
	if (type === 'number')
		return value === null || typeof value === 'number' ? undefined : 'should be a number';
	if (type === 'checkbox') return typeof value === 'boolean' ? undefined : 'should be a boolean';
	if (type === 'url')
		return value === null || (typeof value === 'string' && value !== '')
			? undefined
			: 'should be a string';
	const texts = textsIn(value);
	if (!texts.every((text) => typeof text === 'string')) return 'content should be a string';
	return texts.some((text) => String(text).length > LONGEST_TEXT)
		? `length should be ≤ ${LONGEST_TEXT}`
		: undefined;
}

function stored(type: Column, value: unknown): unknown {
	if (type !== 'title' && type !== 'rich_text') return value;
	return textsIn(value)
		.map(String)
		.filter((content) => content !== '')
		.map((content) => ({ type: 'text', text: { content, link: null }, plain_text: content }));
}
