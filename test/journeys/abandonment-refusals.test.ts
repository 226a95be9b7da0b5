import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { abandoning, dayAfter, WHY } from '../support/abandoning.js';
import { forgeClick, forgeSubmission } from '../support/forge.js';
import { type Running, run } from '../support/running.js';
import { ANNECY, buttons, card, facts, LYON, MANAGERS_LYON, privately, said, stored, whispered } from '../support/seen.js';

/** In `en`, Martine reads English, and is the only manager there is. */
const houses = {} as { fr: Running; en: Running };
beforeAll(async () => {
  houses.fr = await run({ simulator: { rate: 'off' } });
  houses.en = await run({ simulator: { rate: 'off' }, edit: alone });
});
afterAll(async () => {
  await houses.fr?.stop();
  await houses.en?.stop();
});

function alone(yaml: string): string {
  return yaml.replace(/^.*id: didier.*$/m, '').replace('name: Martine Leroy,', 'name: Martine Leroy, language: en,');
}

describe('the only manager of a dealership', () => {
  it('may decide what he asked for himself', async () => {
    const house = houses.en;
    const { owned, asked, formOf, requestCard } = abandoning(() => house);
    const lead = await owned('U0ALICE');
    const request = await asked(lead, 'U0MARTINE');
    const { person } = await formOf('U0MARTINE', request, 'abandon.approve');
    expect(await person.submit({})).toEqual({ ok: true });
    const over = await card(house, LYON, lead.id, (one) => said(one, 'Abandonné : Injoignable'));
    expect(buttons(over)).toEqual([]);
    await requestCard(MANAGERS_LYON, request.id, (one) => buttons(one).length === 0);
  });
});

describe('a form that cannot be taken', () => {
  it.each([
    ['U0ALICE', LYON, /Choisissez un motif/, /au moins 10 caractères/, /3\s000 caractères au plus/],
    ['U0CHLOE', ANNECY, /Choose a reason/, /at least 10 characters/, /At most 3,000 characters/],
  ] as const)('abandon: %s reads why under each field', async (user, channel, reason, short, long) => {
    const house = houses.fr;
    const lead = await abandoning(() => house).owned(user, channel);
    const send = async (values: Record<string, string>, subject = lead.id, by: string = user) =>
      (await forgeSubmission(house, { user: by, id: 'abandon', subject, values })).answer;
    const errors = (fields: object) => ({ response_action: 'errors', errors: fields });
    expect(await send({ reason: 'because', justification: 'court' })).toMatchObject(
      errors({ reason: expect.stringMatching(reason), justification: expect.stringMatching(short) }),
    );
    expect(await send({ justification: `${' '.repeat(40)}123456789 ` })).toMatchObject(
      errors({ justification: expect.stringMatching(short) }),
    );
    for (const text of ['x'.repeat(3_001), 'x'.repeat(100_000)])
      expect(await send({ reason: 'unreachable', justification: text })).toMatchObject(
        errors({ justification: expect.stringMatching(long) }),
      );
    for (const subject of ['', 'x', `${lead.id}:approve`, '01a20361-48be-73dc-a37f-6d18355247bb'])
      expect(await send({ reason: 'unreachable', justification: WHY }, subject)).toMatchObject({ response_action: 'errors' });
    expect(await send({ reason: 'unreachable', justification: WHY }, lead.id, 'U0OMAR')).toMatchObject({ response_action: 'errors' });
    expect(await facts(house, lead.id, 'abandon-asked')).toEqual([]);

    expect(await send({ reason: 'unreachable', justification: WHY })).toBeNull();
    expect(await send({ reason: 'unreachable', justification: WHY })).toMatchObject(
      errors({ reason: expect.stringMatching(/déjà demandé|already/) }),
    );
    await house.slack.as(user).click({ ...lead, action_id: 'abandon.open' });
    await whispered(house, user, /L'abandon de ce lead est déjà demandé|Abandonment of this lead is asked for already/);
    expect(await facts(house, lead.id, 'abandon-asked')).toHaveLength(1);
  });

  it.each([
    [
      'fr',
      /Dites ce que/,
      /Choisissez un collègue/,
      /Choisissez le jour/,
      /un jour qui existe/,
      /un jour à venir/,
      /dans les deux ans/,
      /n’existe plus ici/,
    ],
    [
      'en',
      /Say what/,
      /Choose a colleague/,
      /Choose the day/,
      /a day that exists/,
      /a later day/,
      /next two years/,
      /no longer exists here/,
    ],
  ] as const)(
    'abandon_decision, in %s: a sentence under each field',
    async (language, comment, colleague, none, unreal, past, far, gone) => {
      const { owned, asked } = abandoning(() => houses[language]);
      const house = houses[language];
      const lead = await owned('U0ALICE');
      const target = (await asked(lead, 'U0ALICE')).id;
      const send = async (outcome: string, values: Record<string, string> = {}, id = target) =>
        (
          await forgeSubmission(house, {
            user: 'U0MARTINE',
            id: 'abandon_decision',
            subject: `${id}:${outcome}`,
            values: { comment: '', ...values },
          })
        ).answer;
      const under = (field: string, says: RegExp) => ({ response_action: 'errors', errors: { [field]: expect.stringMatching(says) } });
      expect(await send('sendback', { comment: ' \n ' })).toMatchObject(under('comment', comment));
      expect(await send('approve', { comment: 'x'.repeat(100_000) })).toMatchObject(under('comment', /3[,\s]000/));
      for (const who of ['', 'alice', 'omar', 'chloe', 'nobody', '__proto__'])
        expect(await send('handover', { colleague: who })).toMatchObject(under('colleague', colleague));
      expect(await send('recycle', {})).toMatchObject({ response_action: 'errors' });
      expect(await send('recycle', { recycle_date: '' })).toMatchObject(under('recycle_date', none));
      for (const day of ['2027-02-30', 'NaN', '-5', '1e12', '2027-1-1'])
        expect(await send('recycle', { recycle_date: day })).toMatchObject(under('recycle_date', unreal));
      for (const day of [dayAfter(-1), '1999-01-01'])
        expect(await send('recycle', { recycle_date: day })).toMatchObject(under('recycle_date', past));
      expect(await send('recycle', { recycle_date: '9999-12-31' })).toMatchObject(under('recycle_date', far));
      for (const [outcome, id] of [
        ['burn', target],
        ['approve:x', target],
        ['approve', 'x'],
        ['approve', lead.id],
      ] as const)
        expect(await send(outcome, {}, id)).toMatchObject(under('comment', gone));
      expect((await house.app.store.db.decision.findUniqueOrThrow({ where: { id: target } })).decidedAt).toBeNull();
    },
  );

  it('forged buttons find nothing', async () => {
    const house = houses.fr;
    const lead = await abandoning(() => house).owned('U0ALICE');
    for (const value of [lead.id, 'x', "' OR 1=1"]) {
      const before = privately(house, 'U0MARTINE').length;
      await forgeClick(house, { user: 'U0MARTINE', channel: LYON, action: 'abandon.approve', value });
      await whispered(house, 'U0MARTINE', "Ce bouton n'est plus à jour", before);
    }
    expect(await stored(house, lead.id)).toMatchObject({ stage: 'claimed' });
  });
});
