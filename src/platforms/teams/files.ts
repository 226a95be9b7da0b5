import { type FailureKind, type Platform, PlatformFailure } from '../../chat/platform.js';
import { bytesOf, deadline } from '../deadline.js';
import { toFailure } from './errors.js';
import type { Known } from './memory.js';
import { pictureId, readSentFile } from './refs.js';
import { isTrusted, type Trust } from './service.js';
import type { Tokens } from './token.js';

interface Transfer extends Trust {
  readonly known: Known;
  readonly tokens: Tokens | undefined;
  readonly timeoutMs: number;
  readonly publicUrl?: (() => string) | undefined;
  /** Puts a picture where people's browsers reach it, at an address nobody guesses. @returns the address, or its path */
  readonly share: ((name: string, picture: Buffer) => Promise<string>) | undefined;
}

/** Files in and out. The token goes to Teams' own service only, and no redirection is followed. */
export function fileTransfer(settings: Transfer): Pick<Platform, 'download' | 'upload'> {
  return {
    async download(file, most, signal) {
      const key = readSentFile(file);
      if (key === undefined) throw new PlatformFailure('never', 'foreign_file');
      if (signal?.aborted) throw new PlatformFailure('later', 'aborted');
      const place = await settings.known.file(key);
      if (place === null) throw new PlatformFailure('never', 'file_unknown');
      return fetchFile(settings, place.url, place.ours, most, signal);
    },
    async upload(name, picture, signal) {
      if (signal?.aborted) throw new PlatformFailure('later', 'aborted');
      const { share, publicUrl } = settings;
      if (share === undefined || publicUrl === undefined) throw new PlatformFailure('never', 'no_public_address');
      const base = publicUrl();
      const { pathname, search } = new URL(await share(name, picture), `${base}/`);
      // Below the public address, whatever path that has itself.
      const below = new URL(base).pathname.replace(/\/+$/, '');
      const path = pathname.startsWith(`${below}/`) ? pathname.slice(below.length) : pathname;
      if (search !== '') throw new Error('a shared picture needs an address without a question mark');
      return pictureId(path);
    },
  };
}

async function fetchFile(
  settings: Transfer,
  address: string,
  ours: boolean,
  most: number,
  caller: AbortSignal | undefined,
): Promise<Buffer> {
  if (!(ours ? isTrusted(address, settings) : isFileHost(address, settings))) throw new PlatformFailure('never', 'foreign_address');
  const time = deadline(settings.timeoutMs, caller);
  try {
    const token = ours ? await settings.tokens?.get(time.signal) : undefined;
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(address, { headers, redirect: 'manual', signal: time.signal });
    if (!response.ok) {
      await response.body?.cancel().catch(() => {});
      if (response.status === 429) throw new PlatformFailure('wait', 'ratelimited', 1_000);
      throw new PlatformFailure(refused(response.status), `http_${response.status}`);
    }
    return await bounded(response, most, time.signal);
  } catch (error) {
    throw toFailure(error, 'read');
  } finally {
    time.met();
  }
}

async function bounded(response: Response, most: number, time: AbortSignal): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytesOf(response, time)) {
    size += chunk.length;
    if (size > most) throw new PlatformFailure('never', 'file_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The addresses of files live for minutes; after that they are refused for good. */
function refused(status: number): FailureKind {
  return status >= 500 ? 'later' : 'never';
}

/** Files of personal chats lie in the tenant's SharePoint, and are fetched without any token. */
function isFileHost(address: string, trust: Trust): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password } = new URL(address);
  if (protocol === 'https:' && port === '' && username === '' && password === '' && hostname.endsWith('.sharepoint.com')) return true;
  return (trust.anonymous || trust.serviceUrl !== undefined) && isTrusted(address, trust);
}
