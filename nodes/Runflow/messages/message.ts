/** What a user reads: what happened, in one sentence, and what to do about it. */
export interface Message {
	/** Without ids, addresses or text of the API: n8n replaces messages that name a network error. */
	message: string;
	description: string;
}
