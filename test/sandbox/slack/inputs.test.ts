import { describe, expect, it } from 'vitest';
import { boltOverHttp } from './app.js';
import { answerOf, button, card, modal } from './town.js';

const plain = (text: string) => ({ type: 'plain_text', text });
const options = ['contacted', 'appointment'].map((value) => ({ text: plain(value), value }));

function field(id: string, element: object, optional = true) {
  return { type: 'input', block_id: id, optional, label: plain(id), element: { action_id: id, ...element } };
}

const everyField = modal(
  field('stage', { type: 'static_select', options }, false),
  field('next_date', { type: 'datepicker', initial_date: '2026-11-23' }),
  field('next_time', { type: 'timepicker' }),
  field('how', { type: 'checkboxes', options }),
  field('mail', { type: 'email_text_input' }),
  field('site', { type: 'url_text_input' }),
  field('mileage', { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '999999' }),
  field('photos', { type: 'file_input', max_files: 1 }),
  { type: 'actions', block_id: 'quick', elements: [{ type: 'radio_buttons', action_id: 'warm', options }] },
);

async function opened(view: object = everyField) {
  const where = await boltOverHttp();
  const states: Record<string, Record<string, Record<string, unknown>>>[] = [];
  where.app.action('open', async ({ ack, body }) => {
    await where.web.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: view as never });
    await ack();
  });
  where.app.action('warm', async ({ ack }) => ack());
  where.app.view('status', async ({ ack, view: sent }) => {
    states.push(sent.state.values as never);
    await ack();
  });
  const { ts = '' } = await where.web.chat.postMessage({ channel: 'C0LEADS', text: 'x', blocks: card(button('open')) as never });
  const alice = where.simulator.as('U0ALICE');
  const clare = where.simulator.as('U0CLARE');
  await alice.click({ channel: 'C0LEADS', ts, action_id: 'open' });
  return { ...where, alice, clare, states, ts };
}

describe('a form as Slack’s client sends it', () => {
  it('has a state for every field, whatever its kind', async () => {
    const { alice, states } = await opened();
    const photo = alice.upload('avant.jpg', Buffer.from('x'));
    await alice.click({ action_id: 'warm' }, 'appointment');
    const shown = await alice.submit({
      stage: 'contacted',
      next_time: '18:30',
      how: ['appointment'],
      mail: 'a@example.org',
      mileage: '98000',
      photos: [photo.id],
    });
    expect(shown).toEqual({ ok: true });
    expect(states[0]).toMatchObject({
      stage: { stage: { type: 'static_select', selected_option: { value: 'contacted', text: { text: 'contacted' } } } },
      next_date: { next_date: { selected_date: '2026-11-23' } },
      next_time: { next_time: { selected_time: '18:30' } },
      how: { how: { selected_options: [{ value: 'appointment' }] } },
      mail: { mail: { value: 'a@example.org' } },
      site: { site: { value: null } },
      mileage: { mileage: { value: '98000' } },
      photos: { photos: { files: [{ id: photo.id, name: 'avant.jpg', mimetype: 'image/jpeg' }] } },
      quick: { warm: { selected_option: { value: 'appointment' } } },
    });
  });

  const refused: readonly [string, Record<string, unknown>, string][] = [
    ['a choice left empty', {}, 'stage'],
    ['a choice that is not offered', { stage: 'sold' }, 'stage'],
    ['a mail address', { stage: 'contacted', mail: 'nobody' }, 'mail'],
    ['a web address', { stage: 'contacted', site: 'javascript:a' }, 'site'],
    ['a number', { stage: 'contacted', mileage: '98 000' }, 'mileage'],
    ['a whole number', { stage: 'contacted', mileage: '9.5' }, 'mileage'],
    ['a small number', { stage: 'contacted', mileage: '0' }, 'mileage'],
    ['too many files', { stage: 'contacted', photos: ['F1', 'F2'] }, 'photos'],
  ];
  it.each(refused)('is not sent with %s', async (_name, entered, faulty) => {
    const { alice, states } = await opened();
    const shown = await alice.submit(entered);
    expect(shown.ok ? {} : Object.keys(shown.fields ?? {})).toEqual([faulty]);
    expect(states).toEqual([]);
  });

  it('keeps what was typed when the app redraws the form', async () => {
    const { alice, web } = await opened();
    await alice.submit({ stage: 'sold', mail: 'a@example.org' });
    const changed = { ...everyField, title: plain('Encore') };
    await web.views.update({ view_id: alice.modal()?.id ?? '', view: changed as never });
    expect(alice.modal()?.state.values.mail?.mail).toMatchObject({ value: 'a@example.org' });
  });

  it('shares no external id with another open form', async () => {
    const { simulator, clare, alice, ts, web, app } = await opened({ ...modal(), external_id: 'one' });
    void alice;
    clare.join('C0LEADS');
    const answers: string[] = [];
    app.action('other', async ({ ack, body }) => {
      answers.push(
        await answerOf(
          web.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: { ...modal(), external_id: 'one' } as never }),
        ),
      );
      await ack();
    });
    await web.chat.update({ channel: 'C0LEADS', ts, text: 'y', blocks: card(button('other')) as never });
    await clare.click({ channel: 'C0LEADS', ts, action_id: 'other' });
    expect(answers).toEqual(['duplicate_external_id']);
    expect(simulator.views('U0CLARE')).toEqual([]);
  });

  it('speaks to each person in their language', async () => {
    const { alice, clare } = await opened(modal());
    expect(await alice.command('C0LEADS', '/nope')).toMatchObject({ sentence: expect.stringContaining('n’est pas') });
    expect(await clare.command('C0LEADS', '/nope')).toMatchObject({ sentence: expect.stringContaining('is not') });
  });
});

describe('the Home tab', () => {
  it('is published for one person, replaced by hash, and can be acted upon', async () => {
    const { web, simulator, app } = await boltOverHttp();
    const home = (value: string) => ({ type: 'home', blocks: card(button('lead.open', value)) });
    const { view } = await web.views.publish({ user_id: 'U0ALICE', view: home('1') as never });
    expect(await answerOf(web.views.publish({ user_id: 'U0ALICE', view: home('2') as never, hash: 'stale' }))).toBe('hash_conflict');
    await web.views.publish({ user_id: 'U0ALICE', view: home('2') as never, hash: view?.hash ?? '' });
    const heard: unknown[] = [];
    app.action('lead.open', async ({ ack, body, action }) => {
      heard.push((body as unknown as { container: { type: string } }).container.type, (action as { value: string }).value);
      await ack();
    });
    await simulator.as('U0ALICE').click({ action_id: 'lead.open' });
    expect(heard).toEqual(['view', '2']);
    expect(simulator.as('U0BRUNO').home()).toBeNull();
  });
});

describe('reactions', () => {
  it('are counted once for each person, and are no edit of the message', async () => {
    const { web, simulator } = await boltOverHttp();
    const { ts = '' } = await web.chat.postMessage({ channel: 'C0LEADS', text: 'x' });
    simulator.as('U0ALICE').react('C0LEADS', ts, 'tada');
    await web.reactions.add({ channel: 'C0LEADS', timestamp: ts, name: 'tada' });
    expect(await answerOf(web.reactions.add({ channel: 'C0LEADS', timestamp: ts, name: 'tada' }))).toBe('already_reacted');
    expect(simulator.messages('C0LEADS')[0]?.reactions).toEqual([{ name: 'tada', users: ['U0ALICE', 'U0BOT'], count: 2 }]);
    expect(simulator.deliveries.some((one) => (one.body.event as { subtype?: string }).subtype === 'message_changed')).toBe(false);
  });
});
