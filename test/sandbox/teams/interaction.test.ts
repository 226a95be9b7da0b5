import { describe, expect, it } from 'vitest';
import { buttons, card, claim, dialog, LEADS, opens, seed, town } from './town.js';

const input = (more: object = {}) => ({ type: 'Input.Text', id: 'note', label: 'Note', ...more });
const submit = { type: 'Action.Submit', title: 'Enregistrer', data: { form: 'status' } };

async function posted(...actions: unknown[]) {
  const where = await town();
  const id = await where.post(buttons(...actions));
  return { ...where, at: { conversation: LEADS, id }, alice: where.simulator.as('aad-alice'), bruno: where.simulator.as('aad-bruno') };
}

const message = (value: string) => ({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value });

describe('pressing a button of a card', () => {
  it('tells the bot who pressed what, where, and through which service', async () => {
    const { alice, at, bot, simulator, teams } = await posted(claim);
    bot.answer = () => message('À vous.');
    expect(await alice.click(at, 'claim.take')).toEqual({ ok: true, toast: 'À vous.' });
    expect(alice.toasts()).toMatchObject([{ text: 'À vous.', error: false }]);
    expect(bot.heard).toEqual([
      {
        type: 'invoke',
        name: 'adaptiveCard/action',
        id: expect.stringMatching(/^f:/),
        timestamp: expect.stringMatching(/Z$/),
        localTimestamp: expect.stringMatching(/\+0[12]:00$/),
        localTimezone: 'Europe/Paris',
        channelId: 'msteams',
        serviceUrl: teams.serviceUrl,
        from: { id: simulator.idOf('aad-alice'), name: 'Alice Martin', aadObjectId: 'aad-alice' },
        recipient: { id: `28:${seed.app.id}`, name: 'Forecourt' },
        conversation: { id: `${LEADS};messageid=${at.id}`, conversationType: 'channel', isGroup: true, tenantId: seed.tenant.id },
        channelData: {
          teamsChannelId: LEADS,
          teamsTeamId: '19:general@thread.tacv2',
          channel: { id: LEADS },
          team: { id: '19:general@thread.tacv2', aadGroupId: 'group-lyon', name: 'Lyon' },
          tenant: { id: seed.tenant.id },
        },
        locale: 'fr-FR',
        entities: [{ type: 'clientInfo', locale: 'fr-FR', country: 'FR', platform: 'Web', timezone: 'Europe/Paris' }],
        replyToId: at.id,
        value: { action: { type: 'Action.Execute', verb: 'claim.take', data: { subject: 'lead-1' } }, trigger: 'manual' },
      },
    ]);
  });

  it('shows an error the bot gives, and one of its own when the bot fails or says nothing', async () => {
    const { alice, at, bot } = await posted(claim);
    const error = { code: 'late', message: 'Déjà pris par Bruno.' };
    bot.answer = () => ({ statusCode: 409, type: 'application/vnd.microsoft.error', value: error });
    expect(await alice.click(at, 'claim.take')).toEqual({ ok: false, error: 'late', sentence: 'Déjà pris par Bruno.' });
    bot.answer = () => 500;
    expect(await alice.click(at, 'claim.take')).toMatchObject({ ok: false, error: 'failed' });
    bot.answer = () => undefined;
    expect(await alice.click(at, 'claim.take')).toMatchObject({ ok: false, error: 'bad_answer' });
    expect(alice.toasts().every((toast) => toast.error)).toBe(true);
  });

  it('does not wait for ever', async () => {
    const where = await town({ times: { invokeMs: 30 } });
    const id = await where.post(buttons(claim));
    where.bot.answer = () => new Promise(() => {});
    expect(await where.simulator.as('aad-alice').click({ conversation: LEADS, id }, 'claim.take')).toMatchObject({
      ok: false,
      error: 'timeout',
    });
  });

  it('replaces the card for whoever pressed, until the message changes for all', async () => {
    const { alice, bruno, at, bot, ask } = await posted(claim);
    const content = card({ type: 'TextBlock', text: 'Yours' }).attachments[0]?.content;
    bot.answer = () => ({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: content });
    await alice.click(at, 'claim.take');
    const seen = (person: typeof alice) => JSON.stringify(person.messages(LEADS)[0]?.attachments);
    expect([seen(alice).includes('Yours'), seen(bruno).includes('Yours')]).toEqual([true, false]);
    await ask('PUT', `conversations/${LEADS}/activities/${at.id}`, { type: 'message', ...buttons(opens) });
    expect([seen(alice), seen(bruno)].every((one) => one.includes('status.open'))).toBe(true);
  });

  it('sends a message with a value from a client that knows no Action.Execute', async () => {
    const fallback = { type: 'Action.Submit', title: 'Je prends', data: { verb: 'claim.take', subject: 'lead-1' } };
    const { alice, at, bot } = await posted({ ...claim, fallback });
    expect(await alice.click(at, 'claim.take', {}, { old: true })).toEqual({ ok: true });
    expect(bot.heard).toMatchObject([{ type: 'message', value: fallback.data, replyToId: at.id }]);
    expect(bot.heard[0]).not.toHaveProperty('text');
  });

  it('opens an address without telling the bot', async () => {
    const url = 'https://example.org/photos';
    const { alice, at, bot } = await posted({ type: 'Action.OpenUrl', title: 'Photos', url });
    expect(await alice.click(at, 'Photos')).toEqual({ ok: true, opens: url });
    expect(bot.heard).toEqual([]);
  });

  it('finds the button behind the question it asks first', async () => {
    const question = { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'Sure?' }], actions: [claim] };
    const { alice, at, bot } = await posted({ type: 'Action.ShowCard', title: 'Je prends', card: question });
    bot.answer = () => message('ok');
    expect(await alice.click(at, 'claim.take')).toMatchObject({ ok: true });
  });

  it('finds nothing where a person cannot look, and nothing that is not there', async () => {
    const { alice, at, post, simulator } = await posted(claim);
    const hidden = await post(buttons(claim), '19:chiefs@thread.tacv2');
    expect(await alice.click({ conversation: '19:chiefs@thread.tacv2', id: hidden }, 'claim.take')).toMatchObject({ error: 'not_found' });
    expect(await alice.click(at, 'sale.open')).toMatchObject({ error: 'not_found' });
    alice.remove(at);
    expect(await simulator.as('aad-bruno').click(at, 'claim.take')).toMatchObject({ error: 'not_found' });
  });
});

describe('a dialog', () => {
  it('is fetched, filled, found fault with and closed', async () => {
    const { alice, at, bot } = await posted(opens);
    bot.answer = () => dialog(input({ value: 'Vient demain' }), { type: 'ActionSet', actions: [submit] });
    expect(await alice.click(at, 'status.open')).toEqual({ ok: true, dialog: true });
    expect(alice.dialog()).toMatchObject({ title: 'Statut', from: at });
    expect(bot.heard[0]).toMatchObject({
      name: 'task/fetch',
      replyToId: at.id,
      value: { data: opens.data, context: { theme: 'default' } },
    });
    bot.answer = () => dialog(input(), { type: 'TextBlock', text: 'Trop court' }, { type: 'ActionSet', actions: [submit] });
    expect(await alice.submit({ note: 'x' })).toEqual({ ok: true, dialog: true });
    expect(JSON.stringify(alice.dialog()?.card)).toContain('Trop court');
    bot.answer = () => undefined;
    expect(await alice.submit({ note: 'Vient avec sa femme' })).toEqual({ ok: true });
    expect(alice.dialog()).toBeNull();
    expect(bot.heard.slice(1).map(({ name, value }) => [name, (value as { data: unknown }).data])).toEqual([
      ['task/submit', { form: 'status', note: 'x' }],
      ['task/submit', { form: 'status', note: 'Vient avec sa femme' }],
    ]);
    expect(bot.heard[1]).toMatchObject({ conversation: { id: `${LEADS};messageid=${at.id}` } });
  });

  it('shows a sentence, and stays when the bot cannot be reached', async () => {
    const { alice, at, bot } = await posted(opens);
    bot.answer = () => dialog(input(), { type: 'ActionSet', actions: [submit] });
    await alice.click(at, 'status.open');
    bot.answer = () => 503;
    expect(await alice.submit({ note: 'kept' })).toMatchObject({ ok: false, error: 'failed' });
    expect(alice.dialog()?.card).toBeDefined();
    bot.answer = () => ({ task: { type: 'message', value: 'Enregistré.' } });
    await alice.submit({ note: 'kept' });
    expect(alice.dialog()).toMatchObject({ title: 'Statut', message: 'Enregistré.' });
    alice.close();
    expect(alice.dialog()).toBeNull();
  });

  it.each([
    ['Action.Execute in it', dialog({ type: 'ActionSet', actions: [claim] })],
    ['no card', { task: { type: 'continue', value: { title: 'Statut' } } }],
    ['an address without https', { task: { type: 'continue', value: { title: 'Photos', url: 'http://example.org' } } }],
    ['another kind of answer', { task: { type: 'redirect', value: 'x' } }],
  ])('does not open with %s', async (_, answer) => {
    const { alice, at, bot } = await posted(opens);
    bot.answer = () => answer;
    expect(await alice.click(at, 'status.open')).toMatchObject({ ok: false, error: 'bad_answer' });
    expect(alice.dialog()).toBeNull();
  });

  it.each([
    [input({ isRequired: true, errorMessage: 'Écrivez une note' }), null, 'Écrivez une note'],
    [input({ isRequired: true }), null, 'Ce champ est obligatoire.'],
    [input({ maxLength: 3 }), 'four', 'Écrivez au plus 3 caractères.'],
    [{ type: 'Input.Date', id: 'note' }, '2026-02-31x', 'Choisissez une date.'],
    [{ type: 'Input.Date', id: 'note', min: '2026-01-01' }, '2025-12-31', 'Écrivez 2026-01-01 ou plus.'],
    [{ type: 'Input.Time', id: 'note' }, '25:00', 'Choisissez une heure.'],
    [{ type: 'Input.Number', id: 'note', max: 5 }, '6', 'Écrivez 5 ou moins.'],
    [{ type: 'Input.Number', id: 'note' }, 'six', 'Écrivez un nombre.'],
    [{ type: 'Input.ChoiceSet', id: 'note', choices: [{ title: 'Un', value: '1' }] }, '2', 'Choisissez une des options.'],
  ])('checks %o before it sends anything', async (element, value, sentence) => {
    const { alice, at, bot } = await posted(opens);
    bot.answer = () => dialog(element, { type: 'ActionSet', actions: [submit] });
    await alice.click(at, 'status.open');
    expect(await alice.submit({ note: value })).toMatchObject({ ok: false, error: 'invalid_inputs', fields: { note: sentence } });
    expect(bot.heard).toHaveLength(1);
  });

  it('sends what stands there, leaves out what is empty, and knows its own fields', async () => {
    const { alice, at, bot } = await posted(opens);
    const choices = [
      { title: 'Un', value: '1' },
      { title: 'Deux', value: '2' },
    ];
    const several = { type: 'Input.ChoiceSet', id: 'several', choices, isMultiSelect: true };
    const sent = { type: 'Input.Toggle', id: 'sent', title: 'Envoyé', valueOn: 'yes', valueOff: 'no' };
    bot.answer = () =>
      dialog(input({ value: 'déjà' }), { type: 'Input.Date', id: 'day' }, several, sent, { type: 'ActionSet', actions: [submit] });
    await alice.click(at, 'status.open');
    await alice.submit({ several: ['1', '2'] });
    expect(bot.heard[1]).toMatchObject({ value: { data: { form: 'status', note: 'déjà', several: '1,2', sent: 'no' } } });
    expect((bot.heard[1] as { value: { data: object } }).value.data).not.toHaveProperty('day');
    await expect(alice.submit({ unknown: 'x' })).rejects.toThrow(RangeError);
  });
});
