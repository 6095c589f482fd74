import { isObject } from '../api/read';
import type { NodeDesk } from '../desk';
import { isProblem, ParameterProblem } from '../parameters/check';
import { excerpt } from '../parameters/value';
import { forTables, includeInput } from '../parameters/verdict';

/**
 * Why what comes out could not be written: n8n's Data Table refuses lists and objects where it maps
 * the fields by itself, which would be seen only when everything is paid. Undefined where it can.
 */
export function whyNotWritable(desk: NodeDesk): ParameterProblem | undefined {
	// Which output leads to it is not known: errors alone may be what it keeps.
	if (desk.isTool || desk.node.onError === 'continueErrorOutput') return undefined;
	const [isFlat, hasRow] = [forTables.read(desk.batch), includeInput.read(desk.batch)];
	if (isProblem(isFlat) || isProblem(hasRow) || (isFlat && !hasRow)) return undefined;
	const table = desk
		.next('n8n-nodes-base.dataTable')
		.find(({ parameters }) => mapsByItself(parameters?.columns));
	if (table === undefined) return undefined;
	return new ParameterProblem(
		'The Data Table after this node takes no lists and no objects',
		`'${excerpt(table.name, 60)}' maps all fields automatically. Map its columns by hand, or turn on 'For Tables' without 'Include Input Fields'. Nothing was submitted`,
	);
}

function mapsByItself(columns: unknown): boolean {
	return isObject(columns) && columns.mappingMode === 'autoMapInputData';
}
