/** Below so many leads nothing is compared. */
export const FEWEST = 5;

/** Something to be compared: its value, and over how many leads it was measured. */
export interface Measured<T> {
  readonly of: T;
  readonly value: number | null;
  readonly sample: number;
}

export interface Ranked<T> extends Measured<T> {
  /** From 1, equals share one; null below five leads or without a value: "not enough data". */
  readonly rank: number | null;
}

/** Ranks by value, best first; those not compared come last, in the order given. */
export function ranked<T>(all: readonly Measured<T>[], best: 'most' | 'least'): readonly Ranked<T>[] {
  const compared = all.filter(({ sample, value }) => sample >= FEWEST && value !== null);
  const order = (one: Measured<T>) => (best === 'most' ? -1 : 1) * (one.value ?? 0);
  const sorted = [...compared].sort((a, b) => order(a) - order(b));
  const rankOf = (one: Measured<T>) => 1 + sorted.filter((other) => order(other) < order(one)).length;
  const rest = all.filter((one) => !compared.includes(one));
  return [...sorted.map((one) => ({ ...one, rank: rankOf(one) })), ...rest.map((one) => ({ ...one, rank: null }))];
}
