const Runtime = require('jest-runtime').default;

const IS_PACKAGE = /[\\/]node_modules[\\/]/;

/**
 * Packages are loaded once for each worker (n8n-core alone takes 2.5 s), the files of this
 * repository anew for each test file.
 */
module.exports = class extends Runtime {
	requireModule(from, moduleName, options, isRequireActual) {
		if (moduleName && !options?.isInternalModule && !this._resolver.isCoreModule(moduleName)) {
			const path = this._resolveCjsModule(from, moduleName);
			if (IS_PACKAGE.test(path)) return require(path);
		}
		return super.requireModule(from, moduleName, options, isRequireActual);
	}
};
