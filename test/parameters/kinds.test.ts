import { isProblem } from '../../nodes/Runflow/parameters/check';
import {
	flag,
	jsonObject,
	longText,
	number,
	someOf,
	text,
} from '../../nodes/Runflow/parameters/kinds';
import type { Kind } from '../../nodes/Runflow/parameters/parameter';

const score = number({ min: 0, max: 1 });
const details = someOf(['judges', 'action']);
const LUXON = { toISO: () => '2026-01-02T03:04:05.000Z', zone: {} };

it.each<[string, Kind<unknown>, unknown, unknown]>([
	['text', text, ['a', null], 'a'],
	['text', text, [true], 'true'],
	['text', text, LUXON, '2026-01-02T03:04:05.000Z'],
	['text', text, new Date(0), '1970-01-01T00:00:00.000Z'],
	['text', text, [], ''],
	['text', text, [null, ''], ''],
	['text', text, 'a\uD83D and \uDE00, 😀', 'a\uFFFD and \uFFFD, 😀'],
	['long text', longText, '\uDE00\uD83D', '\uFFFD\uFFFD'],
	['long text', longText, ['a'], 'a'],
	['long text', longText, [1, 2], '[1,2]'],
	['long text', longText, { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
	['a number', score, ' 0.5 ', 0.5],
	['a number', score, [1], 1],
	['a number', score, null, undefined],
	['a flag', flag, 'TRUE', true],
	['details', details, 'judges, action', ['judges', 'action']],
	['details', details, '["judges"]', ['judges']],
	['details', details, '', undefined],
	['a JSON object', jsonObject, '{"a":1}', { a: 1 }],
	['a JSON object', jsonObject, {}, undefined],
])('%s, %#: %j is read', (_name, kind, value, expected) => {
	expect(kind(value, { label: 'Field' })).toEqual(expected);
});

it.each<[string, Kind<unknown>, unknown, string]>([
	['text', text, [['a']], 'a list of 1'],
	['text', text, new Date(NaN), 'a date that does not exist'],
	['text', text, NaN, 'the number NaN'],
	['text', text, 'x [object Object]', 'An expression put an object into the text'],
	['a number', score, '0,5', 'the text "0,5"'],
	['a number', score, Infinity, 'the number Infinity'],
	['a flag', flag, 1, 'the number 1'],
	['details', details, ['judges', 'x'], 'a list of 2'],
	['a JSON object', jsonObject, '{"a":', 'the text "{"a":"'],
	['a JSON object', jsonObject, new Date(0), 'the date 1970-01-01T00:00:00.000Z'],
])('%s, %#: what it got is named', (_name, kind, value, said) => {
	const problem = kind(value, { label: 'Field' });
	if (!isProblem(problem)) throw new Error('It was taken');
	expect(problem.message).toContain("'Field'");
	expect(problem.description).toContain(said);
});
