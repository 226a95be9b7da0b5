import type { ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { slackCaller } from '../../../src/platforms/slack/client.js';
import { fileTransfer } from '../../../src/platforms/slack/files.js';
import { type Script, scriptedApi } from './wire.js';

/** What must reach Slack and nobody else. */
export const TOKEN = 'xoxb-secret';
export const PICTURE = Buffer.from('a picture');
export const FILE = 'slack:F0AVANT';
export const MOST = 1_000;

export type Answer = (res: ServerResponse) => void;

/** Slack as the script plays it, and a host that is not Slack's. The file is at `address`, else at Slack's own. */
export async function slack(
  more: Script = {},
  settings: { readonly address?: string; readonly file?: object; readonly timeoutMs?: number } = {},
) {
  const strange = await scriptedApi({});
  const script: Record<string, Script[string]> = { ...more };
  const api = await scriptedApi(script);
  onTestFinished(strange.stop);
  onTestFinished(api.stop);
  const address = settings.address?.replace('{strange}', strange.url) ?? `${api.url}/api/download`;
  const file = { id: 'F0AVANT', size: PICTURE.length, mimetype: 'image/jpeg', url_private_download: address, ...settings.file };
  script['files.info'] ??= { ok: true, file };
  script['files.getUploadURLExternal'] ??= { ok: true, file_id: 'F0NEW', upload_url: settings.address ? address : `${api.url}/api/take` };
  script['files.completeUploadExternal'] ??= { ok: true, files: [] };
  script.take ??= (res) => res.end('OK');
  const apiUrl = `${api.url}/api/`;
  const call = slackCaller({ token: TOKEN, apiUrl, timeoutMs: 500 });
  const transfer = fileTransfer({ call, token: TOKEN, apiUrl, timeoutMs: settings.timeoutMs ?? 500 });
  return { ...transfer, call, api, strange, methods: () => api.calls.map(({ method }) => method) };
}

/** Answers with a status and words that mean nothing. */
export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (res) => {
    res.writeHead(code, headers).end('no');
  };
