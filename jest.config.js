module.exports = {
	testEnvironment: '<rootDir>/lab/jest/environment.js',
	runtime: '<rootDir>/lab/jest/runtime.js',
	testMatch: ['<rootDir>/{test,lab}/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/(e2e|examples|volume)/'],
	modulePathIgnorePatterns: ['<rootDir>/(dist|coverage)/'],
	testTimeout: 120_000,
	maxWorkers: 6,
	globalSetup: '<rootDir>/lab/engine/globalSetup.ts',
	globalTeardown: '<rootDir>/lab/engine/globalTeardown.ts',
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
};
