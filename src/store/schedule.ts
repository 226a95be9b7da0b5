import { schedule as cron } from 'node-cron';

/**
 * Calls `tick` by a cron expression, in this process. A tick only enqueues: with several processes each ticks, and the
 * job's own key makes it one.
 * @returns stops the ticking
 */
export function schedule(expression: string, tick: () => Promise<void>, failed: (error: unknown) => void): () => void {
  const task = cron(expression, () => tick().catch(failed));
  return () => void task.destroy();
}
