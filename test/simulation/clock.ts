import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { vi } from 'vitest';
import type { Chance } from '../support/random.js';
import type { Life } from './mortal.js';

const START = new Date('2026-11-20T09:00:00Z');

/** Time that stands still unless it is pushed. The embedded database tells the same time: it asks this process. */
export interface Clock {
  now(): number;
  /** Seconds since the world began. */
  seconds(): number;
  push(ms: number): void;
  /** It is later now, and nothing happened meanwhile: everybody slept. */
  jump(to: Date): void;
  restore(): void;
}

/** Who is acting: a life, or nobody, which is the world outside the program. */
export const acting = new AsyncLocalStorage<Life | null>();

/** Takes the clock and everything random out of the machine's hands. */
export function fakeClock(random: Chance): Clock {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'], now: START });
  const undo = [ownedTimers(), seedRandomness(random)];
  // Names imported from node:timers/promises and node:crypto follow.
  syncBuiltinESMExports();
  return {
    now: () => Date.now(),
    seconds: () => (Date.now() - START.getTime()) / 1000,
    push: (ms) => void vi.advanceTimersByTime(ms),
    jump: (to) => void vi.setSystemTime(to),
    restore() {
      for (const one of undo) one();
      vi.useRealTimers();
      syncBuiltinESMExports();
    },
  };
}

/** Timers of the dead never ring, and those that would ring for ever are taken away: many die in sixty days. */
function ownedTimers(): () => void {
  const { setTimeout: once, setInterval: often, clearInterval: end } = globalThis;
  const owned = (ring: (...values: unknown[]) => void) => {
    const owner = acting.getStore() ?? null;
    return (...values: unknown[]) => owner?.dead || acting.run(owner, () => ring(...values));
  };
  const spies = [
    vi
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation(((ring: () => void, ms?: number, ...values: []) => once(owned(ring), ms, ...values)) as never),
    vi.spyOn(globalThis, 'setInterval').mockImplementation(((ring: () => void, ms?: number, ...values: []) => {
      const owner = acting.getStore() ?? null;
      const timer = often(() => (owner?.dead ? end(timer) : acting.run(owner, () => ring(...values))), ms);
      return timer;
    }) as never),
  ];
  return () => {
    for (const spy of spies) spy.mockRestore();
  };
}

const require = createRequire(import.meta.url);

/** Ids decide ties, so that even they must come again; and what the platform times by itself must keep our time. */
function seedRandomness(random: Chance): () => void {
  const crypto = require('node:crypto') as typeof import('node:crypto');
  const timers = require('node:timers/promises') as typeof import('node:timers/promises');
  const bytes = <T extends NodeJS.ArrayBufferView>(view: T): T => {
    new Uint8Array(view.buffer, view.byteOffset, view.byteLength).forEach((_, n, all) => {
      all[n] = random.int(256);
    });
    return view;
  };
  const spies = [
    vi.spyOn(Math, 'random').mockImplementation(() => random.next()),
    vi
      .spyOn(globalThis.crypto, 'getRandomValues')
      .mockImplementation((view) => (view ? bytes(view as unknown as Uint8Array) : view) as never),
    vi.spyOn(globalThis.crypto, 'randomUUID').mockImplementation(() => uuid(bytes(Buffer.alloc(16)))),
    vi.spyOn(crypto, 'randomUUID').mockImplementation(() => uuid(bytes(Buffer.alloc(16)))),
    vi.spyOn(crypto, 'randomFillSync').mockImplementation((view) => bytes(view as Uint8Array) as never),
    vi.spyOn(crypto, 'randomBytes').mockImplementation(((size: number) => bytes(Buffer.alloc(size))) as never),
    vi
      .spyOn(timers, 'setTimeout')
      .mockImplementation(((ms: number, value: unknown, options?: object) => sleep(ms, value, options)) as never),
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      const late = new AbortController();
      setTimeout(() => late.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), ms);
      return late.signal;
    }),
  ];
  return () => {
    for (const spy of spies) spy.mockRestore();
  };
}

function sleep<T>(ms: number, value: T, { signal }: { signal?: AbortSignal } = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(() => resolve(value), ms);
    signal?.addEventListener('abort', () => reject(new DOMException('The operation was aborted', 'AbortError')), { once: true });
    signal?.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}

function uuid(bytes: Buffer): `${string}-${string}-${string}-${string}-${string}` {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
