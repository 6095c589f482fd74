const e2e = require('../e2e/jest.config');

/** Every example under every trouble; takes some minutes, so it is no part of `npm run test:e2e`. */
module.exports = { ...e2e, testMatch: ['<rootDir>/test/examples/**/*.test.ts'] };
