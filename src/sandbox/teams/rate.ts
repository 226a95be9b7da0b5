/** A window: at most `calls` within `seconds`. */
interface Window {
  readonly calls: number;
  readonly seconds: number;
}

/** What one bot may do in one conversation, and altogether; `read` is for members and conversations. */
export interface RateLimits {
  readonly write: readonly Window[];
  readonly read: readonly Window[];
  readonly altogether: readonly Window[];
}

/** As Microsoft publishes them for bots, per thread; altogether per app and tenant. */
export const RATE_LIMITS: RateLimits = {
  write: [
    { calls: 7, seconds: 1 },
    { calls: 8, seconds: 2 },
    { calls: 60, seconds: 30 },
    { calls: 1_800, seconds: 3_600 },
  ],
  read: [
    { calls: 14, seconds: 1 },
    { calls: 16, seconds: 2 },
    { calls: 120, seconds: 30 },
    { calls: 3_600, seconds: 3_600 },
  ],
  altogether: [{ calls: 50, seconds: 1 }],
};

/** Answers null when the call is admitted, else the whole seconds to wait. A refused call costs nothing. */
export type Admit = (kind: 'write' | 'read', conversation: string) => number | null;

export function rateLimiter(limits: RateLimits | 'off', now: () => number): Admit {
  if (limits === 'off') return () => null;
  const accepted = new Map<string, number[]>();
  const longest = Math.max(...[...limits.write, ...limits.read, ...limits.altogether].map(({ seconds }) => seconds)) * 1_000;

  const wait = (key: string, windows: readonly Window[]): number => {
    const calls = accepted.get(key) ?? [];
    const waits = windows.map(({ calls: most, seconds }) => {
      const first = calls.at(-most);
      return first === undefined ? 0 : first + seconds * 1_000 - now();
    });
    return Math.max(0, ...waits);
  };

  return (kind, conversation) => {
    const keys = [
      [`${kind} ${conversation}`, limits[kind]],
      ['', limits.altogether],
    ] as const;
    const longestWait = Math.max(...keys.map(([key, windows]) => wait(key, windows)));
    if (longestWait > 0) return Math.max(1, Math.ceil(longestWait / 1_000));
    for (const [key] of keys) {
      const calls = accepted.get(key) ?? [];
      accepted.set(key, [...calls.slice(calls.findIndex((at) => at > now() - longest)), now()]);
    }
    return null;
  };
}
