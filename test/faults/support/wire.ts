import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire to PostgreSQL that can fail the ways wires fail. */
export interface Wire {
  /** The database's address through this wire. */
  through(databaseUrl: string): string;
  /** Breaks every connection now; new ones are taken as before. */
  cut(): void;
  /** Connections stand, and nothing passes in either direction any more; new ones are taken and pass nothing too. */
  swallow(kind?: 'standing' | 'all'): void;
  /** Breaks every connection and takes none. */
  refuse(): Promise<void>;
  /** As a wire should be. What was swallowed stays lost. */
  restore(): Promise<void>;
  stop(): Promise<void>;
}

interface Line {
  readonly inner: Socket;
  readonly outer: Socket;
  dead: boolean;
}

/** Listens on a loopback port of its own. */
export async function openWire(target: { readonly host: string; readonly port: number }): Promise<Wire> {
  const lines = new Set<Line>();
  let swallowing = false;

  const server = createServer((inner) => {
    const outer = connect(target);
    const line: Line = { inner, outer, dead: swallowing };
    lines.add(line);
    const drop = () => {
      inner.destroy();
      outer.destroy();
      lines.delete(line);
    };
    for (const socket of [inner, outer]) {
      socket.setNoDelay(true);
      socket.on('error', drop);
      // A swallowed end is not passed on either: the other side goes on believing.
      socket.on('close', () => !line.dead && drop());
    }
    inner.on('data', (bytes) => !line.dead && outer.write(bytes));
    outer.on('data', (bytes) => !line.dead && inner.write(bytes));
  });

  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve());
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;

  const cut = () => {
    for (const line of lines) {
      line.inner.resetAndDestroy();
      line.outer.destroy();
    }
    lines.clear();
  };
  const refuse = async () => {
    cut();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };

  return {
    through(databaseUrl) {
      const url = new URL(databaseUrl);
      url.hostname = '127.0.0.1';
      url.port = String(port);
      return url.href;
    },
    cut,
    swallow(kind = 'all') {
      for (const line of lines) line.dead = true;
      swallowing = kind === 'all';
    },
    refuse,
    async restore() {
      swallowing = false;
      if (!server.listening) await listen(port);
    },
    async stop() {
      await refuse();
    },
  };
}
