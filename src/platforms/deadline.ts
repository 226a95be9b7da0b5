/** Gives something up when its time is over, or when its caller does. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** It ended by itself. */
  met(): void;
}

/**
 * A timer of our own: what `AbortSignal.any` waits for may be forgotten when Node 20 collects memory, and an answer
 * that stops in the middle would be waited for until the connection dies.
 */
export function deadline(milliseconds: number, caller: AbortSignal | undefined): Deadline {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new DOMException('no answer in time', 'TimeoutError')), milliseconds);
  const givenUp = () => stop.abort(caller?.reason);
  if (caller?.aborted) givenUp();
  caller?.addEventListener('abort', givenUp, { once: true });
  return {
    signal: stop.signal,
    met() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', givenUp);
    },
  };
}

/**
 * The bytes of an answer as they come; whoever stops reading frees the connection. For the same reason the signal is
 * watched here: once the head of an answer has come, `fetch` may have forgotten it.
 */
export async function* bytesOf(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  const leave = () => reader.cancel().catch(() => {});
  signal.addEventListener('abort', leave, { once: true });
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', leave);
    await leave();
  }
}

/** Waits for work so many milliseconds and no longer; the work goes on. @throws when it took longer */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
