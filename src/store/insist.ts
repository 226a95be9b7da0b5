import { setTimeout as sleep } from 'node:timers/promises';

const AGAIN_MS = 300;

/**
 * Repeats a statement the database cannot take at the moment: its connection died, or the server is starting again.
 * For statements that may be done twice and that somebody else waits for.
 * @throws the last error once `withinMs` have passed
 */
export async function insist<T>(withinMs: number, statement: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await statement();
    } catch (error) {
      if (performance.now() + AGAIN_MS > deadline) throw error;
      await sleep(AGAIN_MS);
    }
  }
}
