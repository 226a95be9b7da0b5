/** Numbers that look like chance and come again with the same seed. */
export interface Luck {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** True so many times of one. */
  hits(chance: number): boolean;
  /** From one up to, not including, the other. */
  between(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  /** One of them, the heavier the oftener. */
  weigh<T>(items: readonly (readonly [item: T, weight: number])[]): T;
  /** Around a median, now and then many times as long: how long people take. */
  around(median: number, spread?: number): number;
}

export function luck(seed: number): Luck {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  return {
    next,
    pick,
    hits: (chance) => next() < chance,
    between: (from, to) => from + next() * (to - from),
    weigh: (items) => {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return pick(items)[0];
    },
    around: (median, spread = 0.8) => {
      // Box and Muller's way from two even numbers to a normal one.
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(spread * normal);
    },
  };
}
