import { inject } from 'vitest';

const FULL = process.env.FAULTS === 'full';

/** The size of a scene: what every change can afford, or all of it (`FAULTS=full`). */
export function size(small: number, full: number): number {
  return FULL ? full : small;
}

/**
 * A limit in time, of the full size. The small size runs for every change on whatever machine there is, which may be
 * three times slower for a while and prove nothing by it; what is counted is judged the same.
 */
export function limit(ms: number): number {
  return FULL ? ms : 3 * ms;
}

/** Choices that a seed repeats. */
export interface Chance {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  one<T>(list: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
}

/** The run's seed and the scene's name make the scene's choices (mulberry32). */
export function chance(scene: string): Chance {
  let state = [...scene].reduce((sum, sign) => Math.imul(sum, 31) + sign.charCodeAt(0), inject('seed')) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const one = <T>(list: readonly T[]): T => {
    const found = list[between(0, list.length - 1)];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  };
  const shuffled = <T>(list: readonly T[]): T[] => {
    const left = [...list];
    return list.map(() => left.splice(between(0, left.length - 1), 1)[0] as T);
  };
  return { next, between, one, shuffled };
}
