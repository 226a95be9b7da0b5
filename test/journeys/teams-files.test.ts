import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg } from '../support/appraisals.js';
import { jsonLead } from '../support/leads.js';
import { facts, SOON, stored } from '../support/seen.js';
import { arrivedInTeams, type Both, buttonsIn, PATIENT_MS, readIn, runBoth, teamsCard, toldTo } from '../support/tenant.js';

let house: Both;
beforeAll(async () => {
  house = await runBoth();
}, PATIENT_MS);
afterAll(() => house?.stop());

/** A lead that somebody claimed in Teams. */
async function ownedBy(person: string) {
  const { id, card } = await arrivedInTeams(house, jsonLead());
  expect(await house.teams.as(person).click(card, 'claim.take')).toMatchObject({ ok: true });
  await teamsCard(house, id, (one) => buttonsIn(one).includes('status.open'));
  return { id, card };
}

/** Sends files to the bot itself, and waits until it says so. */
async function send(person: string, names: readonly string[], says: string): Promise<void> {
  const sender = house.teams.as(person);
  const before = toldTo(house, person).length;
  const files = await Promise.all(names.map(async (name, n) => sender.upload(name, await jpeg(60 + n))));
  sender.say(sender.chat(), 'Les photos', { files });
  const answers = () => toldTo(house, person).slice(before);
  await house.teams.until(() => answers().some((one) => readIn(one).includes(says)), SOON);
}

describe('files sent to the bot itself', () => {
  it('are kept by nobody who has no lead, who reads so', async () => {
    await send('aad-martine', ['avant.jpg'], 'ces fichiers ne sont pas gardés');
    expect(await house.app.store.db.photo.count()).toBe(0);
  });

  it('belong to the one lead somebody works on, and are shown in its thread', async () => {
    const { id, card } = await ownedBy('aad-alice');
    await send('aad-alice', ['avant.jpg', 'arrière.jpg'], '2 fichiers pour VO · Citroën C3 Aircross');
    await expect.poll(() => facts(house, id, 'photo'), { timeout: SOON }).toHaveLength(2);
    const shown = await house.teams.until(
      () =>
        house.teams
          .as('aad-alice')
          .replies(card)
          .find((one) => readIn(one).includes('2 photos envoyées par Alice Martin')),
      SOON,
    );
    expect(shown).toBeDefined();
    expect(await stored(house, id)).toMatchObject({ ownerId: 'alice' });
  });

  it('are nobody’s guess where several leads are open', async () => {
    await ownedBy('aad-alice');
    const photos = await house.app.store.db.photo.count();
    await send('aad-alice', ['gauche.jpg'], 'Vous avez plusieurs leads en cours');
    expect(await house.app.store.db.photo.count()).toBe(photos);
  });
});
