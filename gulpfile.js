const { exec, spawn } = require('node:child_process');
const { once } = require('node:events');
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

/** Shows what a script of package.json says, and fails when it does. */
function script(name) {
	const run = async () => {
		const child = spawn('npm', ['run', '--silent', name], { stdio: 'inherit', shell: true });
		const [code] = await once(child, 'exit');
		if (code !== 0) throw new Error(`npm run ${name} failed`);
	};
	return Object.assign(run, { displayName: name });
}

exports.clean = clean;
exports.assets = parallel(icons, codex, previews);
exports.build = series(clean, parallel(compile, icons, codex, previews));
exports.check = parallel(exports.build, script('typecheck'), script('lint'));
exports.default = exports.build;
