/** Where and how often an effect strikes. */
export interface FaultRule<Effect> {
  readonly effect: Effect;
  /** A method, or a family: `chat.`; absent: all. */
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

export interface FaultBoard<Effect> {
  add(rule: FaultRule<Effect>): PlacedFault;
  /** Removes every rule, ends an outage and breaks the connections that hang. */
  clear(): void;
  /** The whole platform fails like this until `up` or `clear`. */
  down(effect?: Effect): void;
  up(): void;
}

/** The side of the faults that the server asks. */
export interface FaultDrawer<Effect> {
  /** Effects for one call, in order: any number of `slow`, then at most one other. */
  draw(method: string, channel: string): readonly Effect[];
  /** Resolves when hanging connections are to be broken. */
  released(): Promise<void>;
}

interface Placed<Effect> {
  readonly rule: FaultRule<Effect>;
  hits: number;
}

/** Rules are asked in the order they were placed; the first that is not merely slow decides. `outage`: what `down` means unless told otherwise. */
export function faultBoard<Effect extends { readonly kind: string }>(
  seed: number,
  outage: Effect,
): FaultBoard<Effect> & FaultDrawer<Effect> {
  const random = generator(seed);
  let placed: Placed<Effect>[] = [];
  let whole: Effect | null = null;
  const hanging = new Set<() => void>();

  const letGo = (): void => {
    for (const resolve of hanging) resolve();
    hanging.clear();
  };

  return {
    add(rule) {
      const one: Placed<Effect> = { rule, hits: 0 };
      placed.push(one);
      const remove = (): void => {
        placed = placed.filter((other) => other !== one);
      };
      return { hits: () => one.hits, remove };
    },
    clear() {
      placed = [];
      whole = null;
      letGo();
    },
    down(effect = outage) {
      whole = effect;
    },
    up() {
      whole = null;
      letGo();
    },
    draw(method, channel) {
      if (whole) return [whole];
      const effects: Effect[] = [];
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

function applies<Effect>({ rule, hits }: Placed<Effect>, method: string, channel: string): boolean {
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
