import { describe, expect, it } from 'vitest';
import { signature } from '../../../src/sandbox/slack/index.js';
import { boltOverHttp } from './app.js';
import { answerOf, button, card, modal, noteInput, seed, town } from './town.js';

const plain = (text: string) => ({ type: 'plain_text', text });

async function withCard(...elements: unknown[]) {
  const where = await boltOverHttp();
  const { ts = '' } = await where.web.chat.postMessage({ channel: 'C0LEADS', text: 'Une piste', blocks: card(...elements) as never });
  return { ...where, ts, alice: where.simulator.as('U0ALICE') };
}

describe('a click reaches a real Bolt app, signed', () => {
  it('with everything Slack says about it', async () => {
    const { app, alice, ts } = await withCard();
    let body: Record<string, unknown> = {};
    app.action('claim.take', async ({ ack, body: heard }) => {
      body = heard as never;
      await ack();
    });
    expect(await alice.click({ channel: 'C0LEADS', ts, action_id: 'claim.take' })).toEqual({ ok: true });
    expect(body).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0ALICE', username: 'alice', team_id: 'T0LUMIERE' },
      team: { id: 'T0LUMIERE', domain: 'groupe-lumiere' },
      api_app_id: 'A0FORECOURT',
      container: { type: 'message', message_ts: ts, channel_id: 'C0LEADS', is_ephemeral: false },
      channel: { id: 'C0LEADS', name: 'leads' },
      message: { ts, bot_id: 'B0BOT' },
      response_url: expect.stringContaining('/response/'),
      actions: [
        { type: 'button', action_id: 'claim.take', block_id: 'acts', value: 'lead-1', style: 'primary', text: { text: 'Je prends' } },
      ],
    });
  });

  it('and a body signed for another second or secret is turned away', async () => {
    const { url } = await boltOverHttp();
    const body = `payload=${encodeURIComponent(JSON.stringify({ type: 'block_actions', actions: [{}] }))}`;
    const status = async (headers: Readonly<Record<string, string>>) =>
      (await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } })).status;
    const now = Math.floor(Date.now() / 1000);
    expect(await status(signature('another secret', body))).toBe(401);
    expect(await status(signature(seed.signingSecret, body, now - 400))).toBe(401);
    expect(await status({ ...signature(seed.signingSecret, body, now), 'x-slack-request-timestamp': String(now - 1) })).toBe(401);
  });

  it('and the app’s address passes url_verification', async () => {
    const { simulator } = await boltOverHttp();
    expect(await simulator.verifyUrl()).toBe(true);
  });

  it('leaves the message out when it was ephemeral', async () => {
    const { app, web, simulator } = await boltOverHttp();
    const heard: unknown[] = [];
    app.action('again', async ({ ack, body, respond }) => {
      heard.push('message' in body);
      await ack();
      await respond({ replace_original: true, text: 'fait' });
    });
    const { message_ts: ts = '' } = await web.chat.postEphemeral({
      channel: 'C0LEADS',
      user: 'U0ALICE',
      text: 'x',
      blocks: card(button('again')) as never,
    });
    await simulator.as('U0ALICE').click({ channel: 'C0LEADS', ts, action_id: 'again' });
    await simulator.until(() => simulator.ephemerals('U0ALICE')[0]?.message.text === 'fait');
    expect(heard).toEqual([false]);
    expect(simulator.ephemerals('U0ALICE')).toHaveLength(1);
  });

  it('is told apart when the app does not answer in time, answers badly, or is not there', async () => {
    const slow = await boltOverHttp({ times: { ackMs: 50 } });
    const { ts = '' } = await slow.web.chat.postMessage({
      channel: 'C0LEADS',
      text: 'x',
      blocks: card(button('never'), button('broken')) as never,
    });
    slow.app.action('never', async () => undefined);
    const alice = slow.simulator.as('U0ALICE');
    expect(await alice.click({ channel: 'C0LEADS', ts, action_id: 'never' })).toMatchObject({ error: 'operation_timeout' });
    expect(await alice.click({ channel: 'C0LEADS', ts, action_id: 'nowhere' })).toMatchObject({ error: 'not_found' });
    const alone = await town({ eventsUrl: () => 'http://127.0.0.1:1/' });
    const posted = await alone.web.chat.postMessage({ channel: 'C0LEADS', text: 'x', blocks: card() as never });
    const click = alone.simulator.as('U0ALICE').click({ channel: 'C0LEADS', ts: posted.ts ?? '', action_id: 'claim.take' });
    expect(await click).toMatchObject({ ok: false, error: 'dispatch_failed' });
  });
});

describe('response_url', () => {
  it('answers privately or to all, five times and no more', async () => {
    const { app, alice, ts, simulator } = await withCard();
    let url = '';
    app.action('claim.take', async ({ ack, body }) => {
      url = (body as { response_url: string }).response_url;
      await ack();
    });
    await alice.click({ channel: 'C0LEADS', ts, action_id: 'claim.take' });
    const respond = async (body: unknown) => {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
      return `${response.status} ${await response.text()}`;
    };
    expect(await respond({})).toBe('400 no_text');
    expect(await respond({ text: 'pour vous' })).toBe('200 ok');
    expect(await respond({ text: 'pour tous', response_type: 'in_channel' })).toBe('200 ok');
    expect(await respond({ text: 'prise', replace_original: true, blocks: [] })).toBe('200 ok');
    expect(simulator.ephemerals('U0ALICE').map((one) => one.message.text)).toEqual(['pour vous']);
    expect(simulator.messages('C0LEADS').map((message) => message.text)).toEqual(['prise', 'pour tous']);
    expect(await respond({ delete_original: true })).toBe('200 ok');
    expect(simulator.messages('C0LEADS').map((message) => message.text)).toEqual(['pour tous']);
    expect(await respond({ text: '5' })).toBe('200 ok');
    expect(await respond({ text: '6' })).toContain('404');
  });
});

describe('modals', () => {
  it('open by trigger, show the app’s errors under their field, keep what was typed, close', async () => {
    const { app, alice, ts, web, simulator } = await withCard(button('status.open'));
    app.action('status.open', async ({ ack, body }) => {
      await ack();
      await web.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: modal() as never });
    });
    const states: unknown[] = [];
    app.view('status', async ({ ack, view, body }) => {
      states.push([view.private_metadata, view.state.values, body.user.id]);
      const value = view.state.values.note?.note?.value;
      await (value === 'encore' ? ack({ response_action: 'errors', errors: { note: 'Dites-en plus.' } }) : ack());
    });
    await alice.click({ channel: 'C0LEADS', ts, action_id: 'status.open' });
    expect(await simulator.until(() => alice.modal())).toMatchObject({
      callback_id: 'status',
      private_metadata: 'lead-1',
      title: { text: 'Statut' },
    });
    expect(await alice.submit()).toMatchObject({ error: 'invalid_input', fields: { note: 'Ce champ est obligatoire.' } });
    expect(await alice.submit({ note: 'ab' })).toMatchObject({ fields: { note: 'Écrivez au moins 3 caractères.' } });
    expect(states).toEqual([]);
    expect(await alice.submit({ note: 'encore' })).toMatchObject({ fields: { note: 'Dites-en plus.' } });
    expect(alice.modal()?.state.values.note?.note).toMatchObject({ value: 'encore' });
    expect(await alice.submit({ note: { note: { type: 'plain_text_input', value: 'rappelé' } } })).toEqual({ ok: true });
    expect(alice.modal()).toBeNull();
    expect(states).toHaveLength(2);
    expect(states[1]).toEqual(['lead-1', { note: { note: { type: 'plain_text_input', value: 'rappelé' } } }, 'U0ALICE']);
  });

  it('refuse errors for a block that is no input, and views that Slack would not take', async () => {
    const { app, alice, ts, web } = await withCard(button('status.open'));
    app.action('status.open', async ({ ack, body }) => {
      await web.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: modal() as never });
      await ack();
    });
    const answers: unknown[] = [
      { response_action: 'errors', errors: { stage: 'non' } },
      { response_action: 'errors', errors: {} },
      { response_action: 'update', view: { type: 'modal' } },
      { response_action: 'dance' },
    ];
    app.view('status', async ({ ack }) => ack(answers.shift() as never));
    await alice.click({ channel: 'C0LEADS', ts, action_id: 'status.open' });
    const errors = [];
    for (let turn = 0; turn < 4; turn += 1) errors.push(await alice.submit({ note: 'rappelé' }));
    expect(errors.map((shown) => (shown.ok ? 'ok' : shown.error))).toEqual([
      'invalid_response_errors',
      'invalid_response_errors',
      'invalid_arguments',
      'invalid_response_action',
    ]);
    expect(alice.modal()).not.toBeNull();
  });

  it('stack up to three, by push and by answer; update; clear', async () => {
    const { app, alice, ts, web } = await withCard(button('status.open'));
    const pushButton = { type: 'actions', block_id: 'more', elements: [button('push')] };
    const refusals: string[] = [];
    app.action('status.open', async ({ ack, body }) => {
      await web.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: modal(noteInput, pushButton) as never });
      await ack();
    });
    app.action('push', async ({ ack, body }) => {
      refusals.push(
        await answerOf(
          web.views.push({ trigger_id: (body as { trigger_id: string }).trigger_id, view: modal(noteInput, pushButton) as never }),
        ),
      );
      await ack();
    });
    app.view('status', async ({ ack }) => ack({ response_action: 'clear' }));
    await alice.click({ channel: 'C0LEADS', ts, action_id: 'status.open' });
    const first = alice.modal();
    for (let turn = 0; turn < 3; turn += 1) await alice.click({ action_id: 'push' });
    expect(refusals).toEqual(['ok', 'ok', 'push_limit_reached']);
    const top = alice.modal();
    expect(top).toMatchObject({ root_view_id: first?.id });
    const changed = { ...modal(noteInput), title: plain('Encore') };
    expect(await answerOf(web.views.update({ view_id: top?.id ?? '', hash: 'stale', view: changed as never }))).toBe('hash_conflict');
    expect(await answerOf(web.views.update({ view_id: 'V0NONE', view: changed as never }))).toBe('not_found');
    expect(await answerOf(web.views.update({ view_id: top?.id ?? '', hash: top?.hash ?? '', view: changed as never }))).toBe('ok');
    expect(alice.modal()?.title).toMatchObject({ text: 'Encore' });
    expect(await alice.submit({ note: 'fin du tour' })).toEqual({ ok: true });
    expect(alice.modal()).toBeNull();
  });

  it('tell the app when they are closed, if it asked', async () => {
    const { app, alice, ts, web, simulator } = await withCard(button('loud'), button('quiet'));
    for (const name of ['loud', 'quiet']) {
      app.action(name, async ({ ack, body }) => {
        const view = { ...modal(), notify_on_close: name === 'loud' };
        await web.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: view as never });
        await ack();
      });
    }
    const closed: unknown[] = [];
    app.view({ callback_id: 'status', type: 'view_closed' }, async ({ ack, body }) => {
      closed.push('is_cleared' in body && body.is_cleared);
      await ack();
    });
    for (const name of ['loud', 'quiet']) {
      await alice.click({ channel: 'C0LEADS', ts, action_id: name });
      await alice.close();
    }
    expect(closed).toEqual([false]);
    expect(simulator.views('U0ALICE')).toEqual([]);
  });

  it('refuse a trigger that is unknown, used, or older than three seconds', async () => {
    let clock = Date.now();
    const { web, simulator } = await town({ now: () => clock, eventsUrl: () => 'http://127.0.0.1:1/' });
    const { ts = '' } = await web.chat.postMessage({ channel: 'C0LEADS', text: 'x', blocks: card() as never });
    const trigger = async () => {
      await simulator.as('U0ALICE').click({ channel: 'C0LEADS', ts, action_id: 'claim.take' });
      return String(simulator.deliveries.findLast((one) => one.kind === 'interactive')?.body.trigger_id);
    };
    const open = (trigger_id: string, view: unknown = modal()) => answerOf(web.views.open({ trigger_id, view: view as never }));
    expect(await open('1.2.abc')).toBe('invalid_trigger_id');
    const once = await trigger();
    expect(await open(once, { ...modal(), submit: undefined })).toBe('invalid_arguments');
    expect(await open(once)).toBe('ok');
    expect(await open(once)).toBe('exchanged_trigger_id');
    const late = await trigger();
    clock += 3_001;
    expect(await open(late)).toBe('expired_trigger_id');
    const large = await trigger();
    const heavy = Array.from({ length: 90 }, () => ({ type: 'section', text: plain('é'.repeat(2_900)) }));
    expect(await open(large, modal(...heavy))).toBe('view_too_large');
  });
});

describe('slash commands', () => {
  it('carry their fields and show the answer to the person alone', async () => {
    const { app, simulator } = await boltOverHttp();
    let heard: Record<string, unknown> = {};
    app.command('/lead', async ({ ack, command }) => {
      heard = command;
      await ack({ text: 'bonjour' });
    });
    const alice = simulator.as('U0ALICE');
    expect(await alice.command('C0LEADS', '/lead find  Citroën C3')).toEqual({ ok: true });
    expect(heard).toMatchObject({
      command: '/lead',
      text: 'find  Citroën C3',
      user_id: 'U0ALICE',
      user_name: 'alice',
      channel_id: 'C0LEADS',
      channel_name: 'leads',
    });
    expect(simulator.ephemerals('U0ALICE').map((one) => one.message.text)).toEqual(['bonjour']);
    expect(await alice.command('C0LEADS', '/other')).toMatchObject({ error: 'unknown_command' });
  });
});
