const { transform } = require('../../jest.config');

/** In an n8n that somebody else started, nothing is killed or restarted. */
const IN_EXTERNAL = ['basics', 'examples', 'versions'];
const SUITES = process.env.N8N_EXTERNAL_URL ? IN_EXTERNAL : ['*'];

module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	testMatch: SUITES.map((suite) => `<rootDir>/test/e2e/${suite}.test.ts`),
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	testTimeout: 300_000,
	globalSetup: '<rootDir>/lab/n8n/globalSetup.ts',
	globalTeardown: '<rootDir>/lab/n8n/globalTeardown.ts',
	transform,
};
