import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from './database.js';
import { insist } from './insist.js';

/** One lane of outgoing calls, inside a wider budget. Shared by every process; times are the database's. */
export interface LaneRules {
  readonly lane: string;
  readonly budget: string;
  /** Milliseconds between an answer and the next call in the lane. */
  readonly gapMs: number;
  /** What a "too many requests" stops. */
  readonly refusalStops: 'lane' | 'budget';
}

/** A killed process frees its lanes after this; longer than a search and a call may take together. */
const HOLD_MS = 20_000;
/** Refusals in this many lanes at once mean that the wider budget is spent. */
const LANES_FOR_BUDGET = 3;
const TOGETHER_MS = 2_000;
const LOOK_AGAIN_MS = 250;
/** How old our knowledge of closed lanes may be, for lanes without a gap: a refusal elsewhere is heard of this late. */
const KNOWN_FOR_MS = 200;

export interface Lanes {
  /**
   * Makes one call in its lane: one at a time, in the pace of the rules, after every pause the platform asked for.
   * @param call says `answered` as soon as the platform did: the gap is counted from there, and not from the end of
   * what is remembered afterwards
   * @param refused milliseconds the platform asks to wait, when `error` says so; null for any other error
   */
  through<T>(
    rules: LaneRules,
    signal: AbortSignal,
    call: (answered: () => void) => Promise<T>,
    refused: (error: unknown) => number | null,
  ): Promise<T>;
  /** Keeps a lane closed for a while: the platform is down, or the channel is out of reach. */
  close(key: string, forMs: number): Promise<void>;
}

export function openLanes(db: Db): Lanes {
  const known = new Set<string>();

  const ensure = async (rules: LaneRules) => {
    if (known.has(rules.lane)) return;
    await db.$executeRaw`
      INSERT INTO lane (key, budget, free_at) VALUES (${rules.lane}, ${rules.budget}, to_timestamp(0)), (${rules.budget}, NULL, to_timestamp(0))
      ON CONFLICT (key) DO NOTHING`;
    if (known.size > 10_000) known.clear();
    known.add(rules.lane);
  };

  const enter = async (rules: LaneRules, holder: string, signal: AbortSignal) => {
    await ensure(rules);
    for (;;) {
      signal.throwIfAborted();
      const taken = await db.$executeRaw`
        UPDATE lane SET held_until = clock_timestamp() + ${HOLD_MS} * interval '1 millisecond', holder = ${holder}
        WHERE key = ${rules.lane} AND free_at <= clock_timestamp() AND (held_until IS NULL OR held_until <= clock_timestamp())
          AND NOT EXISTS (SELECT 1 FROM lane b WHERE b.key = ${rules.budget} AND b.free_at > clock_timestamp())`;
      if (taken === 1) return;
      await sleep(await waitFor(db, rules), undefined, { signal });
    }
  };

  const leave = async (rules: LaneRules, holder: string, pauseMs: number | null, answeredAt: number) => {
    const left = Math.max(0, Math.ceil(rules.gapMs - (performance.now() - answeredAt)));
    const rest = pauseMs !== null && rules.refusalStops === 'lane' ? pauseMs : left;
    const refused = pauseMs !== null;
    await db.$executeRaw`
      UPDATE lane SET held_until = NULL, holder = NULL, free_at = clock_timestamp() + ${rest} * interval '1 millisecond',
        refused_at = CASE WHEN ${refused} THEN clock_timestamp() ELSE refused_at END
      WHERE key = ${rules.lane} AND holder = ${holder}`;
    if (pauseMs === null) return;
    const needed = rules.refusalStops === 'budget' ? 1 : LANES_FOR_BUDGET;
    await db.$executeRaw`
      UPDATE lane SET free_at = GREATEST(free_at, clock_timestamp() + ${pauseMs} * interval '1 millisecond')
      WHERE key = ${rules.budget} AND ${needed} <= (
        SELECT count(*) FROM lane l WHERE l.budget = ${rules.budget} AND l.refused_at > clock_timestamp() - ${TOGETHER_MS} * interval '1 millisecond')`;
  };

  const closed = closedLanes(db);

  /** Lanes without a gap need no turn of their own, only to respect what is closed: no statement a call, a few a second. */
  const freely: Lanes['through'] = async (rules, signal, call, refused) => {
    for (let wait = await closed.wait(rules); wait > 0; wait = await closed.wait(rules)) await sleep(wait, undefined, { signal });
    signal.throwIfAborted();
    try {
      return await call(() => {});
    } catch (error) {
      const pauseMs = refused(error);
      if (pauseMs !== null) {
        await ensure(rules);
        await db.$executeRaw`UPDATE lane SET refused_at = clock_timestamp() WHERE key = ${rules.lane}`;
        await close(rules.refusalStops === 'budget' ? rules.budget : rules.lane, pauseMs);
      }
      throw error;
    }
  };

  const close = async (key: string, forMs: number) => {
    await db.$executeRaw`
      INSERT INTO lane (key, free_at) VALUES (${key}, clock_timestamp() + ${forMs} * interval '1 millisecond')
      ON CONFLICT (key) DO UPDATE SET free_at = GREATEST(lane.free_at, EXCLUDED.free_at)`;
    closed.forget();
  };

  return {
    async through(rules, signal, call, refused) {
      if (rules.gapMs === 0) return freely(rules, signal, call, refused);
      const holder = randomUUID();
      let pauseMs: number | null = null;
      let answeredAt: number | undefined;
      try {
        await enter(rules, holder, signal);
        return await call(() => {
          answeredAt = performance.now();
        });
      } catch (error) {
        pauseMs = refused(error);
        throw error;
      } finally {
        // Also when entering failed: the lane may be ours although the answer was lost. Held in vain, it would keep
        // everybody out for the rest of its time; that it cannot be given back says nothing about the call.
        const from = answeredAt ?? performance.now();
        await insist(HOLD_MS, () => leave(rules, holder, pauseMs, from)).catch(() => {});
      }
    },
    close,
  };
}

async function waitFor(db: Db, rules: LaneRules): Promise<number> {
  const rows = await db.$queryRaw<{ ms: number; held: boolean }[]>`
    SELECT (EXTRACT(EPOCH FROM max(free_at) - clock_timestamp()) * 1000)::float8 AS ms,
      bool_or(key = ${rules.lane} AND held_until > clock_timestamp()) AS held
    FROM lane WHERE key IN (${rules.lane}, ${rules.budget})`;
  const ms = Math.ceil(rows[0]?.ms ?? 0);
  // A lane held by another call is free as soon as that call is answered, which nobody announces: look again soon.
  return Math.max(1, ms > 0 ? ms : Math.min(LOOK_AGAIN_MS, rows[0]?.held ? LOOK_AGAIN_MS : 1));
}

/** The closed lanes and budgets, read together and remembered for a moment. */
function closedLanes(db: Db) {
  let known: Promise<{ readonly at: number; readonly waits: ReadonlyMap<string, number> }> | undefined;
  let readAt = 0;

  const read = async () => {
    const rows = await db.$queryRaw<{ key: string; ms: number }[]>`
      SELECT key, (EXTRACT(EPOCH FROM free_at - clock_timestamp()) * 1000)::float8 AS ms FROM lane WHERE free_at > clock_timestamp()`;
    return { at: performance.now(), waits: new Map(rows.map((row) => [row.key, row.ms])) };
  };

  return {
    /** Milliseconds until a call may be made in this lane. */
    async wait(rules: LaneRules): Promise<number> {
      if (!known || performance.now() - readAt > KNOWN_FOR_MS) {
        readAt = performance.now();
        known = read();
        known.catch(() => {
          known = undefined;
        });
      }
      const { at, waits } = await known;
      const until = at + Math.max(waits.get(rules.lane) ?? 0, waits.get(rules.budget) ?? 0);
      return Math.ceil(until - performance.now());
    },
    forget() {
      known = undefined;
    },
  };
}
