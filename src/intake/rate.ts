/** Tokens come back at a steady rate, up to a burst. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Forgets keys nobody used for a while, so that a flood of addresses does not fill the memory. */
const MOST_KEYS = 10_000;

/**
 * A token bucket per key, in this process: with n processes a source may send n times its rate, and a balancer that
 * spreads requests evenly makes that the limit to configure.
 * @returns seconds to wait before the next request, 0 when this one may pass
 */
export function rateLimiter(): (key: string, rate: Rate, now: number) => number {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (key, rate, now) => {
    if (buckets.size > MOST_KEYS) buckets.clear();
    const bucket = buckets.get(key) ?? { tokens: rate.burst, at: now };
    bucket.tokens = Math.min(rate.burst, bucket.tokens + ((now - bucket.at) / 1000) * rate.perSecond);
    bucket.at = now;
    buckets.set(key, bucket);
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / rate.perSecond));
    bucket.tokens -= 1;
    return 0;
  };
}
