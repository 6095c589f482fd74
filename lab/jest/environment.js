const { Script } = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');
const { hasten } = require('../simulation/speed');

const THIS_CONTEXT = {};

const { runInContext } = Script.prototype;
Script.prototype.runInContext = function (context, options) {
	return context === THIS_CONTEXT
		? this.runInThisContext(options)
		: runInContext.call(this, context, options);
};

/** A worker is as old as an n8n that has long started: what is held back while it starts is not. */
const { now } = performance;
performance.now = () => now.call(performance) + 3_600_000;

/**
 * Tests run in the worker's own context instead of a new one for each file, so that they can share
 * loaded packages with it: an Error is an Error on both sides.
 */
class SharedContext extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		this.global = globalThis;
		this.speed = config.projectConfig.testEnvironmentOptions.speed;
	}

	/** Once jest has its own timers; a test file asks for it with `@jest-environment-options`. */
	handleTestEvent({ name }) {
		if (name === 'setup' && this.speed !== undefined) this.restore = hasten(this.speed);
	}

	async teardown() {
		this.restore?.();
		await super.teardown();
	}

	getVmContext() {
		return THIS_CONTEXT;
	}
}

module.exports = SharedContext;
