import { randomBytes } from 'node:crypto';
import { Refusal } from './refusal.js';

/** How long an expired one is still told apart from one that never was. */
const KEPT_MS = 10 * 60_000;

/** A right to open a view for one person: once, and for a few seconds. */
interface Trigger {
  readonly user: string;
  /** The view the person acted in, if any. */
  readonly view: string | null;
  readonly expiresAt: number;
  used: boolean;
}

export interface Triggers {
  issue(user: string, view: string | null): string;
  /** @throws {Refusal} `invalid_trigger_id`, `exchanged_trigger_id`, `expired_trigger_id`. */
  check(id: string): { readonly user: string; readonly view: string | null };
  exchange(id: string): void;
}

export function newTriggers(now: () => number, lifeMs: number): Triggers {
  const issued = new Map<string, Trigger>();
  return {
    issue(user, view) {
      forget(issued, now() - KEPT_MS);
      const id = `${Math.floor(now())}.${issued.size + 1}.${randomBytes(16).toString('hex')}`;
      issued.set(id, { user, view, expiresAt: now() + lifeMs, used: false });
      return id;
    },
    check(id) {
      const trigger = issued.get(id);
      if (!trigger) throw new Refusal('invalid_trigger_id');
      if (trigger.used) throw new Refusal('exchanged_trigger_id');
      if (now() > trigger.expiresAt) throw new Refusal('expired_trigger_id');
      return trigger;
    },
    exchange(id) {
      const trigger = issued.get(id);
      if (trigger) trigger.used = true;
    },
  };
}

/** Drops what expired before a moment; the oldest come first in the map. */
export function forget(issued: Map<string, { readonly expiresAt: number }>, before: number): void {
  for (const [id, { expiresAt }] of issued) {
    if (expiresAt >= before) return;
    issued.delete(id);
  }
}
