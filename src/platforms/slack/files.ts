import { setTimeout as sleep } from 'node:timers/promises';
import { type FailureKind, type Platform, PlatformFailure } from '../../chat/platform.js';
import { bytesOf, deadline } from '../deadline.js';
import { type Call, part, text } from './client.js';
import { toFailure } from './errors.js';
import { fileId, readFile } from './refs.js';

interface Transfer {
  readonly call: Call;
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly timeoutMs: number;
}

/** Slack looks at every file before it lets a card show it. */
const SCANNED_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 300;

/** Files in and out. The token goes to Slack's own hosts only, and follows no redirect. */
export function fileTransfer(settings: Transfer): Pick<Platform, 'download' | 'upload'> {
  const { call } = settings;
  return {
    async download(file, most, signal) {
      const id = readFile(file);
      if (id === undefined) throw new PlatformFailure('never', 'foreign_file');
      const described = part(await call('files.info', { file: id }, 'read', signal), 'file');
      if (Number(described.size) > most) throw new PlatformFailure('never', 'file_too_large');
      text(described.id, 'read');
      // Links to files of other services have no bytes at Slack.
      if (typeof described.url_private_download !== 'string') throw new PlatformFailure('never', 'file_not_here');
      return fetchFile(settings, described.url_private_download, most, signal);
    },
    async upload(name, picture, signal) {
      const ticket = await call('files.getUploadURLExternal', { filename: name, length: picture.length }, 'change', signal);
      const id = text(ticket.file_id, 'change');
      await sendFile(settings, text(ticket.upload_url, 'change'), picture, signal);
      await call('files.completeUploadExternal', { files: [{ id, title: name }] }, 'change', signal);
      await scanned(call, id, signal);
      return fileId(id);
    },
  };
}

function fetchFile(settings: Transfer, address: string, most: number, signal: AbortSignal | undefined): Promise<Buffer> {
  const init = { headers: { authorization: `Bearer ${settings.token}` } };
  return exchange(settings, { address, init, act: 'read', signal }, async (response, time) => {
    // Without the scope to read files Slack answers its page to sign in, with success.
    if (/^text\/html/i.test(response.headers.get('content-type') ?? '')) {
      await leave(response);
      throw new PlatformFailure('unreachable', 'file_not_readable');
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of bytesOf(response, time)) {
      size += chunk.length;
      if (size > most) throw new PlatformFailure('never', 'file_too_large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  });
}

function sendFile(settings: Transfer, address: string, bytes: Buffer, signal: AbortSignal | undefined): Promise<void> {
  const init = { method: 'POST', body: new Uint8Array(bytes) };
  return exchange(settings, { address, init, act: 'change', signal }, leave);
}

interface Exchange {
  readonly address: string;
  readonly init: RequestInit;
  readonly act: 'read' | 'change';
  readonly signal: AbortSignal | undefined;
}

/** One request to Slack's own hosts; `read` is given the answer when it is a success, and may take the rest of the time. */
async function exchange<T>(settings: Transfer, asked: Exchange, read: (response: Response, time: AbortSignal) => Promise<T>): Promise<T> {
  if (!isSlacks(asked.address, settings.apiUrl)) throw new PlatformFailure('never', 'foreign_address');
  const time = deadline(settings.timeoutMs, asked.signal);
  try {
    const response = await fetch(asked.address, { ...asked.init, redirect: 'manual', signal: time.signal });
    if (response.ok) return await read(response, time.signal);
    await leave(response);
    const waits = Number(response.headers.get('retry-after'));
    if (response.status === 429) throw new PlatformFailure('wait', 'ratelimited', waits > 0 ? waits * 1_000 : 1_000);
    throw new PlatformFailure(refusal(response.status), `http_${response.status}`);
  } catch (error) {
    throw toFailure(error, asked.act);
  } finally {
    time.met();
  }
}

/** Slack sends elsewhere to sign in. */
function refusal(status: number): FailureKind {
  if (status >= 500) return 'later';
  return status < 400 ? 'unreachable' : 'never';
}

/** Frees the connection; nobody reads the rest. */
async function leave(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {});
}

/** The host of the API, and those below it: `files.slack.com`. */
function isSlacks(address: string, apiUrl = 'https://slack.com'): boolean {
  if (!URL.canParse(address)) return false;
  const [url, api] = [new URL(address), new URL(apiUrl)];
  return url.origin === api.origin || (url.protocol === 'https:' && url.hostname.endsWith(`.${api.hostname}`));
}

async function scanned(call: Call, id: string, signal: AbortSignal | undefined): Promise<void> {
  for (let waited = 0; waited < SCANNED_WITHIN_MS; waited += LOOK_EVERY_MS) {
    const file = part(await call('files.info', { file: id }, 'read', signal), 'file');
    if (typeof file.mimetype === 'string' && file.mimetype !== '') return;
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch((error: unknown) => {
      throw toFailure(error, 'read');
    });
  }
  throw new PlatformFailure('later', 'file_not_ready');
}
