import type { PGlite, Transaction } from '@electric-sql/pglite';

/** Somebody who may die at any step, and whom nobody answers afterwards. */
export interface Life {
  readonly dead: boolean;
  /** Something is about to happen, or has just happened; death may come here. */
  step(): void;
  /** Rejects at death. */
  readonly death: Promise<never>;
}

/** Never answers. One each: a common one would keep everybody who ever waited for it. */
const silence = () => new Promise<never>(() => {});

/** Does something on behalf of a program; when that is dead, before or after, it never hears of it. */
export async function onBehalf<T>(life: Life, act: () => Promise<T>): Promise<T> {
  life.step();
  if (life.dead) return silence();
  const outcome = await act().then(
    (answer) => () => answer,
    (error: unknown) => () => {
      throw error;
    },
  );
  life.step();
  return life.dead ? silence() : outcome();
}

/** Statements and calls begun and ended: while that grows, the world is not at rest. */
export const traffic = { seen: 0 };

/**
 * The database as one program sees it. The engine outlives the program, as a server would: what was committed stays,
 * an open transaction is rolled back when its owner dies.
 */
export function connectionOf(engine: PGlite, life: Life): PGlite {
  const counted = async <T>(act: () => Promise<T>): Promise<T> => {
    traffic.seen += 1;
    try {
      return await act();
    } finally {
      traffic.seen += 1;
    }
  };
  const query =
    (on: Pick<PGlite, 'query'> | Transaction): PGlite['query'] =>
    (text, values, options) =>
      onBehalf(life, () => counted(() => on.query(text, values, options)));
  const exec =
    (on: Pick<PGlite, 'exec'> | Transaction): PGlite['exec'] =>
    (text, options) =>
      onBehalf(life, () => counted(() => on.exec(text, options)));
  const own: Partial<PGlite> = {
    query: query(engine),
    exec: exec(engine),
    transaction: (work) =>
      onBehalf(life, () =>
        counted(() =>
          engine.transaction((unit) =>
            Promise.race([
              work({
                ...unit,
                query: query(unit),
                exec: exec(unit),
                rollback: () => (life.dead ? silence() : unit.rollback()),
              } as Transaction),
              life.death,
            ]),
          ),
        ),
      ),
    close: async () => {},
  };
  return new Proxy(engine, {
    get: (target, key) => {
      if (Object.hasOwn(own, key)) return Reflect.get(own, key);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    // The program shares its engine with its predecessors; what it would change about it is not for them.
    set: () => true,
  });
}
