import { setTimeout as sleep } from 'node:timers/promises';

const AGAIN_MS = 300;

/**
 * Repeats a statement the database cannot take at the moment: its connection died, or the server is starting again.
 * For statements that may be done twice and that somebody else waits for.
 * @param worthwhile whether an error is of that kind; by default each is
 * @throws the last error once `withinMs` have passed, and one that is not worthwhile at once
 */
export async function insist<T>(
  withinMs: number,
  statement: () => Promise<T>,
  worthwhile: (error: unknown) => boolean = () => true,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await statement();
    } catch (error) {
      if (!worthwhile(error) || performance.now() + AGAIN_MS > deadline) throw error;
      await sleep(AGAIN_MS);
    }
  }
}
