import { apply, type Call, type LeadState, UNKNOWN } from './model.js';

/** One call about one lead, and its answer. Times are of this process; `to` is when the answer had been heard. */
export interface Operation {
  readonly lead: string;
  readonly call: Call;
  readonly answer: string;
  readonly from: number;
  readonly to: number;
}

/** Writes down every call with its answer, in the order the calls began. */
export function recorder(): {
  readonly operations: readonly Operation[];
  record(lead: string, call: Call, ask: () => Promise<string>): Promise<string>;
} {
  const operations: Operation[] = [];
  return {
    operations,
    async record(lead, call, ask) {
      const from = performance.now();
      const answer = await ask();
      operations.push({ lead, call, answer, from, to: performance.now() });
      return answer;
    },
  };
}

/**
 * Is there an order in which the model, alone, would have given these answers? An operation may stand anywhere between
 * its call and its answer. The operations are of one lead: leads have nothing to do with one another.
 * @returns the lead as that order leaves it, or null when there is none
 */
export function explained(operations: readonly Operation[]): LeadState | null {
  const sorted = [...operations].sort((a, b) => a.from - b.from);
  const dead = new Set<string>();

  const search = (lead: LeadState, left: readonly Operation[]): LeadState | null => {
    let [now, open] = [lead, left];
    // What is right as things stand and changes nothing may as well have come now.
    for (;;) {
      const possible = candidates(open);
      const harmless = possible.find((one) => fits(now, one) && apply(now, one.call).after === now);
      if (!harmless) break;
      open = open.filter((one) => one !== harmless);
    }
    if (open.length === 0) return now;
    const key = `${JSON.stringify(now)} ${open.map((one) => sorted.indexOf(one)).join(',')}`;
    if (dead.has(key)) return null;
    for (const next of candidates(open).filter((one) => fits(now, one))) {
      const end = search(
        apply(now, next.call).after,
        open.filter((one) => one !== next),
      );
      if (end) return end;
    }
    dead.add(key);
    return null;
  };
  return search(UNKNOWN, sorted);
}

/** Those that may come next: nothing that is left had been answered before they were asked. */
function candidates(open: readonly Operation[]): readonly Operation[] {
  const firstAnswer = Math.min(...open.map((one) => one.to));
  return open.filter((one) => one.from <= firstAnswer);
}

function fits(lead: LeadState, { call, answer }: Operation): boolean {
  return apply(lead, call).answer === answer;
}
