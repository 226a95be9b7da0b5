import { request, type Server } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import { vi } from 'vitest';
import { acting } from './clock.js';
import { type Life, onBehalf, traffic } from './mortal.js';

/** A network without sockets: real HTTP between real servers, over pipes in memory. */
export interface Network {
  /** Who answers at this host, in whose name; null: nobody listens. */
  attach(host: string, server: Server | null, life: Life | null): void;
  /** Breaks every connection to this host. */
  cut(host: string): void;
  restore(): void;
}

/** Puts it in place of `fetch`. Calls to `slack` are made by the program: they are steps of its life. */
export function fakeNetwork(caller: () => Life): Network {
  const servers = new Map<string, { readonly server: Server; readonly life: Life | null }>();
  const pipes = new Map<string, Set<Duplex>>();
  const call = async (input: Request, signals: readonly AbortSignal[]): Promise<Response> => {
    const url = new URL(input.url);
    const body = Buffer.from(await input.arrayBuffer());
    const host = servers.get(url.hostname);
    if (!host) throw refused();
    const [near, far] = duplexPair();
    const open = pipes.get(url.hostname) ?? new Set();
    pipes.set(url.hostname, open.add(near));
    traffic.seen += 1;
    try {
      acting.run(host.life, () => host.server.emit('connection', far));
      return await exchange(near, input, url, body, signals);
    } finally {
      traffic.seen += 1;
      open.delete(near);
      near.destroy();
    }
  };
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation((target, init) => {
    const input = new Request(target, { ...init, signal: null });
    const signals = init?.signal ? [init.signal] : [];
    return input.url.startsWith('http://slack.test') ? onBehalf(caller(), () => call(input, signals)) : call(input, signals);
  });
  return {
    attach(host, server, life) {
      if (server) servers.set(host, { server, life });
      else servers.delete(host);
    },
    cut(host) {
      for (const pipe of pipes.get(host) ?? []) pipe.destroy(new Error('cut'));
      pipes.delete(host);
    },
    restore: () => spy.mockRestore(),
  };
}

function exchange(near: Duplex, input: Request, url: URL, body: Buffer, signals: readonly AbortSignal[]): Promise<Response> {
  return new Promise((resolve, reject) => {
    const headers = { ...Object.fromEntries(input.headers), host: url.host, 'content-length': String(body.length), connection: 'close' };
    const sent = request({ createConnection: () => near, method: input.method, path: url.pathname + url.search, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', () => reject(refused()));
      answer.on('end', () => {
        const lines = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
        resolve(new Response(chunks.length > 0 ? Buffer.concat(chunks) : null, { status: answer.statusCode ?? 500, headers: lines }));
      });
    });
    sent.on('error', () => reject(refused()));
    for (const signal of signals) {
      const stop = () => {
        sent.destroy();
        reject(signal.reason);
      };
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    }
    sent.end(body);
  });
}

/** As undici says it. */
function refused(): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('connection broken'), { code: 'ECONNRESET' }) });
}
