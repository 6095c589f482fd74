module.exports = {
	rootDir: '../..',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	testEnvironment: 'node',
	testTimeout: 120_000,
	transform: { '^.+\\.ts$': '@swc/jest' },
};
