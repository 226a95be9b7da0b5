import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { links, pings } from '../../src/sandbox/slack/index.js';
import { everyMessage } from '../support/everything.js';
import { forgeSubmission } from '../support/forge.js';
import { adfDocument, freshId, HOSTILE, HOSTILE_AND_LONG, jsonLead, mailLead } from '../support/leads.js';
import { type Running, run } from '../support/running.js';
import { arrived, card, LYON, type Message, privately, stored, whispered, words } from '../support/seen.js';

let house: Running;
beforeAll(async () => {
  house = await run();
});
afterAll(() => house?.stop());

/** Nobody is notified, nothing leads anywhere, nothing hides or reorders what is read. */
function expectHarmless(message: Message): void {
  expect(pings(message)).toEqual([]);
  expect(links(message).filter((link) => !/^(tel:\+\d+|mailto:hostile@example\.org)$/.test(link))).toEqual([]);
  expect(JSON.stringify(message)).not.toMatch(/\\u0000|[\u202a-\u202e\u2066-\u2069]/);
}

async function expectHarmlessCard({ id, card: shown }: { id: string; card: Message }): Promise<void> {
  expectHarmless(shown);
  expect(links(shown)).toEqual([]);
  const text = words(shown);
  for (const readable of ['*bold*', 'مرحبا', 'Bank']) expect(text).toContain(readable);
  expect(text).toMatch(/😀/);

  const heard = privately(house, 'U0ALICE').length;
  expect(await house.slack.as('U0ALICE').click({ channel: LYON, ts: shown.ts, action_id: 'claim.take' })).toEqual({ ok: true });
  expectHarmless(await whispered(house, 'U0ALICE', '*bold*', heard));
  expectHarmless(await card(house, LYON, id, (one) => words(one).includes('Pris par')));
  const read = privately(house, 'U0ALICE').length;
  expect(await house.slack.as('U0ALICE').click({ channel: LYON, ts: shown.ts, action_id: 'lead.history' })).toEqual({ ok: true });
  expectHarmless(await whispered(house, 'U0ALICE', 'Historique', read));
}

describe('a lead made of attacks pings nobody, links nowhere, and is readable', () => {
  it('as JSON', async () => {
    const text = HOSTILE_AND_LONG;
    await expectHarmlessCard(
      await arrived(
        house,
        jsonLead({
          externalId: `${text}${freshId()}`,
          customer: {
            name: text,
            firstName: text,
            lastName: text,
            company: text,
            city: text,
            postalCode: text,
            preferredContact: text,
            email: 'hostile@example.org',
            phone: text,
            consent: { text },
          },
          interest: {
            type: text,
            make: text,
            model: text,
            version: text,
            stockNumber: text,
            vin: text,
            plate: text,
            url: text,
            photoUrl: text,
            comments: text,
          },
          tradeIn: { make: text, model: text, version: text, plate: text, comments: text },
          message: text,
          page: text,
          campaign: text,
        }),
      ),
    );
  });

  it('as a form', async () => {
    const fields = [
      'customer.name',
      'customer.city',
      'interest.make',
      'interest.model',
      'interest.version',
      'interest.stockNumber',
      'tradeIn.make',
      'message',
    ];
    const form = new URLSearchParams(fields.map((field): [string, string] => [field, HOSTILE_AND_LONG]));
    form.set('customer.email', 'hostile@example.org');
    const answer = await house.send('callcentre', form.toString(), { 'content-type': 'application/x-www-form-urlencoded' });
    const { leads } = (await answer.json()) as { leads: { id: string }[] };
    const id = leads[0]?.id ?? '';
    await expectHarmlessCard({ id, card: await card(house, LYON, id) });
  });

  it('as ADF, its field names included', async () => {
    // XML 1.0 cannot carry NUL nor lone surrogates at all.
    const text = HOSTILE_AND_LONG.replaceAll('\u0000', '').toWellFormed();
    const document = adfDocument({ id: freshId('adf'), name: text, email: 'hostile@example.org', make: text, model: text, comments: text });
    const answer = await house.send('callcentre', document, { 'content-type': 'application/xml' });
    const { leads } = (await answer.json()) as { leads: { id: string }[] };
    const id = leads[0]?.id ?? '';
    await expectHarmlessCard({ id, card: await card(house, LYON, id) });
  });

  it('as mail', async () => {
    const text = HOSTILE_AND_LONG.toWellFormed();
    const mail = mailLead({
      messageId: `<${freshId('mail')}@example.org>`,
      from: `"${HOSTILE.replaceAll('"', '').slice(0, 60)}" <hostile@example.org>`,
      subject: '<!channel> *bold*',
      text,
    });
    const answer = await house.send('callcentre', mail, { 'content-type': 'message/rfc822' });
    const { leads } = (await answer.json()) as { leads: { id: string }[] };
    const id = leads[0]?.id ?? '';
    await expectHarmlessCard({ id, card: await card(house, LYON, id) });
  });

  it('as bytes that nobody can read', async () => {
    const answer = await house.send('callcentre', `{"broken": ${HOSTILE_AND_LONG}`);
    const { leads } = (await answer.json()) as { leads: { id: string; tier: string }[] };
    expect(leads).toMatchObject([{ tier: 'raw' }]);
    expectHarmless(await card(house, LYON, leads[0]?.id ?? ''));
  });
});

describe('/lead add with attacks in every field', () => {
  it('takes what a client can send', async () => {
    const sophie = house.slack.as('U0SOPHIE');
    expect(await sophie.command(LYON, '/lead add')).toEqual({ ok: true });
    const form = await house.slack.until(() => sophie.modal());
    const texts = form.blocks.flatMap((block) => {
      const { element } = block as { element?: { type?: string; max_length?: number } };
      return element?.type === 'plain_text_input' ? [[String(block.block_id), HOSTILE.slice(0, element.max_length ?? 3_000)] as const] : [];
    });
    const wrong = await sophie.submit(Object.fromEntries(texts));
    expect(wrong).toMatchObject({
      ok: false,
      fields: {
        'customer.phone': expect.any(String),
        'customer.email': expect.any(String),
        'interest.year': expect.any(String),
        'interest.price': expect.any(String),
      },
    });
    const numbers = {
      'customer.phone': '',
      'customer.email': 'hostile@example.org',
      'interest.year': '',
      'interest.price': '',
      'tradeIn.year': '',
      'tradeIn.mileage': '',
    };
    const ids = new Set((await house.app.store.db.lead.findMany({ select: { id: true } })).map((lead) => lead.id));
    expect(await sophie.submit(numbers)).toEqual({ ok: true });
    const lead = (await house.app.store.db.lead.findMany({ where: { sourceId: 'by-hand' } })).find((one) => !ids.has(one.id));
    const shown = await card(house, LYON, lead?.id ?? '');
    expectHarmless(shown);
    expect(words(shown)).toContain('*bold*');
  });

  it('takes what no client would send: too much, NUL, half a character', async () => {
    const subject = 'new:01a20361-48be-73dc-a37f-6d18355247aa';
    const long = await forgeSubmission(house, {
      user: 'U0SOPHIE',
      subject,
      values: { 'customer.name': 'x'.repeat(100_000), message: HOSTILE_AND_LONG },
    });
    expect(long).toMatchObject({
      status: 200,
      answer: {
        response_action: 'errors',
        errors: { 'customer.name': expect.stringContaining('200'), message: expect.stringContaining('3000') },
      },
    });
    const odd = await forgeSubmission(house, {
      user: 'U0SOPHIE',
      subject,
      values: { 'customer.name': `${HOSTILE.slice(0, 150)}\u0000\ud800`, message: '\u0000\ud83d' },
    });
    expect(odd).toEqual({ status: 200, answer: null });
    const shown = await card(house, LYON, subject.slice(4));
    expectHarmless(shown);
    expect((await stored(house, subject.slice(4))).name).not.toContain('\u0000');
  });
});

it('of all the messages there are, not one pings or leads anywhere', () => {
  for (const message of everyMessage(house)) expectHarmless(message);
});
