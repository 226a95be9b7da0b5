import { openingsBetween } from '../dealership/clock.js';
import type { Dealership } from '../dealership/dealership.js';
import { type Clock, type Clocks, LIMITS } from './figures.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Clocks of one figure as they are collected: when each life began, and how long it took, in milliseconds. */
export interface Stopped {
  readonly began: number[];
  readonly took: number[];
  /** Lives that ended without, and lives that go on: when they began. */
  readonly never: number[];
  readonly running: number[];
}

export const noClocks = (): Stopped => ({ began: [], took: [], never: [], running: [] });

/** Whether the dealership was open at an instant, by the hours it has today; days once looked up are remembered. */
export type WasOpen = (at: number) => boolean;

export function wasOpenAt(dealership: Dealership): WasOpen {
  const known = new Map<number, ReturnType<typeof openingsBetween>>();
  return (at) => {
    const day = Math.floor(at / DAY);
    const openings = known.get(day) ?? openingsBetween(dealership, day * DAY, (day + 1) * DAY);
    known.set(day, openings);
    return openings.some(({ from, to }) => at >= from && at < to);
  };
}

/** The clocks of one figure: all, and apart by whether the lead came (or came back) in opening hours. */
export function clocksOf({ began, took, never, running }: Stopped, wasOpen: WasOpen): Clocks {
  const apart = (wanted: boolean | null) => {
    const belongs = (at: number) => wanted === null || wasOpen(at) === wanted;
    const done = took.filter((_, n) => belongs(began[n] ?? 0));
    return clockOf(done, never.filter(belongs).length, running.filter(belongs).length);
  };
  return { all: apart(null), open: apart(true), outside: apart(false) };
}

function clockOf(took: readonly number[], never: number, running: number): Clock {
  const sorted = Float64Array.from(took).sort();
  const base = took.length + never;
  const under = (minutes: number) => (base === 0 ? null : sorted.filter((ms) => ms < minutes * MINUTE).length / base);
  const [five, fifteen, sixty] = LIMITS;
  return {
    done: took.length,
    never,
    running,
    median: percentile(sorted, 0.5),
    p90: percentile(sorted, 0.9),
    under: { [five]: under(five), [fifteen]: under(fifteen), [sixty]: under(sixty) } as Clock['under'],
  };
}

/** The smallest value that at least this part of all values does not exceed; null without any. */
function percentile(sorted: Float64Array, part: number): number | null {
  return sorted[Math.ceil(sorted.length * part) - 1] ?? null;
}
