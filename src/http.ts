import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type FastifyInstance, fastify } from 'fastify';
import { failure, problem, sendProblem } from './intake/problem.js';

/** A part of the program that answers raw requests under a path of its own. */
export interface Mount {
  /** Does this part answer the request? */
  takes(path: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse): void;
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** The server is about to close: ends what would stay open for ever. */
  closing?(): void;
}

/** One port for everything: chat platforms answer their own paths, Fastify the rest. */
export interface HttpServer {
  readonly routes: FastifyInstance;
  /** @returns the address it listens on, `http://127.0.0.1:3000` */
  listen(host: string, port: number): Promise<string>;
  /** No new connections; requests under way are answered. */
  close(): Promise<void>;
}

export function createHttpServer(mounts: readonly Mount[], failed: (error: unknown, reference: string) => void): HttpServer {
  const taking = (url: string | undefined) => {
    const path = (url ?? '/').split('?', 1)[0] ?? '/';
    return mounts.find((mount) => mount.takes(path));
  };
  const routes = fastify({
    logger: false,
    bodyLimit: 1_000_000,
    trustProxy: false,
    forceCloseConnections: 'idle',
    serverFactory: (handler: RequestListener) => {
      const server = createServer(
        { maxHeaderSize: 8_192, headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 5_000 },
        (request, response) => {
          const mount = taking(request.url);
          if (mount) mount.handle(request, response);
          else handler(request, response);
        },
      );
      server.on('upgrade', (request, socket, head) => {
        const mount = taking(request.url);
        if (mount?.upgrade) mount.upgrade(request, socket, head);
        else socket.destroy();
      });
      return server;
    },
  });
  routes.setNotFoundHandler((_request, reply) => sendProblem(reply, problem(404, 'There is nothing at this address.')));
  routes.setErrorHandler((error: unknown, _request, reply) => {
    const status = statusOf(error);
    if (status < 500) return sendProblem(reply, problem(status, DETAIL[status] ?? 'The request could not be read.'));
    const answer = failure(status, OUR_FAULT);
    failed(error, answer.reference);
    return sendProblem(reply, answer);
  });
  return {
    routes,
    async listen(host, port) {
      await routes.listen({ host, port });
      const { address, port: actual, family } = routes.server.address() as AddressInfo;
      return `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`;
    },
    close: () => {
      for (const mount of mounts) mount.closing?.();
      return routes.close();
    },
  };
}

const DETAIL: Readonly<Record<number, string>> = {
  413: 'The body is too large: at most 1 MB, or 25 MB for a form with photos.',
  415: 'This kind of body is not taken here.',
};
const OUR_FAULT = 'That failed on our side. Try again; if it lasts, look for the reference in the log.';

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 600 ? status : 500;
}
