/** Slack's tiers; `post` is one message a second for each channel, `free` is not limited. */
export type Tier = 1 | 2 | 3 | 4 | 'post' | 'free';

export interface RateLimits {
  /** Between two accepted posts to one channel. */
  readonly postGapMs: number;
  /** Calls a minute, for each method. */
  readonly perMinute: Readonly<Record<1 | 2 | 3 | 4, number>>;
  /** Calls allowed above the minute's worth after a quiet time. */
  readonly burst: number;
}

export const RATE_LIMITS: RateLimits = { postGapMs: 1_000, perMinute: { 1: 1, 2: 20, 3: 50, 4: 100 }, burst: 10 };

/** Answers null when the call is admitted, else the whole seconds to wait. A refused call costs nothing. */
export type Admit = (method: string, tier: Tier, channel: string) => number | null;

export function rateLimiter(limits: RateLimits | 'off', now: () => number): Admit {
  if (limits === 'off') return () => null;
  const lastPost = new Map<string, number>();
  const buckets = new Map<string, { tokens: number; at: number }>();

  const post: Admit = (method, _tier, channel) => {
    const key = `${method} ${channel}`;
    const wait = (lastPost.get(key) ?? Number.NEGATIVE_INFINITY) + limits.postGapMs - now();
    if (wait > 0) return Math.ceil(wait / 1000);
    lastPost.set(key, now());
    return null;
  };

  return (method, tier, channel) => {
    if (tier === 'free') return null;
    if (tier === 'post') return post(method, tier, channel);
    const perMs = limits.perMinute[tier] / 60_000;
    const capacity = limits.perMinute[tier] + limits.burst;
    const bucket = buckets.get(method) ?? { tokens: capacity, at: now() };
    const tokens = Math.min(capacity, bucket.tokens + (now() - bucket.at) * perMs);
    const admitted = tokens >= 1;
    buckets.set(method, { tokens: admitted ? tokens - 1 : tokens, at: now() });
    return admitted ? null : Math.max(1, Math.ceil((1 - tokens) / perMs / 1000));
  };
}
