/** What goes wrong. `stored`: Slack did what was asked before the answer failed. */
export type FaultEffect =
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'status'; readonly status: 500 | 502 | 503 | 504; readonly stored: boolean }
  /** The connection breaks instead of an answer. */
  | { readonly kind: 'lost'; readonly stored: boolean }
  /** No answer, ever; the connection stays open until the faults are cleared. */
  | { readonly kind: 'hang'; readonly stored: boolean }
  | { readonly kind: 'ratelimited'; readonly retryAfter: number }
  /** `ok: false` with this code. */
  | { readonly kind: 'error'; readonly error: string };

interface FaultRule {
  readonly effect: FaultEffect;
  /** Web API method, or a family: `chat.`; absent: all. */
  readonly method?: string;
  readonly channel?: string;
  /** 0 to 1, default 1, drawn from the seeded generator. */
  readonly probability?: number;
  /** Strikes this many times, then never again. */
  readonly times?: number;
}

interface PlacedFault {
  /** How often it has struck. */
  hits(): number;
  remove(): void;
}

export interface Faults {
  add(rule: FaultRule): PlacedFault;
  /** Removes every rule, ends an outage and breaks the connections that hang. */
  clear(): void;
  /** The whole platform fails like this until `up` or `clear`. */
  down(effect?: FaultEffect): void;
  up(): void;
}

/** The side of the faults that the server asks. */
export interface FaultDraw {
  /** Effects for one call, in order: any number of `slow`, then at most one other. */
  draw(method: string, channel: string): readonly FaultEffect[];
  /** Resolves when hanging connections are to be broken. */
  released(): Promise<void>;
}

interface Placed {
  readonly rule: FaultRule;
  hits: number;
}

/** Rules are asked in the order they were placed; the first that is not merely slow decides. */
export function faultBoard(seed: number): Faults & FaultDraw {
  const random = generator(seed);
  let placed: Placed[] = [];
  let outage: FaultEffect | null = null;
  const hanging = new Set<() => void>();

  const letGo = (): void => {
    for (const resolve of hanging) resolve();
    hanging.clear();
  };

  return {
    add(rule) {
      const one: Placed = { rule, hits: 0 };
      placed.push(one);
      const remove = (): void => {
        placed = placed.filter((other) => other !== one);
      };
      return { hits: () => one.hits, remove };
    },
    clear() {
      placed = [];
      outage = null;
      letGo();
    },
    down(effect = { kind: 'status', status: 503, stored: false }) {
      outage = effect;
    },
    up() {
      outage = null;
      letGo();
    },
    draw(method, channel) {
      if (outage) return [outage];
      const effects: FaultEffect[] = [];
      for (const one of placed) {
        if (!applies(one, method, channel) || random() >= (one.rule.probability ?? 1)) continue;
        one.hits += 1;
        effects.push(one.rule.effect);
        if (one.rule.effect.kind !== 'slow') break;
      }
      return effects;
    },
    released: () => new Promise((resolve) => hanging.add(resolve)),
  };
}

function applies({ rule, hits }: Placed, method: string, channel: string): boolean {
  if (rule.times !== undefined && hits >= rule.times) return false;
  if (rule.channel !== undefined && rule.channel !== channel) return false;
  if (rule.method === undefined || rule.method === method) return true;
  return rule.method.endsWith('.') && method.startsWith(rule.method);
}

/** A small seeded generator of numbers from 0 to 1 (a linear congruence with its bits mixed). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 16), 2_246_822_519) >>> 0;
    return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
  };
}
