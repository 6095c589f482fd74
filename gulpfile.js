const { exec } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { promisify } = require('node:util');
const { dest, parallel, series, src } = require('gulp');

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

async function compile() {
	try {
		await promisify(exec)('tsc --project tsconfig.json');
	} catch (error) {
		throw new Error(error.stdout || error.message);
	}
}

function icons() {
	return src('nodes/**/*.svg', { encoding: false }).pipe(dest('dist/nodes'));
}

function codex() {
	return src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
}

function previews() {
	return src('nodes/**/__schema__/**/*.json').pipe(dest('dist/nodes'));
}

exports.clean = clean;
exports.assets = parallel(icons, codex, previews);
exports.build = series(clean, parallel(compile, icons, codex, previews));
exports.default = exports.build;
