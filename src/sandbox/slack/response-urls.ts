import { randomBytes } from 'node:crypto';
import { LIMITS } from './limits.js';
import { forget } from './triggers.js';

/** Where a `response_url` leads. */
export interface ResponseTarget {
  readonly channel: string;
  readonly user: string;
  /** The message acted upon; absent for a slash command. */
  readonly ts?: string;
  readonly ephemeral: boolean;
  readonly threadTs?: string;
}

export interface ResponseUrls {
  /** The last part of the address. */
  issue(target: ResponseTarget): string;
  /** Answers where it leads, or the word Slack refuses with. */
  look(id: string): ResponseTarget | 'invalid_url' | 'expired_url' | 'used_url';
  use(id: string): void;
}

export function newResponseUrls(now: () => number, lifeMs: number): ResponseUrls {
  const issued = new Map<string, { readonly target: ResponseTarget; readonly expiresAt: number; uses: number }>();
  return {
    issue(target) {
      forget(issued, now() - lifeMs);
      const id = randomBytes(18).toString('base64url');
      issued.set(id, { target, expiresAt: now() + lifeMs, uses: 0 });
      return id;
    },
    look(id) {
      const found = issued.get(id);
      if (!found) return 'invalid_url';
      if (now() > found.expiresAt) return 'expired_url';
      return found.uses >= LIMITS.responseUrlUses ? 'used_url' : found.target;
    },
    use(id) {
      const found = issued.get(id);
      if (found) found.uses += 1;
    },
  };
}
