import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { abandoning, WHY } from '../support/abandoning.js';
import { forgeClick, forgeSubmission } from '../support/forge.js';
import { type Running, run } from '../support/running.js';
import { ANNECY, buttons, card, facts, LYON, MANAGERS_LYON, privately, said, stored, whispered } from '../support/seen.js';

let house: Running;
beforeAll(async () => {
  house = await run({ simulator: { rate: 'off' } });
});
afterAll(() => house?.stop());

describe('the only manager of a dealership', () => {
  it('may decide what she asked for herself', async () => {
    const alone = await run({ simulator: { rate: 'off' }, edit: (yaml) => yaml.replace(/^.*id: didier.*$/m, '') });
    try {
      const { owned, asked, formOf, requestCard } = abandoning(() => alone);
      const lead = await owned('U0ALICE');
      const request = await asked(lead, 'U0MARTINE');
      const { person } = await formOf('U0MARTINE', request, 'abandon.approve');
      expect(await person.submit({})).toEqual({ ok: true });
      const over = await card(alone, LYON, lead.id, (one) => said(one, 'Abandonné : Injoignable'));
      expect(buttons(over)).toEqual([]);
      await requestCard(MANAGERS_LYON, request.id, (one) => buttons(one).length === 0);
    } finally {
      await alone.stop();
    }
  });
});

describe('a form that cannot be taken', () => {
  it.each([
    ['U0ALICE', LYON, /déjà demandé/, "L'abandon de ce lead est déjà demandé"],
    ['U0CHLOE', ANNECY, /already/, 'Abandonment of this lead is asked for already'],
  ] as const)('is about nothing, somebody else’s, or what is asked for already: %s reads so', async (user, channel, again, pending) => {
    const lead = await abandoning(() => house).owned(user, channel);
    const values = { reason: 'unreachable', justification: WHY };
    const send = async (subject = lead.id, by: string = user) =>
      (await forgeSubmission(house, { user: by, id: 'abandon', subject, values })).answer;
    for (const subject of ['', 'x', `${lead.id}:approve`, '01a20361-48be-73dc-a37f-6d18355247bb'])
      expect(await send(subject)).toMatchObject({ response_action: 'errors' });
    expect(await send(lead.id, 'U0OMAR')).toMatchObject({ response_action: 'errors' });
    expect(await facts(house, lead.id, 'abandon-asked')).toEqual([]);

    expect(await send()).toBeNull();
    expect(await send()).toMatchObject({ response_action: 'errors', errors: { reason: expect.stringMatching(again) } });
    await house.slack.as(user).click({ ...lead, action_id: 'abandon.open' });
    await whispered(house, user, pending);
    expect(await facts(house, lead.id, 'abandon-asked')).toHaveLength(1);
  });

  it('forged buttons find nothing', async () => {
    const lead = await abandoning(() => house).owned('U0ALICE');
    for (const value of [lead.id, 'x', "' OR 1=1"]) {
      const before = privately(house, 'U0MARTINE').length;
      await forgeClick(house, { user: 'U0MARTINE', channel: LYON, action: 'abandon.approve', value });
      await whispered(house, 'U0MARTINE', "Ce bouton n'est plus à jour", before);
    }
    expect(await stored(house, lead.id)).toMatchObject({ stage: 'claimed' });
  });
});
