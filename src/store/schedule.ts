import { schedule as cron } from 'node-cron';

/**
 * Calls `tick` by a cron expression, in this process. A tick only enqueues: with several processes each ticks, and the
 * job's own key makes it one.
 * @returns stops the ticking
 */
export function schedule(expression: string, tick: () => Promise<void>, failed: (error: unknown) => void): () => void {
  // A machine that slept has missed many; the next one asks for the same, and nobody needs a line for each.
  const task = cron(expression, () => tick().catch(failed), { suppressMissedWarning: true });
  return () => void task.destroy();
}
