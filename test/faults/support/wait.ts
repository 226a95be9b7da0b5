import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;

/**
 * Asks until the answer is neither false nor null nor undefined.
 * @returns the answer
 * @throws when it does not come within the time, saying what was waited for
 */
export async function until<T>(
  what: string,
  withinMs: number,
  ask: () => T | false | null | undefined | Promise<T | false | null | undefined>,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== null && answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await pause(LOOK_EVERY_MS);
  }
}

/** Lets time pass: how long a fault lasts, or how far apart leads come. Never used to wait for something. */
export function lasting(ms: number): Promise<void> {
  return pause(ms);
}
