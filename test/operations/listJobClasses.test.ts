import { loadOptions } from '../../lab/engine';
import { jsonOf, KEY, operate, rows } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

const emulator = useEmulator();

const CLASSES = [
	{ code: 'standard', name: 'Standard', price: '0.400000', is_active: true },
	{ code: 'priority', name: 'Priority', price: '0.900000', is_active: false },
];

it.each([
	['items', 'price'],
	['array', 'unit_price'],
] as const)(
	'gives one item for each job class (%s, %s), paired with its row',
	async (form, key) => {
		emulator.configure({ jobClassesForm: form, jobClassPriceKey: key });
		const run = await operate(emulator, { operation: 'listJobClasses' }, rows(2));
		expect(jsonOf(run.after[0])).toEqual([...CLASSES, ...CLASSES]);
		expect(run.origins[0]?.map(({ row }) => row)).toEqual([0, 0, 1, 1]);
		expect(emulator.requests).toHaveLength(1);
	},
);

describe('the picker', () => {
	const DEFAULT = { name: "Runflow's Default", value: '' };
	const pick = async (apiKey = KEY, parameters = {}) => {
		const credentials = { runflowApi: { apiKey, baseUrl: emulator.url } };
		return await loadOptions('getJobClasses', credentials, parameters);
	};

	it('shows the active job classes with the price of one evaluation', async () => {
		const { options } = emulator;
		options.jobClasses.push({ code: 'deep', name: 'Deep', price: '1.250001', is_active: true });
		options.jobClasses.push({ code: 'new', name: 'New', price: 'ask us', is_active: true });
		expect(await pick()).toEqual([
			{ name: "Runflow's Default", value: '' },
			{ name: 'Standard (0.40 credits)', value: 'standard' },
			{ name: 'Deep (1.250001 credits)', value: 'deep' },
			{ name: 'New', value: 'new' },
		]);
	});

	it('offers the default while the node has no credential yet', async () => {
		expect(await loadOptions('getJobClasses', {})).toEqual([
			{ name: "Runflow's Default", value: '' },
		]);
	});

	it.each([
		['rf_live_wrong', 'Runflow did not accept the API key'],
		['rf live', 'The API key of the Runflow API credential contains a space'],
	])('says why it has nothing to show with %s, and keeps what was chosen', async (key, why) => {
		expect(await pick(key)).toEqual([{ ...DEFAULT, description: expect.stringContaining(why) }]);
		expect(await pick(key, { additionalFields: { jobClass: 'deep' } })).toEqual([
			{ ...DEFAULT, description: expect.stringContaining(why) },
			{ name: 'deep', value: 'deep' },
		]);
	});
});
