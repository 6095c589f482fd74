const timersPromises = require('node:timers/promises');
const { promisify } = require('node:util');

/**
 * Lets the time in which this process has nothing to do pass faster, by that factor: minutes of
 * waiting take seconds, and timers and clocks agree on them. Work takes as long as it takes, so a
 * busy machine does not make the waiting look short. Sockets have their own time. Returns what undoes it.
 */
exports.hasten = function hasten(factor) {
	const real = { ...timersOf(globalThis), Date, promised: timersPromises.setTimeout };
	const { now, eventLoopUtilization } = performance;
	const [beganAt, wallAt, idleAt] = [performance.now(), Date.now(), eventLoopUtilization().idle];
	const elapsed = () => {
		const idle = eventLoopUtilization().idle - idleAt;
		return now.call(performance) - beganAt + idle * (factor - 1);
	};
	const wallClock = () => Math.floor(wallAt + elapsed());
	/** By the handle that was given out, the timer that stands for it now. */
	const current = new WeakMap();

	const start = (call, ms, repeat) => {
		let due = elapsed() + ms;
		const arm = () => real.setTimeout(fire, Math.max(1, (due - elapsed()) / factor));
		const fire = () => {
			const isEarly = elapsed() < due;
			if (isEarly || repeat) {
				if (!isEarly) due += ms;
				const timer = arm();
				if (!handle.hasRef()) timer.unref();
				current.set(handle, timer);
			}
			if (!isEarly) call();
		};
		const handle = arm();
		return handle;
	};
	const clear = (handle) => {
		real.clearTimeout(handle);
		real.clearTimeout(current.get(Object(handle)));
	};
	const wait = (ms = 1, value = undefined, { signal, ref = true } = {}) =>
		new Promise((resolve, reject) => {
			const abort = () => {
				clear(timer);
				reject(new DOMException('The operation was aborted', 'AbortError'));
			};
			const timer = start(() => resolve(signal?.removeEventListener('abort', abort) ?? value), ms);
			if (!ref) timer.unref();
			if (signal?.aborted) abort();
			else signal?.addEventListener('abort', abort, { once: true });
		});

	globalThis.setTimeout = (call, ms = 1, ...args) => start(() => call(...args), ms, false);
	globalThis.setInterval = (call, ms = 1, ...args) => start(() => call(...args), ms, true);
	globalThis.setTimeout[promisify.custom] = wait;
	Object.assign(globalThis, { clearTimeout: clear, clearInterval: clear });
	timersPromises.setTimeout = wait;
	performance.now = () => beganAt + elapsed();
	globalThis.Date = new Proxy(Date, {
		construct: (target, args) => new target(...(args.length > 0 ? args : [wallClock()])),
		get: (target, name) => (name === 'now' ? wallClock : target[name]),
	});
	return () => {
		Object.assign(globalThis, timersOf(real), { Date: real.Date });
		timersPromises.setTimeout = real.promised;
		performance.now = now;
	};
};

function timersOf({ setTimeout, setInterval, clearTimeout, clearInterval }) {
	return { setTimeout, setInterval, clearTimeout, clearInterval };
}
