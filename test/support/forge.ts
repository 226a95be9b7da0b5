import { signature } from '../../src/sandbox/slack/index.js';
import { type Running, SEED } from './running.js';

/** A click nobody made in a client: any button, any value, signed as Slack signs. */
export interface ForgedClick {
  readonly user: string;
  readonly action: string;
  readonly value: string;
  readonly channel: string;
  readonly ts?: string;
  /** The message that carries the thread it stands in. */
  readonly thread?: string;
}

/** Sends a forged click to the program's front door and answers the HTTP status. */
export async function forgeClick(house: Running, click: ForgedClick): Promise<number> {
  return post(house, clickBody(click));
}

/** The body of a click, as Slack would send it; not signed yet. */
export function clickBody(click: ForgedClick): string {
  const payload = {
    type: 'block_actions',
    api_app_id: SEED.bot.appId,
    team: { id: SEED.workspace.id, domain: SEED.workspace.domain },
    user: { id: click.user, username: 'forged', name: 'forged', team_id: SEED.workspace.id },
    container: {
      type: 'message',
      message_ts: click.ts ?? '1.000001',
      channel_id: click.channel,
      is_ephemeral: false,
      ...(click.thread !== undefined && { thread_ts: click.thread }),
    },
    channel: { id: click.channel, name: 'forged' },
    message: { type: 'message', ts: click.ts ?? '1.000001', text: '' },
    trigger_id: 'forged',
    actions: [{ type: 'button', action_id: click.action, block_id: 'forged', value: click.value, action_ts: '1.000002' }],
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

/** Sends a form nobody filled in, or the same one again. */
export async function forgeSubmission(
  house: Running,
  form: {
    readonly user: string;
    readonly subject: string;
    readonly values: Readonly<Record<string, string>>;
    readonly id?: string;
    /** By field. */
    readonly files?: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>;
  },
): Promise<{ status: number; answer: unknown }> {
  const blocks = [...Object.keys(form.values), ...Object.keys(form.files ?? {})].map((id) => ({
    type: 'input',
    block_id: id,
    element: { type: 'plain_text_input', action_id: id },
  }));
  const typed = Object.entries(form.values).map(([id, value]) => [id, { [id]: { type: 'plain_text_input', value } }]);
  const sent = Object.entries(form.files ?? {}).map(([id, files]) => [id, { [id]: { type: 'file_input', files } }]);
  const state = Object.fromEntries([...typed, ...sent]);
  const payload = {
    type: 'view_submission',
    api_app_id: SEED.bot.appId,
    team: { id: SEED.workspace.id, domain: SEED.workspace.domain },
    user: { id: form.user, username: 'forged', name: 'forged', team_id: SEED.workspace.id },
    trigger_id: 'forged',
    view: {
      id: 'VFORGED',
      type: 'modal',
      callback_id: form.id ?? 'lead',
      private_metadata: form.subject,
      blocks,
      state: { values: state },
    },
    response_urls: [],
  };
  const response = await signed(house, new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
  const text = await response.text();
  return { status: response.status, answer: text === '' ? null : JSON.parse(text) };
}

async function post(house: Running, body: string): Promise<number> {
  const response = await signed(house, body);
  await response.body?.cancel();
  return response.status;
}

function signed(house: Running, body: string): Promise<Response> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signature(SEED.signingSecret, body) };
  return fetch(`${house.app.url}/slack/events`, { method: 'POST', body, headers });
}
