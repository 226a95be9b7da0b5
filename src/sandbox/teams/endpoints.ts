import type { IncomingMessage, ServerResponse } from 'node:http';
import { operationOf } from './connector.js';
import type { FaultEffect } from './faults.js';
import { answerGraph } from './graph.js';
import { LIMITS } from './limits.js';
import { Refusal } from './refusal.js';
import { type Answered, refused, strike, tooMany } from './strike.js';
import type { World } from './world.js';

/** One request to the simulator, as it went. */
export interface ServiceRequest {
  readonly at: number;
  /** `activity.send`, `token`, …; see `Faults`. */
  readonly method: string;
  /** Conversation, without `;messageid=`; empty where there is none. */
  readonly conversation: string;
  readonly path: string;
  readonly body: unknown;
  /** Did it carry a token? Files in chats are to be fetched without. */
  readonly authorized: boolean;
  /** What was sent, or would have been if a fault had not struck; null when nothing was done. */
  readonly answer: Answered | null;
  /** Null when no answer was sent. */
  readonly status: number | null;
  readonly fault: FaultEffect['kind'] | null;
  readonly ms: number;
}

interface Task {
  readonly method: string;
  readonly conversation: string;
  readonly run: () => Answered;
}

/** Answers everything below the mount as Microsoft does, faults included. Rejects only by a bug. */
export async function answerRequest(world: World, req: IncomingMessage, res: ServerResponse, path: string): Promise<ServiceRequest> {
  const at = Date.now();
  const url = new URL(path, 'http://sandbox');
  const body = await readBody(req);
  const { method, conversation, run } = taskOf(world, req, url, body);
  const guarded = (): Answered => {
    try {
      return run();
    } catch (error) {
      if (error instanceof Refusal) return refused(error.status, error.code, error.message);
      throw error;
    }
  };
  const effects = world.faults.draw(method, conversation);
  const { answer, status, fault } = await strike(world.faults, res, effects, guarded);
  const authorized = req.headers.authorization !== undefined;
  const kept = method === 'token' ? null : body === null ? null : jsonOf(body);
  return { at, method, conversation, path: url.pathname, body: kept, authorized, answer, status, fault, ms: Date.now() - at };
}

function taskOf(world: World, req: IncomingMessage, url: URL, body: string | null): Task {
  const method = req.method ?? 'GET';
  const steps = url.pathname.slice(1).split('/').map(decoded);
  const nothing: Task = { method: 'unknown', conversation: '', run: () => refused(404, 'NotFound', 'There is nothing at this address') };
  if (body === null) return { ...nothing, run: () => refused(413, 'MessageSizeTooBig', 'The request is too large') };
  if (method === 'GET' && url.pathname === `/${world.identity.metadataPath}`)
    return { ...nothing, method: 'openid', run: () => ({ status: 200, body: world.identity.metadata(world.base()) }) };
  if (method === 'GET' && url.pathname === `/${world.identity.keysPath}`)
    return { ...nothing, method: 'openid', run: () => ({ status: 200, body: world.identity.keys() }) };
  const [area, second = ''] = steps;
  if (area === 'login' && method === 'POST' && steps.slice(2).join('/') === 'oauth2/v2.0/token')
    return { ...nothing, method: 'token', run: () => tokenFor(world, second, body) };
  if (area === 'files' && method === 'GET')
    return { ...nothing, method: 'file', run: () => fileAt(world, second, url.searchParams.get('tempauth')) };
  if (area === 'graph' && second === 'v1.0' && method === 'GET') return graphTask(world, req, steps.slice(2), url.searchParams);
  if (area === 'teams' && second === 'v3') return connectorTask(world, req, steps.slice(2), url.searchParams, body) ?? nothing;
  return nothing;
}

function connectorTask(world: World, req: IncomingMessage, steps: readonly string[], query: URLSearchParams, body: string): Task | null {
  const authorized = () => world.tokens.check(req.headers.authorization, 'connector');
  if (steps[0] === 'attachments' && req.method === 'GET')
    return {
      method: 'attachment',
      conversation: '',
      run: () => {
        authorized();
        return pastedAt(world, steps[1] ?? '');
      },
    };
  const operation = operationOf({ world, method: req.method ?? 'GET', steps, query, body: jsonOf(body) });
  if (!operation) return null;
  const run = (): Answered => {
    authorized();
    const wait = world.admit(operation.rate, operation.conversation);
    return wait === null ? operation.run() : tooMany(wait);
  };
  return { method: operation.name, conversation: operation.conversation, run };
}

function graphTask(world: World, req: IncomingMessage, steps: readonly string[], query: URLSearchParams): Task {
  const run = () => {
    world.tokens.check(req.headers.authorization, 'graph');
    return answerGraph(world, steps, query);
  };
  return { method: 'graph.messages', conversation: steps[3] ?? '', run };
}

function tokenFor(world: World, tenant: string, body: string): Answered {
  try {
    const granted = world.tokens.grant(tenant, new URLSearchParams(body));
    return { status: 200, body: { token_type: 'Bearer', ext_expires_in: granted.expires_in, ...granted } };
  } catch (error) {
    // Entra ID says what is wrong in a shape of its own.
    if (error instanceof Refusal) return { status: error.status, body: { error: error.code, error_description: error.message } };
    throw error;
  }
}

/** A file behind its own address: whoever has the address may have the file, and no token is asked for. */
function fileAt(world: World, id: string, key: string | null): Answered {
  const file = world.workspace.files.get(id);
  if (!file || file.key !== key) return refused(403, 'accessDenied', 'Access denied');
  return { status: 200, body: Buffer.from(file.bytes, 'base64') };
}

function pastedAt(world: World, id: string): Answered {
  const file = world.workspace.files.get(id);
  if (!file?.pasted) return refused(404, 'NotFound', 'Attachment not found');
  return { status: 200, body: Buffer.from(file.bytes, 'base64') };
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Null when it is larger than anything the service takes. */
async function readBody(req: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= LIMITS.requestBytes) parts.push(part);
  }
  return size > LIMITS.requestBytes ? null : Buffer.concat(parts).toString('utf8');
}
