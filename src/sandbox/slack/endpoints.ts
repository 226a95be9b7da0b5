import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Fields, textOf } from '../json.js';
import { readArgs, readBody } from './args.js';
import { mimeType } from './file-store.js';
import { LIMITS } from './limits.js';
import { appMessage, readContent, somethingToShow } from './messages.js';
import { Refusal } from './refusal.js';
import type { ResponseTarget } from './response-urls.js';
import { addMessage, changeMessage, deleteMessage, findMessage, nextTs, removeEphemeral, showEphemeral } from './workspace.js';
import type { World } from './world.js';

/**
 * Addresses beside the Web API: uploads, files, `response_url`; anything else is 404. Faults name them `upload`,
 * `files` and `response`; only `status` and `lost` mean something here, and strike before anything is stored.
 */
export async function answerEndpoint(world: World, req: IncomingMessage, res: ServerResponse, path: string): Promise<void> {
  const [kind = '', id = ''] = path.split('/');
  const fault = world.faults.draw(kind, '').at(-1);
  if (fault?.kind === 'status') return end(res, fault.status, 'Server Error');
  if (fault?.kind === 'lost') {
    res.destroy();
    return;
  }
  if (kind === 'upload') await receiveUpload(world, req, res, id);
  else if (kind === 'files') sendFile(world, req, res, id);
  else if (kind === 'response') await answerResponseUrl(world, req, res, id);
  else end(res, 404, 'not found');
}

/** Raw bytes, or a form with the file in it; as many bytes as were announced. */
async function receiveUpload(world: World, req: IncomingMessage, res: ServerResponse, id: string): Promise<void> {
  const file = world.workspace.files.get(id);
  const body = await readBody(req);
  if (!file || file.bytes !== undefined) return end(res, 404, 'not found');
  const multipart = (req.headers['content-type'] ?? '').startsWith('multipart/');
  const parts = multipart ? Object.values(await readArgs(req, body)) : [body];
  const bytes = parts.find((part): part is Buffer => Buffer.isBuffer(part));
  if (bytes?.length !== file.size) return end(res, 400, 'length does not match');
  world.workspace.files.set(id, { ...file, bytes: bytes.toString('base64') });
  end(res, 200, `OK - ${bytes.length}`);
}

/** A file's bytes for the app's token; for anybody else the page to sign in, as Slack does, with status 200. */
function sendFile(world: World, req: IncomingMessage, res: ServerResponse, id: string): void {
  const file = world.workspace.files.get(id);
  if (req.headers.authorization !== `Bearer ${world.seed.botToken}`) {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!DOCTYPE html><title>Sign in</title>');
  } else if (file?.bytes === undefined || file.completedAt === undefined) end(res, 404, 'not found');
  else res.writeHead(200, { 'content-type': mimeType(file) }).end(Buffer.from(file.bytes, 'base64'));
}

async function answerResponseUrl(world: World, req: IncomingMessage, res: ServerResponse, id: string): Promise<void> {
  const body = await readBody(req);
  const target = world.responseUrls.look(id);
  if (typeof target === 'string') return end(res, 404, JSON.stringify({ ok: false, error: target }));
  try {
    respond(world, target, await readArgs(req, body));
    world.responseUrls.use(id);
    end(res, 200, 'ok');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    end(res, 400, error.code);
  }
}

/** What an app sends to a `response_url`, or answers to a slash command. @throws {Refusal} */
export function respond(world: World, target: ResponseTarget, args: Fields): void {
  const channel = world.workspace.channels.get(target.channel);
  if (!channel) throw new Refusal('channel_not_found');
  const { workspace } = world;
  const original = target.ts === undefined ? undefined : findMessage(workspace, channel.id, target.ts);
  if (args.delete_original === true) {
    if (target.ephemeral && target.ts) removeEphemeral(workspace, target.user, target.ts);
    else if (original) deleteMessage(workspace, channel, original);
    return;
  }
  const content = readContent(world, args, LIMITS.postText);
  somethingToShow(content, args);
  const inThread = textOf(args.thread_ts) || target.threadTs;
  const message = appMessage(world, content, inThread ? { thread_ts: inThread } : {});
  if (args.replace_original === true && original) {
    changeMessage(workspace, channel, { ...original, ...content, edited: { user: world.seed.bot.userId, ts: nextTs(workspace) } });
  } else if (args.replace_original === true && target.ephemeral && target.ts) {
    showEphemeral(workspace, target.user, channel, { ...message, ts: target.ts, is_ephemeral: true });
  } else if (args.response_type === 'in_channel') addMessage(workspace, channel, message);
  else showEphemeral(workspace, target.user, channel, { ...message, is_ephemeral: true });
}

function end(res: ServerResponse, status: number, body: string): void {
  res.writeHead(status, { 'content-type': body.startsWith('{') ? 'application/json' : 'text/plain' }).end(body);
}
