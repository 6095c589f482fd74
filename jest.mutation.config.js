const base = require('./jest.config');

/** The suites that need neither n8n's engine nor the emulator. */
module.exports = {
	...base,
	testMatch: ['verdict', 'waiting', 'callback', 'api', 'messages'].map(
		(room) => `<rootDir>/test/${room}/**/*.test.ts`,
	),
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/messages/errors.test.ts'],
};
