import {
	describeBody,
	findEvaluationIds,
	namedIn,
} from '../../nodes/Runflow/callback/evaluationIds';

const id = (digit: number) => `0190a1b2-c3d4-4e5f-8a6b-7c8d9e0f1a2${digit}`;
const ID = id(0);
const OTHER = id(1);

const find = (body: unknown) => findEvaluationIds(Buffer.from(JSON.stringify(body)));

it.each<[string, unknown]>([
	['flat', { id: ID }],
	['flat, by its long name', { evaluation_id: ID }],
	['in capitals', { evaluationId: ID.toUpperCase() }],
	['in an event', { type: 'evaluation.completed', data: { object: { id: ID } } }],
	['in a payload', { payload: { evaluation: { id: ID, run_id: OTHER } } }],
	['as the value of a word', { event: 'done', evaluation: ID, organization_id: OTHER }],
	['in a list', [{ data: [{ id: ID }] }]],
	['beside nothing', { a: null, id: ID }],
	['under a name that only holds such letters', { an_idea: ID, runIdentity: ID, GRID_: ID }],
	['beside ids of other things', { id: ID, run_id: OTHER, runId: OTHER, orgID: OTHER }],
])('finds the one id %s', (_name, body) => {
	expect(find(body)).toEqual([ID]);
});

it.each<[string, unknown, string[]]>([
	['its long name', { id: OTHER, data: { evaluation_id: ID } }, [ID, OTHER]],
	['being an evaluation', { data: { id: OTHER, evaluation: { id: ID } } }, [ID, OTHER]],
	["an envelope's content", { id: OTHER, data: { id: ID } }, [ID, OTHER]],
	['any id', { reference: OTHER, id: ID }, [ID, OTHER]],
	['the whole name', { evaluation_id_old: OTHER, evaluation_id: ID }, [ID, OTHER]],
	['the whole name of an id', { data: { identity: OTHER, id: ID } }, [ID, OTHER]],
	...['evaluation_of', 'my_evaluation'].map((name): [string, unknown, string[]] => [
		`an evaluation, not ${name}`,
		{ [name]: { id: OTHER }, evaluation: { id: ID } },
		[ID, OTHER],
	]),
])('asks for what is likeliest first: %s', (_name, body, ids) => {
	expect(find(body)).toEqual(ids);
});

it.each<[string, unknown]>([
	['a run', { event: 'run.completed', run_id: ID }],
	['an evaluation of something else', { re_evaluation_id: ID }],
	['an id that is more', { id: `${ID}/feedback` }],
	['a word', ID],
	['nothing', null],
])('finds none in %s', (_name, body) => {
	expect(find(body)).toEqual([]);
});

it('is bounded: three ids, a thousand values', () => {
	expect(find([0, 1, 2, 3, 4].map((each) => ({ id: id(each) })))).toEqual([id(0), id(1), id(2)]);
	const zeros = (length: number) => Array.from({ length }, () => 0);
	expect(find([...zeros(1_000), ID])).toEqual([]);
	expect(find([{ id: ID }, ...zeros(998)])).toEqual([]);
	expect(find([{ id: ID }, ...zeros(997)])).toEqual([ID]);
	expect(namedIn(Buffer.from(`${' '.repeat(1_000_000)}${ID}`), [ID])).toEqual([]);
	expect(findEvaluationIds(Buffer.from('{"id":'))).toEqual([]);
});

it('knows which of the ids that it waits for are named, in whatever form', () => {
	const names = (body: string) => namedIn(Buffer.from(body), [ID, OTHER, 'ev_1']);
	expect(names(`id=${ID.toUpperCase()}&x=1`)).toEqual([ID]);
	expect(names(JSON.stringify({ data: { object: { id: OTHER, more: 'ev_1' } } }))).toEqual([
		...[OTHER, 'ev_1'],
	]);
	expect(names(`${ID}0 ev_12`)).toEqual([]);
});

it('tells of a body its keys and no value', () => {
	const describe = (body: string) => describeBody(Buffer.from(body));
	expect(describe(`{"event":"secret","data":{"x":1}}`)).toBe('its keys are event, data');
	expect(describe('{"a\\nb":1}')).toBe('its keys are a?b');
	expect(describe('no')).toBe('it is no JSON object');
	const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`k${at}`.repeat(30), at]));
	expect(describe(JSON.stringify(many)).length).toBeLessThan(450);
});
