import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';

/** What came back over the wire. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly ms: number;
}

/** A client that sends what browsers and libraries would not: header names and lines as they are given, in their order. */
export function wire(
  base: string,
  connections = 30,
): { post(path: string, headers: readonly string[], body: Buffer | string): Promise<Answered>; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    post: (path, headers, body) =>
      new Promise((resolve, reject) => {
        const started = performance.now();
        const sent = request(`${base}${path}`, { method: 'POST', agent }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text, ms: performance.now() - started });
          });
        });
        sent.on('error', reject);
        // Lines of one name are sent as several lines only when they are given at once.
        const lines = new Map<string, string[]>();
        for (let n = 0; n + 1 < headers.length; n += 2)
          lines.set(headers[n] ?? '', [...(lines.get(headers[n] ?? '') ?? []), headers[n + 1] ?? '']);
        for (const [name, values] of lines) sent.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** An open connection to a server, for requests nobody finishes. */
export async function dial(base: string): Promise<Socket> {
  const { hostname, port } = new URL(base);
  const socket = connect(Number(port), hostname);
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  // The server may hang up in the middle of what is being written.
  socket.on('error', () => {});
  return socket;
}

/** The status line that comes back on this connection; null when it is closed without one. */
export function statusOf(socket: Socket): Promise<number | null> {
  return new Promise((resolve) => {
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      const status = /^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1];
      if (status) resolve(Number(status));
    });
    socket.once('close', () => resolve(null));
  });
}
