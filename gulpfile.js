const { exec } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { Transform } = require('node:stream');
const { promisify } = require('node:util');
const { dest, parallel, series, src } = require('gulp');
const { minify } = require('terser');

/** Functions and classes keep their names and statements their lines, for readable stack traces. */
const SHRINK = {
	compress: false,
	mangle: true,
	keep_fnames: true,
	keep_classnames: true,
	format: { semicolons: false },
};

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

function shrink() {
	const shrinkFile = new Transform({
		objectMode: true,
		async transform(file, _encoding, done) {
			const { code } = await minify(file.contents.toString(), SHRINK);
			file.contents = Buffer.from(code);
			done(null, file);
		},
	});
	return src('dist/**/*.js').pipe(shrinkFile).pipe(dest('dist'));
}

function icons() {
	return src('nodes/**/*.svg', { encoding: false }).pipe(dest('dist/nodes'));
}

function codex() {
	return src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
}

exports.clean = clean;
exports.build = series(clean, parallel(series(compile, shrink), icons, codex));
exports.default = exports.build;
