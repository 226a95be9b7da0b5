import { setMaxListeners } from 'node:events';
import type { JobWithMetadata } from 'pg-boss';

/** How often a loop looks by itself: for jobs of other processes, delayed jobs and retries. */
const POLL_MS = 1_000;
/** A fetch that found all there was is not repeated before this many times its own duration: with thousands of jobs
 * waiting behind busy groups each look is dear, and there is news after every commit. */
const REST = 8;
/** And never for longer than this: it is what a free channel may have to wait for. */
const LONGEST_REST_MS = 60;

interface LoopParts {
  readonly concurrency: number;
  /** Resolves when a fetch would keep nobody waiting. */
  quiet(): Promise<void>;
  fetch(count: number): Promise<JobWithMetadata[]>;
  run(job: JobWithMetadata, signal: AbortSignal): Promise<void>;
  /** Completes, repeats or buries the job; `error` is undefined after a success. */
  settle(job: JobWithMetadata, error: unknown, stopping: boolean): Promise<void>;
  touch(ids: string[]): Promise<void>;
  trouble(error: unknown): void;
  readonly touchEveryMs: number;
}

/**
 * Fetches and runs jobs as fast as they come, each settled by itself. pg-boss's own worker takes one batch a polling
 * interval and waits for its slowest job; a lead desk cannot.
 */
export function workLoop(parts: LoopParts): {
  wake(): void;
  stop(withinMs: number): Promise<void>;
} {
  const active = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  // Every job under way listens to it.
  setMaxListeners(0, stopping.signal);
  let fetching = false;
  let again = false;
  let restUntil = 0;
  let resting: NodeJS.Timeout | undefined;

  const wake = () => {
    if (stopping.signal.aborted || resting) return;
    if (fetching) {
      again = true;
      return;
    }
    const rest = restUntil - performance.now();
    if (rest > 0) {
      resting = setTimeout(() => {
        resting = undefined;
        wake();
      }, rest);
      return;
    }
    fetching = true;
    void fetchAll().finally(() => {
      fetching = false;
      if (again) {
        again = false;
        wake();
      }
    });
  };

  const fetchAll = async () => {
    try {
      while (active.size < parts.concurrency && !stopping.signal.aborted) {
        await parts.quiet();
        if (stopping.signal.aborted) return;
        const begun = performance.now();
        const wanted = parts.concurrency - active.size;
        const jobs = await parts.fetch(wanted);
        const took = performance.now() - begun;
        for (const job of jobs) start(job);
        if (jobs.length < wanted) {
          restUntil = begun + took + Math.min(took * REST, LONGEST_REST_MS);
          return;
        }
      }
    } catch (error) {
      parts.trouble(error);
    }
  };

  const start = (job: JobWithMetadata) => {
    const done = perform(job).finally(() => {
      active.delete(job.id);
      wake();
    });
    active.set(job.id, done);
  };

  const perform = async (job: JobWithMetadata) => {
    let error: unknown;
    try {
      await parts.run(job, stopping.signal);
    } catch (caught) {
      error = caught ?? new Error('nothing was thrown');
    }
    try {
      await parts.settle(job, error, stopping.signal.aborted);
    } catch (trouble) {
      // The job stays active and returns when its heartbeat stops.
      parts.trouble(trouble);
    }
  };

  const poll = setInterval(wake, POLL_MS);
  const touch = setInterval(() => {
    if (active.size > 0) parts.touch([...active.keys()].sort()).catch(parts.trouble);
  }, parts.touchEveryMs);
  wake();

  return {
    wake,
    async stop(withinMs) {
      stopping.abort();
      clearInterval(poll);
      clearTimeout(resting);
      const deadline = new Promise<void>((resolve) => setTimeout(resolve, withinMs).unref());
      await Promise.race([Promise.allSettled(active.values()), deadline]);
      clearInterval(touch);
    },
  };
}
