/**
 * SQLSTATE classes after which each item is worth a try of its own: 22 (data), 23 (constraint), 40 (the transaction lost
 * against another: deadlock, serialisation). Anything else blames the database.
 */
const WORTH_A_TRY = /\b(22|23|40)[0-9A-Z]{3}\b/;

/**
 * Node accepts one new connection a turn of its event loop, and an embedded transaction fills a turn: closed at once,
 * groups of requests that come over fifty new connections would hold one each. A group is closed after this many turns
 * without a newcomer, which take microseconds when nothing is going on, or after this many milliseconds.
 */
const QUIET_TURNS = 8;
const GATHER_MS = 20;

/**
 * Lets everybody who waits share one transaction: while one is committing, newcomers gather for the next. Each is
 * answered after the commit. When an item spoils the common transaction, all are tried again one by one, so that only
 * the culprit fails.
 * @param run does all the items in one transaction and answers in their order
 * @param limits `max` items a group; `parallel` groups under way, so that one is understood here while the server works
 * on another
 */
export function groupCommit<I, O>(
  run: (items: readonly I[]) => Promise<readonly O[]>,
  { max = 200, parallel = 1 }: { readonly max?: number; readonly parallel?: number } = {},
): (item: I) => Promise<O> {
  interface Waiting {
    readonly item: I;
    readonly resolve: (answer: O) => void;
    readonly reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let busy = 0;

  const answer = (group: readonly Waiting[], answers: readonly O[]) => {
    for (const [index, one] of group.entries()) one.resolve(answers[index] as O);
  };

  const commit = async (group: readonly Waiting[]) => {
    try {
      answer(group, await run(group.map((one) => one.item)));
    } catch (error) {
      if (group.length === 1 || !WORTH_A_TRY.test(stateOf(error))) {
        for (const one of group) one.reject(error);
        return;
      }
      for (const one of group) await commit([one]);
    }
  };

  const gather = async () => {
    const until = performance.now() + GATHER_MS;
    for (let quiet = 0, seen = waiting.length; quiet < QUIET_TURNS && seen < max && performance.now() < until; ) {
      await turn();
      quiet = waiting.length > seen ? 0 : quiet + 1;
      seen = waiting.length;
    }
  };

  const drain = async () => {
    while (waiting.length > 0) {
      await gather();
      const group = waiting.slice(0, max);
      waiting = waiting.slice(max);
      // Another group may have taken all.
      if (group.length > 0) await commit(group);
    }
    busy--;
  };

  return (item) =>
    new Promise<O>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (busy === parallel) return;
      busy++;
      void drain();
    });
}

/** Lets the event loop look at its sockets once. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function stateOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return `${code} ${String(error)}`;
}
