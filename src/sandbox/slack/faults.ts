import type { FaultBoard, FaultDrawer } from '../fault-board.js';

/** What goes wrong. `stored`: Slack did what was asked before the answer failed. */
export type FaultEffect =
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'status'; readonly status: 500 | 502 | 503 | 504; readonly stored: boolean }
  /** The connection breaks instead of an answer. */
  | { readonly kind: 'lost'; readonly stored: boolean }
  /** No answer, ever; the connection stays open until the faults are cleared. */
  | { readonly kind: 'hang'; readonly stored: boolean }
  | { readonly kind: 'ratelimited'; readonly retryAfter: number }
  /** `ok: false` with this code. */
  | { readonly kind: 'error'; readonly error: string };

/** Methods are the Web API's, or a family of them: `chat.`. */
export type Faults = FaultBoard<FaultEffect>;
export type FaultDraw = FaultDrawer<FaultEffect>;

/** What a whole platform that is down answers. */
export const OUTAGE: FaultEffect = { kind: 'status', status: 503, stored: false };
