/** What a generator does with a prompt that it does not make an image of. */
export type GeneratorTrouble = 'refuses' | 'broken' | 'fails' | 'neverEnds' | 'answersError';

/** What goes wrong at the services beside Runflow; live, and empty at first. */
export interface Troubles {
	/** Prompts that contain the word fare so. */
	generator?: { kind: GeneratorTrouble; word: string };
	/** Slack refuses every message and every file. */
	slackRefuses?: boolean;
	/** Slack takes three messages at once, then one a second, and answers 429 to the others. */
	slackLimits?: boolean;
	/** Google Sheets writes nothing. */
	sheetRefuses?: boolean;
}

export function isStruck({ generator }: Troubles, kind: GeneratorTrouble, prompt: string): boolean {
	return generator?.kind === kind && prompt.includes(generator.word);
}
