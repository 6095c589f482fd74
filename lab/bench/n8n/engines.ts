/** One way in which n8n evaluates expressions, and how many callbacks are enough to measure it. */
export interface Engine {
	name: string;
	callbacks: number;
	env: Record<string, string>;
}

/** What the command line asks for. */
export interface Chosen {
	engines: Engine[];
	callbacks?: number;
}

export const ENGINES = {
	default: { name: 'vm, the default of n8n 2.41', callbacks: 100, env: {} },
	lazy: {
		name: 'vm, acquired when needed',
		callbacks: 300,
		env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
	},
	legacy: { name: 'legacy', callbacks: 300, env: { N8N_EXPRESSION_ENGINE: 'legacy' } },
} satisfies Record<string, Engine>;

export function isEngineName(name: string): name is keyof typeof ENGINES {
	return name in ENGINES;
}
