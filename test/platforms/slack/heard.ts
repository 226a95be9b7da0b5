import { onTestFinished } from 'vitest';
import type { Card } from '../../../src/chat/card.js';
import type { Ears } from '../../../src/chat/interaction.js';
import { DEAF } from '../../support/ears.js';
import { mounted, type Script, scriptedApi, serve } from './wire.js';

/** Of a program that never answers. */
export const NEVER = new Promise<never>(() => {});
export const HELP: Card = { summary: 'Bob was faster', elements: [], buttons: [] };
export const FORM = { id: 'status', title: 'Status', submit: 'Save', cancel: 'Cancel', subject: '42', fields: [] };

/** A platform that hears with these ears, an API that answers by this script, an address for private answers. */
export async function hearing(ears: Partial<Ears>, script: Script = {}) {
  const api = await scriptedApi({ 'views.open': { ok: true }, 'chat.postEphemeral': { ok: true }, ...script });
  const answers: Record<string, unknown>[] = [];
  const responses = await serve(async (req, res) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    answers.push(JSON.parse(body));
    res.end('ok');
  });
  const { platform, url, logged, stop } = await mounted(api.url);
  onTestFinished(stop);
  onTestFinished(api.stop);
  onTestFinished(responses.stop);
  await platform.start({ ...DEAF, ...ears });
  return { platform, url, logged, calls: api.calls, answers, responseUrl: responses.url };
}
