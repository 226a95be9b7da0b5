import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLead } from '../support/leads.js';
import { type Running, run } from '../support/running.js';
import { arrived, buttons, card, facts, LYON, OWNED, plainly, SOON, stored, whispered, words } from '../support/seen.js';

let house: Running;
beforeAll(async () => {
  house = await run({ socketMode: true, simulator: { eventsUrl: () => 'http://127.0.0.1:1/nowhere' } });
});
afterAll(() => house?.stop());

const press = (user: string, ts: string, action: string) => house.slack.as(user).click({ channel: LYON, ts, action_id: action });

describe('the same journey in Socket Mode', () => {
  it('a lead comes in, is claimed, and its contact and history are read', async () => {
    const { id, card: waiting } = await arrived(house, jsonLead());
    expect(await Promise.all([press('U0ALICE', waiting.ts, 'claim.take'), press('U0BRUNO', waiting.ts, 'claim.take')])).toEqual([
      { ok: true },
      { ok: true },
    ]);
    const [winner, loser, name] =
      (await stored(house, id)).ownerId === 'alice' ? ['U0ALICE', 'U0BRUNO', 'Alice Martin'] : ['U0BRUNO', 'U0ALICE', 'Bruno Petit'];
    const claimed = await card(house, LYON, id, (one) => plainly(words(one)).includes(`Pris par ${name}`));
    expect(claimed.ts).toBe(waiting.ts);
    await whispered(house, winner, 'Brigitte Moreau');
    await whispered(house, loser, `${name} a été plus rapide`);
    expect(await facts(house, id, 'claimed')).toHaveLength(1);
    expect(buttons(claimed)).toEqual(OWNED);
    expect(await press('U0MARTINE', waiting.ts, 'lead.contact')).toEqual({ ok: true });
    expect(plainly(words(await whispered(house, 'U0MARTINE', 'Brigitte Moreau')))).toContain('06 39 98 56 78');
    expect(await press(winner, waiting.ts, 'lead.history')).toEqual({ ok: true });
    await whispered(house, winner, /Arrivé par Site web.*Pris par/s);
    expect(house.slack.deliveries.every((delivery) => delivery.via === 'socket')).toBe(true);
  });

  it('forms and commands work as over HTTP', async () => {
    const sophie = house.slack.as('U0SOPHIE');
    expect(await sophie.command(LYON, '/lead help')).toEqual({ ok: true });
    await whispered(house, 'U0SOPHIE', 'Ce que vous pouvez faire ici');
    expect(await sophie.command(LYON, '/lead add')).toEqual({ ok: true });
    await house.slack.until(() => sophie.modal(), SOON);
    expect(await sophie.submit({ 'customer.name': 'Zoé Lefèvre', 'customer.phone': '12' })).toMatchObject({
      ok: false,
      fields: { 'customer.phone': expect.any(String) },
    });
    expect(await sophie.submit({ 'customer.phone': '06 39 98 11 22' })).toEqual({ ok: true });
    await house.slack.until(() => house.slack.messages(LYON).find((message) => words(message).includes('Zoé L.')), SOON);
  });

  it('a broken connection is opened again', async () => {
    const { card: waiting, id } = await arrived(house, jsonLead());
    house.slack.sockets.drop();
    await house.slack.until(() => house.slack.sockets.connected() === 0, SOON);
    await house.slack.until(() => house.slack.sockets.connected() === 1, SOON);
    expect(await press('U0ALICE', waiting.ts, 'claim.take')).toEqual({ ok: true });
    await card(house, LYON, id, (one) => plainly(words(one)).includes('Pris par Alice Martin'));
  });

  it('signed requests over HTTP are not taken', async () => {
    const answer = await fetch(`${house.app.url}/slack/events`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(404);
  });
});
