import { describe, expect, it } from 'vitest';
import type { Click, Reply } from '../../../src/chat/interaction.js';
import { FORM, HELP, hearing, NEVER } from './heard.js';
import { command, interaction } from './wire.js';

const pressed = (extra: object = {}, action: object = {}) => ({
  type: 'block_actions',
  team: { id: 'T0', domain: 'lumiere' },
  user: { id: 'U0ALICE', username: 'alice', name: 'alice', team_id: 'T0' },
  api_app_id: 'A0US',
  trigger_id: 'trigger-1',
  container: { type: 'message', message_ts: '1.2', channel_id: 'C0LEADS', is_ephemeral: false },
  channel: { id: 'C0LEADS', name: 'leads' },
  message: { type: 'message', ts: '1.2', text: 'x' },
  actions: [
    {
      type: 'button',
      action_id: 'claim.take',
      block_id: 'b',
      value: '42',
      text: { type: 'plain_text', text: 'Take' },
      action_ts: '1.3',
      ...action,
    },
  ],
  ...extra,
});

describe('a click', () => {
  it('is heard with what Slack vouches for, and decided before it is acknowledged', async () => {
    const order: string[] = [];
    const { url } = await hearing({
      click: async (click) => {
        expect(click).toEqual({
          action: 'claim.take',
          subject: '42',
          actor: { person: 'slack:U0ALICE', name: 'alice' },
          channel: 'slack:C0LEADS',
          message: 'slack:C0LEADS/1.2',
          at: expect.any(Date),
        });
        await new Promise(setImmediate);
        order.push('decided');
        return { kind: 'done' };
      },
    });
    const response = await interaction(url, pressed());
    order.push('answered');
    expect(response.status).toBe(200);
    expect(order).toEqual(['decided', 'answered']);
  });

  it.each([
    ['in a thread, says which', '1.1', { under: 'slack:C0LEADS/1.1' }],
    ['on the message that carries a thread, is in the channel', '1.2', {}],
  ])('%s', async (_, thread_ts, where) => {
    const heard: Click[] = [];
    const { url } = await hearing({
      click: async (click) => {
        heard.push(click);
        return { kind: 'done' };
      },
    });
    await interaction(url, pressed({ container: { type: 'message', message_ts: '1.2', channel_id: 'C0LEADS', thread_ts } }));
    const { under, ...rest } = heard[0] ?? {};
    expect({ ...(under !== undefined && { under }) }).toEqual(where);
    expect(rest).toMatchObject({ channel: 'slack:C0LEADS', message: 'slack:C0LEADS/1.2' });
  });

  it('opens a form with the trigger of the click', async () => {
    const { url, calls, platform } = await hearing({ click: async () => ({ kind: 'form', form: FORM }) });
    expect((await interaction(url, pressed())).status).toBe(200);
    await platform.stop();
    expect(calls.map(({ method }) => method)).toEqual(['views.open']);
    expect(calls[0]?.args.trigger_id).toBe('trigger-1');
    expect(JSON.parse(calls[0]?.args.view ?? '')).toMatchObject({ type: 'modal', callback_id: 'status', private_metadata: '42' });
  });

  it('is answered privately through its own address, in its thread', async () => {
    const { url, answers, calls, responseUrl, platform } = await hearing({ click: async () => ({ kind: 'private', card: HELP }) });
    const container = { type: 'message', message_ts: '1.2', channel_id: 'C0LEADS', thread_ts: '1.1' };
    await interaction(url, pressed({ container, response_url: responseUrl }));
    await platform.stop();
    expect(answers).toEqual([
      { response_type: 'ephemeral', replace_original: false, thread_ts: '1.1', text: 'Bob was faster', blocks: [] },
    ]);
    expect(calls).toEqual([]);
  });

  it('is answered privately in the channel when there is no such address', async () => {
    const { url, calls, platform } = await hearing({ click: async () => ({ kind: 'private', card: HELP }) });
    await interaction(url, pressed());
    await platform.stop();
    expect(calls).toMatchObject([{ method: 'chat.postEphemeral', args: { channel: 'C0LEADS', user: 'U0ALICE', text: 'Bob was faster' } }]);
  });

  it.each<[string, () => Promise<Reply>]>([
    ['fails', async () => Promise.reject(new Error('secret of Brigitte'))],
    ['does not answer in time', () => NEVER],
  ])('gets an apology when the program %s', async (_, click) => {
    const { url, answers, responseUrl, logged, platform } = await hearing({ click });
    expect((await interaction(url, pressed({ response_url: responseUrl }))).status).toBe(200);
    await platform.stop();
    expect(answers).toMatchObject([{ text: 'Sorry, slack:U0ALICE' }]);
    expect(logged).toMatchObject([{ level: 'error', fields: { action: 'claim.take', person: 'slack:U0ALICE' } }]);
    expect(JSON.stringify(logged)).not.toContain('Brigitte');
  });

  it('gets an apology when Slack does not open the form', async () => {
    const script = { 'views.open': { ok: false, error: 'expired_trigger_id' } };
    const { url, answers, responseUrl, logged, platform } = await hearing({ click: async () => ({ kind: 'form', form: FORM }) }, script);
    await interaction(url, pressed({ response_url: responseUrl }));
    await platform.stop();
    expect(answers).toMatchObject([{ text: 'Sorry, slack:U0ALICE' }]);
    expect(logged).toMatchObject([{ fields: { form: 'status', code: 'expired_trigger_id' } }]);
  });

  it('on a private message names no message, and a link button is only acknowledged', async () => {
    const heard: unknown[] = [];
    const { url } = await hearing({
      click: async (click) => {
        heard.push(click.message);
        return { kind: 'done' };
      },
    });
    await interaction(
      url,
      pressed({ message: undefined, container: { type: 'message', message_ts: '1.2', channel_id: 'C0LEADS', is_ephemeral: true } }),
    );
    const link = await interaction(url, pressed({}, { url: 'https://leads.example.org' }));
    expect(link.status).toBe(200);
    expect(heard).toEqual([undefined]);
  });
});

const typed = (extra: Record<string, string> = {}) => ({
  command: '/lead',
  text: 'find C3 <x>',
  user_id: 'U0ALICE',
  user_name: 'alice',
  channel_id: 'C0LEADS',
  team_id: 'T0',
  trigger_id: 'trigger-2',
  ...extra,
});

describe('a command', () => {
  it('is answered privately at once', async () => {
    const heard: unknown[] = [];
    const { url } = await hearing({
      command: async (said) => {
        heard.push(said);
        return { kind: 'private', card: HELP };
      },
    });
    const response = await command(url, typed());
    expect(await response.json()).toEqual({ response_type: 'ephemeral', text: 'Bob was faster', blocks: [] });
    expect(heard).toEqual([
      { words: 'find C3 <x>', actor: { person: 'slack:U0ALICE', name: 'alice' }, channel: 'slack:C0LEADS', at: expect.any(Date) },
    ]);
  });

  it('opens a form', async () => {
    const { url, calls, platform } = await hearing({ command: async () => ({ kind: 'form', form: FORM }) });
    expect(await (await command(url, typed())).text()).toBe('');
    await platform.stop();
    expect(calls).toMatchObject([{ method: 'views.open', args: { trigger_id: 'trigger-2' } }]);
  });

  it('gets an apology when the program fails', async () => {
    const { url } = await hearing({ command: async () => Promise.reject(new Error('bug')) });
    expect(await (await command(url, typed())).json()).toMatchObject({ text: 'Sorry, slack:U0ALICE' });
  });
});

describe('what nobody listens to', () => {
  it.each([
    [
      'a form closed',
      { type: 'view_closed', team: { id: 'T0' }, user: { id: 'U0ALICE' }, view: { callback_id: 'status', state: { values: {} } } },
    ],
    [
      'a shortcut',
      {
        type: 'message_action',
        callback_id: 'x',
        team: { id: 'T0' },
        user: { id: 'U0ALICE' },
        channel: { id: 'C0LEADS' },
        trigger_id: 't',
      },
    ],
    [
      'options of a menu',
      { type: 'block_suggestion', team: { id: 'T0' }, user: { id: 'U0ALICE' }, action_id: 'a', block_id: 'b', value: 'x' },
    ],
    ['a kind not invented yet', { type: 'hologram', user: { id: 'U0ALICE' } }],
  ])('is acknowledged at once and logged: %s', async (_, payload) => {
    const { url, logged } = await hearing({});
    expect((await interaction(url, payload)).status).toBe(200);
    expect(logged.at(-1)).toMatchObject({ level: 'warn', message: 'unknown interaction', fields: { type: payload.type } });
  });
});
