import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { RunflowApi } from '../../credentials/RunflowApi.credentials';
import { triggerProperties } from '../../nodes/Runflow/trigger/fields';
import { evaluationProperties } from '../../nodes/Runflow/operations';
import { table } from './table';

export const TRIGGER_PROPERTIES = triggerProperties;
export const CREDENTIAL_PROPERTIES = new RunflowApi().properties;
const FIRST = ['resource', 'operation'];

/** The operations of a resource as the panel lists them. */
export function operations(resource: string): INodePropertyOptions[] {
	const field = evaluationProperties.find(
		({ name, displayOptions }) =>
			name === 'operation' && displayOptions?.show?.resource?.includes(resource),
	);
	return (field?.options ?? []).filter(isOption);
}

export function allOperations(): INodePropertyOptions[] {
	const { options = [] } = evaluationProperties.find(({ name }) => name === 'resource') ?? {};
	return options.filter(isOption).flatMap(({ value }) => operations(String(value)));
}

/** The name of an operation's page. */
export function kebab(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What the panel shows for an operation. */
export function fieldsOf(operation: string): INodeProperties[] {
	return evaluationProperties.filter(
		(field) => !FIRST.includes(field.name) && isShownFor(field, operation, 'operation'),
	);
}

/** A table of fields in the order of the panel, those of a collection below its name. */
export function fieldTable(fields: INodeProperties[], operation = ''): string {
	const rows = fields.flatMap((field) => rowsOf(field, operation, fields));
	return table(['Field', 'Default', 'What it is'], rows);
}

function rowsOf(
	field: INodeProperties,
	operation: string,
	siblings: INodeProperties[],
	above = '',
): string[][] {
	if (field.type === 'hidden') return [];
	if (field.type === 'notice') return [['Note', '', field.displayName]];
	const row = [`${above}**${field.displayName}**`, defaultOf(field), describe(field, siblings)];
	const inner = innerFields(field, operation);
	const place = `${field.displayName} > `;
	return [row, ...inner.flatMap((each) => rowsOf(each, operation, inner, place))];
}

function innerFields({ options = [] }: INodeProperties, operation: string): INodeProperties[] {
	return options.flatMap((option): INodeProperties[] => {
		if (isProperty(option)) return isShownFor(option, operation, '/operation') ? [option] : [];
		return isCollection(option) ? option.values : [];
	});
}

function describe(field: INodeProperties, siblings: INodeProperties[]): string {
	const { description = '', hint = '', options = [], typeOptions } = field;
	const choices = options
		.filter(isOption)
		.map(({ name, description: meaning }) =>
			meaning === undefined ? `• ${name}` : `• **${name}**: ${meaning}`,
		);
	return [description, hint, boundsOf(typeOptions), conditionOf(field, siblings), ...choices]
		.filter((part) => part !== '')
		.join('<br>');
}

function boundsOf({ minValue, maxValue }: INodeProperties['typeOptions'] = {}): string {
	if (minValue === undefined) return '';
	return maxValue === undefined ? `At least ${minValue}.` : `From ${minValue} to ${maxValue}.`;
}

/** When a field is shown, beyond the operation. */
function conditionOf(
	{ displayOptions = {} }: INodeProperties,
	siblings: INodeProperties[],
): string {
	const { show = {}, hide = {} } = displayOptions;
	if (show['@tool']) return 'Only in a tool of an AI agent.';
	const named = (conditions: object, when: string) =>
		Object.entries(conditions).flatMap(([name, values]: [string, unknown]) => {
			const other = siblings.find((each) => each.name === name);
			return other && Array.isArray(values) ? `${when} ${choiceOf(other, values)}.` : [];
		});
	const tool = hide['@tool'] ? ['Not in a tool of an AI agent.'] : [];
	return [...named(show, 'With'), ...named(hide, 'Not with'), ...tool].join('<br>');
}

function choiceOf({ displayName, options = [] }: INodeProperties, values: unknown[]): string {
	const chosen = options.filter(isOption).filter(({ value }) => values.includes(value));
	return `${displayName}: ${chosen.map(({ name }) => name).join(' or ')}`;
}

/** Fields that count only when they are added; what they are filled with then is no default. */
const ONLY_WHEN_ADDED = ['maximumCost', 'minimumScore'];

function defaultOf(field: INodeProperties): string {
	const { options = [] } = field;
	if (ONLY_WHEN_ADDED.includes(field.name)) return `none (\`${String(field.default)}\` when added)`;
	if (field.type === 'boolean') return field.default === true ? 'on' : 'off';
	if (field.type === 'collection' || field.type === 'fixedCollection') return '';
	const values = Array.isArray(field.default) ? field.default : [field.default];
	const names = values.map(
		(value) => options.filter(isOption).find((each) => each.value === value)?.name,
	);
	return names.map((name, at) => name ?? code(String(values[at] ?? ''))).join(', ');
}

function code(text: string): string {
	return text === '' ? '' : `\`${text}\``;
}

function isShownFor(field: INodeProperties, operation: string, name: string): boolean {
	const shown = field.displayOptions?.show?.[name];
	return shown === undefined || shown.some((value) => value === operation);
}

type Option = INodePropertyOptions | INodeProperties | INodePropertyCollection;

function isOption(option: Option): option is INodePropertyOptions {
	return 'value' in option;
}

function isProperty(option: Option): option is INodeProperties {
	return 'displayName' in option && 'type' in option;
}

function isCollection(option: Option): option is INodePropertyCollection {
	return 'values' in option;
}
