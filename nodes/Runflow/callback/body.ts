import { readJson } from '../api/read';
import { systemTimer, within } from './timer';
import type { Timer } from './timer';

/** A sender that takes longer than this for its body is no sender of callbacks. */
const LONGEST_READ_MS = 5_000;
/** A callback may repeat an image that was submitted inline. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Bodies that n8n has not read by itself, of this process. Those of genuine callbacks it has. */
const MOST_AT_ONCE = 64;

/** What a request has of its body. */
export interface BodySource {
	headers: Record<string, unknown>;
	/** A buffer once it was read. */
	rawBody?: unknown;
	readRawBody?: () => Promise<void>;
}

/** Why a body was not read: its sender is too slow, it is too large, or too many are being read. */
export type Unread = 'slow' | 'large' | 'busy';

/** Reads the bodies that n8n left unread, a bounded number of bytes of a bounded number for a bounded time. */
export class BodyReader {
	private underWay = 0;

	constructor(private readonly timer: Timer = systemTimer) {}

	/**
	 * The exact bytes of the request's body; empty when there are none. n8n keeps none of a multipart
	 * form, and reading it again throws.
	 */
	async read(request: BodySource): Promise<Buffer | Unread> {
		if (Number(request.headers['content-length']) > MOST_BYTES) return 'large';
		if (!Buffer.isBuffer(request.rawBody)) {
			if (this.underWay >= MOST_AT_ONCE) return 'busy';
			if (!(await this.readInTime(request))) return 'slow';
		}
		const body: unknown = request.rawBody;
		if (!Buffer.isBuffer(body)) return Buffer.alloc(0);
		return body.length > MOST_BYTES ? 'large' : body;
	}

	private async readInTime(request: BodySource): Promise<boolean> {
		this.underWay += 1;
		try {
			const read = async () => {
				await request.readRawBody?.().catch(() => {});
				return true;
			};
			return (await within(LONGEST_READ_MS, this.timer, read)) === true;
		} finally {
			this.underWay -= 1;
		}
	}
}

/** The body as JSON, whatever content type it claims; undefined when it is none. */
export function parseBody(rawBody: Buffer): unknown {
	return readJson(new TextDecoder().decode(rawBody));
}
