import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { commonTokens, declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
	determineHitLimitReached,
	DryRunStatus,
	TestStatus,
	toMutantRunResult,
} from '@stryker-mutator/api/test-runner';

const TESTS = 'test';
/** As in jest.config.js: a mutant that hangs is Stryker's to end. */
const TEST_TIMEOUT_MS = 120_000;
const NEEDS_THE_ENGINE = /from '.*lab\/(engine|emulator|scenario(?!\/account))\b/;
const SWC = {
	jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
	module: { type: 'commonjs' },
	sourceMaps: false,
};

/**
 * Runs test files with jest's own `describe`, `it` and `expect` in this process: a mutant takes
 * milliseconds, where a run of jest takes a second. Files of the repository are loaded anew for
 * each mutant, packages stay. One in a constant has to be noticed by the suites of its own room.
 */
class MutationRunner {
	static inject = [commonTokens.options];

	constructor({ suites }) {
		this.suites = suites;
		/** Milliseconds each test file takes: what is quick goes first. */
		this.costs = new Map();
		this.stryker = globalThis.__stryker__ ??= {};
	}

	capabilities() {
		return { reloadEnvironment: true };
	}

	async init() {
		this.root = process.cwd();
		this.require = createRequire(path.join(this.root, 'package.json'));
		const { transformSync } = this.require('@swc/core');
		const compiled = new Map();
		const compile = (code, filename) => {
			if (!compiled.has(filename)) {
				compiled.set(filename, transformSync(code, { ...SWC, filename }).code);
			}
			return compiled.get(filename);
		};
		this.require('pirates').addHook(compile, { exts: ['.ts'], ignoreNodeModules: true });
		this.circus = this.require('jest-circus');
		const state = path.join(path.dirname(this.require.resolve('jest-circus')), 'state.js');
		this.state = this.require(state);
		this.state.addEventHandler((event) => this.onEvent?.(event));
		const { describe, it, test, beforeAll, beforeEach, afterAll, afterEach } = this.circus;
		const { expect } = this.require('expect');
		const { fn, spyOn } = this.require('jest-mock');
		const globals = { describe, it, test, beforeAll, beforeEach, afterAll, afterEach, expect };
		Object.assign(globals, { jest: { fn, spyOn } });
		Object.assign(globalThis, globals);
	}

	async dryRun({ coverageAnalysis, files = [] }) {
		this.stryker.activeMutant = undefined;
		this.stryker.mutantCoverage = { static: {}, perTest: {} };
		this.isCovering = coverageAnalysis !== 'off';
		const rooms = this.suites.filter((room) => files.some((file) => file.includes(`/${room}/`)));
		if (rooms.length > 0) this.suites = rooms;
		try {
			const tests = await this.run(this.files());
			for (const { fileName, timeSpentMs } of tests) {
				this.costs.set(fileName, (this.costs.get(fileName) ?? 0) + timeSpentMs);
			}
			const mutantCoverage = this.stryker.mutantCoverage;
			return { status: DryRunStatus.Complete, tests, mutantCoverage };
		} catch (error) {
			return { status: DryRunStatus.Error, errorMessage: String(error?.stack ?? error) };
		}
	}

	async mutantRun({ activeMutant, sandboxFileName, testFilter, hitLimit }) {
		this.isCovering = false;
		Object.assign(this.stryker, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
		const ids = testFilter && new Set(testFilter);
		const room = this.suites.find((suite) => sandboxFileName.includes(`Runflow/${suite}/`)) ?? '';
		const files = this.files().filter((file) =>
			testFilter
				? testFilter.some((id) => id.startsWith(`${this.name(file)} `))
				: this.name(file).startsWith(room),
		);
		let tests;
		try {
			tests = await this.run(files, ids);
		} catch (error) {
			tests = [result('load', files[0], error)];
		}
		const endless = determineHitLimitReached(this.stryker.hitCount, hitLimit);
		return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests });
	}

	files() {
		const costOf = (file) => this.costs.get(file) ?? 0;
		return this.suites.flatMap((suite) => {
			const folder = path.join(this.root, TESTS, suite);
			return readdirSync(folder)
				.filter((file) => file.endsWith('.test.ts'))
				.map((file) => path.join(folder, file))
				.filter((file) => !NEEDS_THE_ENGINE.test(readFileSync(file, 'utf8')))
				.sort((one, other) => costOf(one) - costOf(other));
		});
	}

	name(file) {
		return path.relative(path.join(this.root, TESTS), file);
	}

	/** Runs the tests of the files, or those with the given ids, up to the first failure. */
	async run(files, ids) {
		const isMutant = this.stryker.activeMutant !== undefined;
		const results = [];
		for (const file of files) {
			results.push(...(await this.runFile(file, ids)));
			if (isMutant && results.some(hasFailed)) break;
		}
		return results;
	}

	async runFile(file, ids) {
		const isMutant = this.stryker.activeMutant !== undefined;
		const { resetState, run } = this.circus;
		const { cache } = this.require;
		for (const each of Object.keys(cache)) {
			if (each.startsWith(this.root) && !each.includes('node_modules')) delete cache[each];
		}
		resetState();
		this.state.getState().testTimeout = TEST_TIMEOUT_MS;
		const results = [];
		this.onEvent = ({ name, test }) => {
			if (name === 'test_start') {
				const id = this.idOf(file, test);
				if ((ids && !ids.has(id)) || (isMutant && results.some(hasFailed))) test.mode = 'skip';
				if (this.isCovering) this.stryker.currentTestId = id;
			} else if (name === 'test_done') {
				this.stryker.currentTestId = undefined;
				results.push(result(this.idOf(file, test), file, test.errors[0], test.duration));
			}
		};
		this.require(file);
		const { unhandledErrors } = await run();
		if (unhandledErrors.length > 0) results.push(result(file, file, unhandledErrors[0]));
		return results;
	}

	idOf(file, test) {
		const titles = [];
		for (let each = test; each.parent; each = each.parent) titles.unshift(each.name);
		return `${this.name(file)} ${titles.join(' ')}`;
	}
}

function hasFailed({ status }) {
	return status === TestStatus.Failed;
}

function result(id, fileName, error, timeSpentMs = 0) {
	const told = { id, name: id, fileName, timeSpentMs: timeSpentMs ?? 0 };
	if (error === undefined) return { ...told, status: TestStatus.Success };
	return { ...told, status: TestStatus.Failed, failureMessage: String(error) };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'suites', MutationRunner)];
