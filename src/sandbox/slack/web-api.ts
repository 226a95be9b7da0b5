import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fields } from '../json.js';
import { readArgs, readBody, text } from './args.js';
import { channelKey } from './conversation.js';
import type { FaultEffect } from './faults.js';
import { chatMethods } from './methods/chat.js';
import { conversationMethods } from './methods/conversations.js';
import { fileMethods } from './methods/files.js';
import type { Method } from './methods/method.js';
import { otherMethods } from './methods/others.js';
import { userMethods } from './methods/users.js';
import { viewMethods } from './methods/views.js';
import { Refusal } from './refusal.js';
import { type Answered, strike, tooMany } from './strike.js';
import type { World } from './world.js';

const METHODS: Readonly<Record<string, Method>> = {
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...otherMethods,
  ...userMethods,
  ...viewMethods,
};

const ALL_SCOPES = [...new Set(Object.values(METHODS).flatMap((method) => method.scopes ?? []))].concat('commands');

/** One call of the Web API, as it went. */
export interface ApiRequest {
  readonly at: number;
  readonly method: string;
  /** Without the token; nested arguments as they were sent. */
  readonly args: Fields;
  /** What was sent, or would have been if a fault had not struck; null when the method never ran. */
  readonly answer: Fields | null;
  /** Null when no answer was sent. */
  readonly status: number | null;
  readonly fault: FaultEffect['kind'] | null;
  readonly ms: number;
}

/** Answers `POST <mount>/api/<method>` as Slack does, faults included. Rejects only by a bug. */
export async function answerApi(world: World, req: IncomingMessage, res: ServerResponse, method: string): Promise<ApiRequest> {
  const at = Date.now();
  const args = await readBody(req)
    .then((body) => readArgs(req, body))
    .catch((error: unknown) => (error instanceof Refusal ? error : new Refusal('invalid_form_data')));
  const { token: formToken, ...given } = args instanceof Refusal ? {} : args;
  const token = bearer(req) || (typeof formToken === 'string' ? formToken : '');
  const run = (): Answered => (args instanceof Refusal ? answered(args) : callMethod(world, method, given, token));
  const effects = world.faults.draw(method, channelKey(world, text(given, 'channel') || text(given, 'channel_id')));
  const { answer, status, fault } = await strike({ faults: world.faults, res, effects, run, send: (result) => send(world, res, result) });
  return { at, method, args: given, answer: answer?.answer ?? null, status, fault, ms: Date.now() - at };
}

function bearer(req: IncomingMessage): string {
  return /^Bearer\s+(\S+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? '';
}

function callMethod(world: World, name: string, args: Fields, token: string): Answered {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  try {
    if (!method) throw new Refusal('unknown_method', { req_method: name });
    authorize(world, method, token);
    const wait = world.admit(name, method.tier, channelKey(world, text(args, 'channel')));
    if (wait !== null) return tooMany(wait);
    needScope(world, method, text(args, 'channel'));
    return { status: 200, answer: { ok: true, ...method.run({ args, world }) } };
  } catch (error) {
    if (error instanceof Refusal) return answered(error);
    throw error;
  }
}

function answered(refusal: Refusal): Answered {
  return { status: 200, answer: { ok: false, error: refusal.code, ...refusal.extra } };
}

function authorize({ seed }: World, method: Method, token: string): void {
  if (method.token === 'none') return;
  if (token === '') throw new Refusal('not_authed');
  const wanted = method.token === 'app' ? seed.appToken : seed.botToken;
  if (token === wanted) return;
  throw new Refusal(token === seed.appToken || token === seed.botToken ? 'not_allowed_token_type' : 'invalid_auth');
}

/** Where several scopes are listed, the kind of the channel says which one counts. */
function needScope(world: World, method: Method, ref: string): void {
  const { scopes = [] } = method;
  const kind = world.workspace.channels.get(ref)?.kind ?? 'channel';
  const prefix = { channel: 'channels:', group: 'groups:', im: 'im:' }[kind];
  const needed = scopes.length > 1 ? scopes.find((scope) => scope.startsWith(prefix)) : scopes[0];
  const granted = grantedScopes(world);
  if (needed && !granted.includes(needed)) throw new Refusal('missing_scope', { needed, provided: granted.join(',') });
}

function grantedScopes(world: World): readonly string[] {
  return world.seed.scopes ?? ALL_SCOPES;
}

function send(world: World, res: ServerResponse, { status, answer, retryAfter }: Answered): void {
  res.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'x-oauth-scopes': grantedScopes(world).join(','),
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  });
  res.end(JSON.stringify(answer));
}
