import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TeamsMessage } from '../../src/sandbox/teams/index.js';
import { everyObject } from '../platforms/teams/seen.js';
import { HOSTILE_AND_LONG, jsonLead } from '../support/leads.js';
import { buttons, card, facts, LYON, plainly, SOON, stored, whispered, words } from '../support/seen.js';
import {
  arrivedInTeams,
  type Both,
  buttonsIn,
  cardsInTeams,
  PATIENT_MS,
  readIn,
  runBoth,
  TEAMS_LYON,
  teamsCard,
  toldTo,
} from '../support/tenant.js';

let house: Both;
beforeAll(async () => {
  house = await runBoth();
}, PATIENT_MS);
afterAll(() => house?.stop());

const alice = () => house.teams.as('aad-alice');
const chatSays = (person: string, says: string | RegExp, after = 0) =>
  house.teams.until(
    () =>
      toldTo(house, person)
        .slice(after)
        .find((message) => (typeof says === 'string' ? readIn(message).includes(says) : says.test(readIn(message)))),
    SOON,
  );

/** A lead that Alice claimed in Teams. */
async function ownedByAlice(changes: Parameters<typeof jsonLead>[0] = {}) {
  const { id, card: shown } = await arrivedInTeams(house, jsonLead(changes));
  expect(await alice().click(shown, 'claim.take')).toMatchObject({ ok: true });
  return { id, card: await teamsCard(house, id, (one) => buttonsIn(one).includes('status.open')) };
}

describe('a lead of a dealership with a channel in Slack and in Teams', () => {
  it('stands in both, alike, and is claimed in Teams for both', async () => {
    const { id, card: shown } = await arrivedInTeams(house, jsonLead());
    const slack = await card(house, LYON, id);
    const read = plainly(readIn(shown));
    for (const part of ['VO · Citroën C3 Aircross 2022', '15 990 €', 'Brigitte M. (Lyon)', 'Site web', 'VO-8841', 'En attente']) {
      expect(read).toContain(part);
      expect(plainly(words(slack))).toContain(part);
    }
    expect(read).not.toContain('Moreau');
    expect(buttonsIn(shown)).toEqual(['claim.take']);

    const told = toldTo(house, 'aad-alice').length;
    expect(await alice().click(shown, 'claim.take')).toMatchObject({ ok: true, toast: 'C’est à vous.' });
    expect(await house.teams.as('aad-martine').click(shown, 'claim.take')).toMatchObject({
      ok: true,
      toast: expect.stringMatching(/^Trop tard/),
    });
    expect(readIn(await teamsCard(house, id, (one) => readIn(one).includes('Pris par')))).toContain('Pris par Alice Martin');
    expect(plainly(words(await card(house, LYON, id, (one) => words(one).includes('Pris par'))))).toContain('Pris par Alice Martin');
    const won = await chatSays('aad-alice', 'Brigitte Moreau', told);
    expect(everyObject(won).flatMap(({ url }) => (typeof url === 'string' ? [url] : []))).toContain('tel:+33639985678');
    expect(await stored(house, id)).toMatchObject({ ownerId: 'alice', stage: 'claimed' });
    expect(cardsInTeams(house, id)).toHaveLength(1);
  });

  it('is lost to whoever presses later, on either', async () => {
    const { id } = await ownedByAlice();
    const slack = await card(house, LYON, id, (one) => words(one).includes('Pris par'));
    const told = toldTo(house, 'aad-bruno').length;
    const verb = { action: { type: 'Action.Execute', verb: 'claim.take', data: { verb: 'claim.take', subject: id } } };
    await house.teams.forge('aad-bruno', TEAMS_LYON, { type: 'invoke', name: 'adaptiveCard/action', value: verb });
    expect(readIn(await chatSays('aad-bruno', /Alice Martin/, told))).toContain('Alice Martin');
    expect(buttons(slack)).not.toContain('claim.take');
    expect(await facts(house, id, 'claimed')).toHaveLength(1);
  });

  it('is claimed by a client that knows no executes', async () => {
    const { id, card: shown } = await arrivedInTeams(house, jsonLead());
    expect(await alice().click(shown, 'claim.take', {}, { old: true })).toMatchObject({ ok: true });
    expect(readIn(await teamsCard(house, id, (one) => readIn(one).includes('Pris par')))).toContain('Pris par Alice Martin');
  });

  it('has its form, whose faults lose nothing that was typed', async () => {
    const { id, card: shown } = await ownedByAlice();
    expect(await alice().click(shown, 'status.open')).toMatchObject({ ok: true, dialog: true });
    const past = { next_kind: 'call', next_date: '2020-03-02', next_time: '10:00' };
    const typed = { ...past, stage: 'contacted', contact: 'call', note: 'Rappeler {{DATE(2026-03-02T09:00:00Z)}} *demain*' };
    expect(await alice().submit(typed)).toMatchObject({ ok: true, dialog: true });
    const again = everyObject(alice().dialog()?.card);
    const value = (field: string) => again.find((object) => object.id === field)?.value;
    expect([value('stage'), value('contact'), value('note')]).toEqual(['contacted', 'call', typed.note]);
    expect(again.filter(({ color }) => color === 'Attention').length).toBeGreaterThan(0);
    expect(await stored(house, id)).toMatchObject({ stage: 'claimed' });

    expect(await alice().submit({ next_kind: 'call', next_date: '2099-03-02', next_time: '10:00' })).toEqual({ ok: true });
    expect(alice().dialog()).toBeNull();
    await expect.poll(async () => (await stored(house, id)).stage, { timeout: SOON }).toBe('contacted');
    await teamsCard(house, id, (one) => readIn(one).includes('Contacté'));
    const below = await house.teams.until(
      () =>
        alice()
          .replies(shown)
          .find((one) => readIn(one).includes('demain')),
      SOON,
    );
    expect(readIn(below)).toContain('*demain*');
  });

  it('shows its contact details and history to its owner alone', async () => {
    const { card: shown } = await ownedByAlice();
    expect(await alice().click(shown, 'lead.contact')).toMatchObject({ ok: true, dialog: true });
    expect(readIn({ attachments: [{ content: alice().dialog()?.card }] })).toContain('Brigitte Moreau');
    const bruno = house.teams.as('aad-bruno');
    expect(await bruno.click(shown, 'lead.contact')).toMatchObject({ ok: true, dialog: true });
    expect(readIn({ attachments: [{ content: bruno.dialog()?.card }] })).not.toContain('Moreau');
  });

  it('keeps what colleagues write below it, changed and taken back', async () => {
    const { id, card: shown } = await ownedByAlice();
    const said = alice().say(TEAMS_LYON, 'Elle préfère <le soir> & samedi', { under: shown.id });
    const texts = async () => (await house.app.store.db.note.findMany({ where: { leadId: id } })).map(({ text }) => text);
    await expect.poll(texts, { timeout: SOON }).toEqual(['Elle préfère <le soir> & samedi']);
    alice().edit(said, 'Elle préfère le matin');
    await expect.poll(texts, { timeout: SOON }).toEqual(['Elle préfère le matin']);
  });

  it('comes back when its card is deleted by hand', async () => {
    const { id, card: shown } = await arrivedInTeams(house, jsonLead());
    house.teams.as('aad-martine').remove(shown);
    expect((await teamsCard(house, id)).id).not.toBe(shown.id);
    expect(cardsInTeams(house, id)).toHaveLength(1);
  });
});

describe('words to the bot', () => {
  const chat = () => alice().chat();

  it.each(['aide', 'help', '/lead help', 'Lead  aide', 'n’importe quoi'])('are answered in the chat: "%s"', async (said) => {
    const told = toldTo(house, 'aad-alice').length;
    alice().say(chat(), said);
    expect(readIn(await chatSays('aad-alice', /lead/i, told))).not.toBe('');
  });

  it('say how commands are written here', async () => {
    const told = toldTo(house, 'aad-alice').length;
    alice().say(chat(), 'aide');
    const help = readIn(await chatSays('aad-alice', /cette liste/, told));
    expect(help).toContain('lead mes leads');
    expect(help).not.toContain('/lead');
  });

  it.each(['lead add', 'new lead', 'nouveau lead'])('open the form for a lead by hand, by a button: "%s"', async (said) => {
    const told = toldTo(house, 'aad-alice').length;
    alice().say(chat(), said);
    const opener = await house.teams.until(
      () =>
        toldTo(house, 'aad-alice')
          .slice(told)
          .find((one) => buttonsIn(one).length === 1),
      SOON,
    );
    const [button] = everyObject(opener.attachments).filter(({ type }) => type === 'Action.Submit');
    expect(await alice().click(opener, String(button?.title))).toMatchObject({ ok: true, dialog: true });
    expect(everyObject(alice().dialog()?.card).map(({ data }) => (data as { form?: string } | undefined)?.form)).toContain('lead');
    alice().close();
  });

  it('are heard in the channel where they mention it, and answered in the chat', async () => {
    const told = toldTo(house, 'aad-alice').length;
    const before = house.teams.messages(TEAMS_LYON).length;
    alice().say(TEAMS_LYON, 'aide', { mention: true });
    expect(readIn(await chatSays('aad-alice', /lead/i, told))).not.toBe('');
    expect(house.teams.messages(TEAMS_LYON)).toHaveLength(before + 1);
  });
});

/** Nobody is notified, nothing leads anywhere, nothing is read as Markdown or as a template, nothing hides. */
function expectHarmless(message: Pick<TeamsMessage, 'attachments'>, links: RegExp = /^$/): void {
  const objects = everyObject(message.attachments);
  const marked = objects.filter(({ type }) => ['TextBlock', 'FactSet', 'mention'].includes(String(type)));
  expect(marked).toEqual([]);
  expect(objects.flatMap(({ url }) => (typeof url === 'string' && !links.test(url) ? [url] : []))).toEqual([]);
  expect(JSON.stringify(message.attachments)).not.toMatch(/\{\{|\$\{|\\u0000|[\u202a-\u202e\u2066-\u2069]/);
  expect(2 * JSON.stringify(message.attachments).length).toBeLessThan(80 * 1_024);
}

describe('a lead made of attacks in Teams', () => {
  it('pings nobody, links nowhere, formats nothing, and is readable', async () => {
    const text = `{{DATE(2026-03-02T09:00:00Z, LONG)}} $${'{title}'} <at>Alice Martin</at> [Bank](https://evil.example.org) ${HOSTILE_AND_LONG}`;
    const customer = { name: text, firstName: text, lastName: text, city: text, email: 'hostile@example.org', phone: '06 39 98 00 12' };
    const { id, card: shown } = await arrivedInTeams(
      house,
      jsonLead({ customer, interest: { type: 'used', make: text, model: text, version: text }, message: text }),
    );
    expectHarmless(shown);
    expect(readIn(shown)).toContain('[Bank](https://evil.example.org)');
    const told = toldTo(house, 'aad-alice').length;
    await alice().click(shown, 'claim.take');
    expectHarmless(await chatSays('aad-alice', /Bank/, told), /^(tel:\+\d+|mailto:hostile@example\.org)$/);
    const claimed = await teamsCard(house, id, (one) => readIn(one).includes('Pris par'));
    expectHarmless(claimed);
    expect(await alice().click(claimed, 'lead.history')).toMatchObject({ ok: true, dialog: true });
    expectHarmless({ attachments: [{ content: alice().dialog()?.card }] });
  });
});

it('logged nothing of anybody, and nothing as an error', () => {
  const log = house.log.join('');
  for (const private_ of ['Brigitte', 'Moreau', '39 98 56 78', '+33639985678', 'Alice Martin', 'samedi', 'hostile@example.org'])
    expect(log).not.toContain(private_);
  expect(house.log.filter((line) => line.includes('"level":50'))).toEqual([]);
});

it('whispers in Slack to whoever pressed there', async () => {
  const { id } = await arrivedInTeams(house, jsonLead());
  const slack = await card(house, LYON, id);
  await house.slack.as('U0BRUNO').click({ channel: LYON, ts: slack.ts, action_id: 'claim.take' });
  await whispered(house, 'U0BRUNO', 'Brigitte Moreau');
});
