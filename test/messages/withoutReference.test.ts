import { withoutReferenceNote } from '../../nodes/Runflow/messages/withoutReference';

const LABEL = 'Reference Images > 1 > URL';
const ALL = `'${LABEL}' gives no image in any of the 2 rows, so Runflow judges without it`;
const ROWS = [['image', 'reference'], ['image']];
const misspelt = (name: string) =>
	`${ALL}. No row has a field '${name}'. The item has the fields 'image', 'reference'`;

it.each<[entered: unknown, note: string]>([
	['={{ $json.refrence }}', misspelt('refrence')],
	['={{$json["refrence"]}}', misspelt('refrence')],
	["={{ $json['my reference'] }}", misspelt('my reference')],
	['={{ $json.reference }}', ALL],
	['={{ $json.image.refrence }}', ALL],
	['={{ $json.refrence || "" }}', ALL],
	['={{ $("Rows").item.json.refrence }}', ALL],
	['', ALL],
	[undefined, ALL],
])('%j, which gives no row an image, is told from an empty column', (entered, note) => {
	expect(withoutReferenceNote({ label: LABEL, entered }, ROWS)).toBe(note);
});

it('one row is spoken of as one', () => {
	const reference = { label: LABEL, entered: '={{ $json.refrence }}' };
	expect(withoutReferenceNote(reference, [['image ']])).toBe(
		`'${LABEL}' gives no image, so Runflow judges without it. The row has no field 'refrence'. The item has the fields 'image ' (ends with a blank)`,
	);
});
