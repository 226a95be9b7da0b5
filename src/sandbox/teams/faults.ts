import type { FaultBoard, FaultDrawer } from '../fault-board.js';

/** What goes wrong. `stored`: Teams did what was asked before the answer failed. */
export type FaultEffect =
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'status'; readonly status: 412 | 500 | 502 | 503 | 504; readonly stored: boolean }
  /** The connection breaks instead of an answer. */
  | { readonly kind: 'lost'; readonly stored: boolean }
  /** No answer, ever; the connection stays open until the faults are cleared. */
  | { readonly kind: 'hang'; readonly stored: boolean }
  | { readonly kind: 'throttled'; readonly retryAfter: number }
  /** Refused with this status and code. */
  | { readonly kind: 'refused'; readonly status: 400 | 401 | 403 | 404 | 413; readonly code: string };

/**
 * Methods: `conversation.create`, `activity.send`, `activity.update`, `activity.delete`, `member.list`, `member.get`,
 * `team.get`, `team.channels`, `token`, `openid`, `graph.messages`, or a family of them: `activity.`
 */
export type Faults = FaultBoard<FaultEffect>;
export type FaultDraw = FaultDrawer<FaultEffect>;

/** What a whole platform that is down answers. */
export const OUTAGE: FaultEffect = { kind: 'status', status: 503, stored: false };
