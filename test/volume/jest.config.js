const base = require('../../jest.config');

/** Suites that find what only large numbers find; CI runs them, `npm test` runs a small part. */
module.exports = {
	...base,
	rootDir: '../..',
	testMatch: ['<rootDir>/test/volume/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
};
