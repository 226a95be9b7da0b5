import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { type Fields, fieldsOf, textOf } from '../json.js';
import { type DeliveryKind, failed, type Outcome, type Retry } from './deliver.js';

const PING_MS = 10_000;
const MAX_CONNECTIONS = 10;
const HELLO_DEBUG = { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 };

/** Socket Mode: the app's own connections, over which everything goes while one is open. */
export interface Sockets {
  /** A one-time address to connect to. */
  open(base: string): string;
  connected(): number;
  send(kind: DeliveryKind, payload: Fields, ackMs: number, retry?: Retry): Promise<Outcome>;
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells every connection to come back: `warning` or `refresh_requested`. */
  refresh(reason?: 'warning' | 'refresh_requested'): void;
  /** Breaks every connection without a word. */
  drop(): void;
  close(): void;
}

/** `changed` is called when a connection comes or goes. */
export function newSockets(appId: string, changed: () => void): Sockets {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const connections: WebSocket[] = [];
  const waiting = new Map<string, (answer: unknown) => void>();
  const pinger = setInterval(() => connections.forEach(ping), PING_MS);
  pinger.unref();

  const greet = (connection: WebSocket): void => {
    connections.push(connection);
    connection.on('message', (data) => acknowledged(waiting, data));
    connection.on('close', () => {
      connections.splice(connections.indexOf(connection), 1);
      changed();
    });
    connection.on('error', () => connection.terminate());
    const hello = { type: 'hello', num_connections: connections.length, connection_info: { app_id: appId }, debug_info: HELLO_DEBUG };
    connection.send(JSON.stringify(hello));
    ping(connection);
    changed();
  };

  return {
    open(base) {
      const ticket = randomBytes(16).toString('hex');
      tickets.add(ticket);
      return `${base.replace(/^http/, 'ws')}/socket?ticket=${ticket}`;
    },
    connected: () => connections.length,
    send: (kind, payload, ackMs, retry) => sendTo(connections, waiting, { kind, payload, ackMs, retry }),
    handleUpgrade(req, socket, head) {
      const ticket = new URL(req.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
      if (tickets.delete(ticket) && connections.length < MAX_CONNECTIONS) server.handleUpgrade(req, socket, head, greet);
      else socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
    },
    refresh(reason = 'refresh_requested') {
      for (const connection of connections) connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: HELLO_DEBUG }));
    },
    drop: () => connections.slice().forEach(terminate),
    close() {
      clearInterval(pinger);
      connections.slice().forEach(terminate);
      server.close();
    },
  };
}

function ping(connection: WebSocket): void {
  connection.ping();
}

function terminate(connection: WebSocket): void {
  connection.terminate();
}

function acknowledged(waiting: Map<string, (answer: unknown) => void>, data: RawData): void {
  const message = readJson(data);
  const resolve = waiting.get(textOf(message.envelope_id));
  resolve?.(message.payload);
}

function readJson(data: RawData): Fields {
  try {
    return fieldsOf(JSON.parse(data.toString()));
  } catch {
    return {};
  }
}

interface Envelope {
  readonly kind: DeliveryKind;
  readonly payload: Fields;
  readonly ackMs: number;
  readonly retry: Retry | undefined;
}

/** Connections take turns. An answer without content counts as an empty one. */
async function sendTo(connections: WebSocket[], waiting: Map<string, (answer: unknown) => void>, envelope: Envelope): Promise<Outcome> {
  const connection = connections.shift();
  if (!connection) return failed('dispatch_failed');
  connections.push(connection);
  const envelope_id = randomUUID();
  const { kind, payload, retry, ackMs } = envelope;
  return new Promise((resolve) => {
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer);
      waiting.delete(envelope_id);
      connection.off('close', lost);
      resolve(outcome);
    };
    const lost = (): void => finish(failed('dispatch_failed'));
    const timer = setTimeout(() => finish(failed('operation_timeout')), ackMs);
    connection.once('close', lost);
    waiting.set(envelope_id, (answer) => {
      const empty = answer === undefined || answer === null || Object.keys(fieldsOf(answer)).length === 0;
      finish({ failure: null, status: 200, answer: empty ? '' : answer, final: false });
    });
    const retried = retry
      ? { retry_attempt: retry.number, retry_reason: retry.reason }
      : kind === 'events_api'
        ? { retry_attempt: 0, retry_reason: '' }
        : {};
    connection.send(JSON.stringify({ envelope_id, type: kind, payload, accepts_response_payload: kind !== 'events_api', ...retried }));
  });
}
