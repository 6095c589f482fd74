const { transform } = require('../../jest.config');

module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	testTimeout: 300_000,
	globalSetup: '<rootDir>/lab/n8n/globalSetup.ts',
	globalTeardown: '<rootDir>/lab/n8n/globalTeardown.ts',
	transform,
};
