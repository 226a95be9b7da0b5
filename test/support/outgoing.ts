import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** Every connection this process opens, whoever opens it: where to, or the name it asked the resolver for. */
export interface Watch {
  /** Those to anywhere but the ports of 127.0.0.1 that are expected. */
  strangers(): readonly string[];
  /** All of them: proof that the watch sees something. */
  count(): number;
  stop(): void;
}

export function watchOutgoing(expected: readonly string[]): Watch {
  const ports = new Set(expected.map((url) => new URL(url).port || '5432'));
  const seen: string[] = [];
  const strangers = () =>
    seen.filter((one) => !/^(127\.0\.0\.1|::1|localhost):/.test(one) || !ports.has(one.slice(one.lastIndexOf(':') + 1)));
  const opened = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    socket.once('connectionAttempt', (address: string, port: number) => seen.push(`${address}:${port}`));
    socket.once('lookup', (_error, _address, _family, host: string) => {
      if (host !== 'localhost') seen.push(`${host}:name`);
    });
  };
  subscribe('net.client.socket', opened);
  return { strangers, count: () => seen.length, stop: () => void unsubscribe('net.client.socket', opened) };
}

/** A server that nobody should ever call. */
export async function canary(): Promise<{ port: number; calls(): number; stop(): Promise<void> }> {
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, calls: () => calls, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}
