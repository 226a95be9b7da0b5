import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../../src/app.js';
import { createLogger, createMetrics } from '../../src/observe.js';
import { jsonLead } from '../support/leads.js';
import { owned } from '../support/owned.js';
import { configFor, type Running, run, SEED } from '../support/running.js';
import { ANNECY, arrived, buttons, card, LYON, plainly, privately, SOON, sendLead, whispered, words } from '../support/seen.js';

const seed = {
  ...SEED,
  users: [...SEED.users, { id: 'U0STRANGER', name: 'marcel', realName: 'Marcel Inconnu', locale: 'fr-FR', tz: 'Europe/Paris' }],
};

let house: Running;
beforeAll(async () => {
  house = await run({ seed, simulator: { rate: 'off' } });
});
afterAll(() => house.stop());

const page = (user: string) => plainly(words(house.slack.as(user).home() ?? {}));
const shows = (user: string, says: string | RegExp) =>
  house.slack.until(() => (typeof says === 'string' ? page(user).includes(says) : says.test(page(user))), SOON);
const published = (user: string) =>
  house.slack.requests().filter(({ method, args }) => method === 'views.publish' && String(args.user_id) === user).length;

/** Somebody opens the Home tab and sees this. */
async function opens(user: string, says: string | RegExp): Promise<void> {
  house.slack.as(user).openHome();
  await shows(user, says);
}

describe('the Home tab', () => {
  it.each([
    ['U0ALICE', "Aucun lead n'est à vous. Appuyez sur « Je prends » sur une carte."],
    ['U0CHLOE', 'No lead is yours. Press “Claim” on a card.'],
    ['U0MARTINE', 'Rien à signaler'],
    ['U0OMAR', 'Aucune estimation à donner'],
    ['U0STRANGER', "Vous n'appartenez à aucune concession ici"],
  ])('of %s, opened before anything has happened, says so', async (user, says) => {
    await opens(user, says);
  });

  it('follows what others do, without being opened again', async () => {
    const { id, card: shown } = await arrived(house, jsonLead({ dealership: 'lyon' }));
    await shows('U0MARTINE', /1 sans titulaire[\s\S]*Sans titulaire \(1\)/);
    await house.slack.as('U0ALICE').click({ channel: LYON, ts: shown.ts, action_id: 'claim.take' });
    await card(house, LYON, id, (one) => buttons(one).includes('status.open'));
    await shows('U0ALICE', /1 lead[\s\S]*Brigitte M\./);
    await shows('U0MARTINE', 'Rien à signaler');
    expect(page('U0CHLOE')).toContain('No lead is yours');
    expect(page('U0STRANGER')).not.toContain('Brigitte');
  });

  it('speaks English to those who do, about their own site alone', async () => {
    await owned(house, 'U0CHLOE', ANNECY);
    await shows('U0CHLOE', /My leads[\s\S]*1 lead[\s\S]*nothing planned/);
    expect(page('U0ALICE')).not.toContain('Annecy');
  });

  it('has buttons that act, and answers them in private', async () => {
    const alice = house.slack.as('U0ALICE');
    expect(buttons(alice.home() ?? {})).toEqual(['status.open', 'lead.contact']);
    const heard = privately(house, 'U0ALICE').length;
    await alice.click({ view: String(alice.home()?.id), action_id: 'lead.contact' });
    await whispered(house, 'U0ALICE', /Brigitte Moreau/, heard);
    await alice.click({ view: String(alice.home()?.id), action_id: 'status.open' });
    const form = await house.slack.until(() => alice.modal(), SOON);
    expect(form.callback_id).toBe('status');
    await alice.close(true);
  });

  it('refuses, in private, what somebody else pressed there', async () => {
    await opens('U0BRUNO', 'Aucun lead');
    const { card: shown, id } = await arrived(house, jsonLead({ dealership: 'lyon' }));
    await shows('U0MARTINE', 'Sans titulaire (1)');
    const martine = house.slack.as('U0MARTINE');
    const view = String(martine.home()?.id);
    await house.slack.as('U0BRUNO').click({ channel: LYON, ts: shown.ts, action_id: 'claim.take' });
    await card(house, LYON, id, (one) => one.text.includes('Bruno'));
    const heard = privately(house, 'U0MARTINE').length;
    // Perhaps drawn anew already: then the button is gone, as a person would see.
    const pressed = await martine.click({ view, action_id: 'claim.take' });
    if (pressed.ok) await whispered(house, 'U0MARTINE', 'Bruno Petit', heard);
    expect(await house.app.store.db.lead.findUniqueOrThrow({ where: { id } })).toMatchObject({ ownerId: 'bruno' });
  });

  it('is drawn anew a few times, however much happens at once', async () => {
    await opens('U0MARTINE', 'Tableau de bord');
    const before = published('U0MARTINE');
    await Promise.all(Array.from({ length: 50 }, () => sendLead(house, jsonLead({ dealership: 'annecy' }))));
    await shows('U0MARTINE', /50 sans titulaire/);
    expect(published('U0MARTINE') - before).toBeLessThanOrEqual(4);
    expect((house.slack.as('U0MARTINE').home()?.blocks ?? []).length).toBeLessThanOrEqual(100);
  });

  it('is not sent again when nothing on it has changed', async () => {
    const opened = published('U0STRANGER') + 1;
    house.slack.as('U0STRANGER').openHome();
    await house.slack.until(() => published('U0STRANGER') === opened, SOON);
    await owned(house, 'U0ALICE', LYON);
    await shows('U0ALICE', '2 leads');
    expect(published('U0STRANGER')).toBe(opened);
  });

  it('is shown over whatever another process has shown meanwhile', async () => {
    const other = { type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'older' } }] };
    const body = new URLSearchParams({ user_id: 'U0ALICE', view: JSON.stringify(other) });
    const headers = { authorization: `Bearer ${SEED.botToken}` };
    await fetch(`${house.apiUrl}views.publish`, { method: 'POST', body, headers });
    expect(page('U0ALICE')).toBe('older');
    await owned(house, 'U0ALICE', LYON);
    await shows('U0ALICE', '3 leads');
  });

  it('comes when Slack is back: refused for a while, down, or an answer lost', async () => {
    for (const effect of [
      { kind: 'ratelimited', retryAfter: 1 },
      { kind: 'status', status: 503, stored: false },
      { kind: 'lost', stored: true },
    ] as const) {
      const fault = house.slack.faults.add({ method: 'views.publish', times: 1, effect });
      const before = house.slack.as('U0CHLOE').home()?.hash;
      house.slack.as('U0CHLOE').openHome();
      await house.slack.until(() => fault.hits() === 1 && house.slack.as('U0CHLOE').home()?.hash !== before, SOON);
      await shows('U0CHLOE', 'My leads');
    }
  });

  it('that Slack will never take is left, and comes when it is opened again', async () => {
    house.slack.faults.add({ method: 'views.publish', times: 1, effect: { kind: 'error', error: 'not_enabled' } });
    house.slack.as('U0OMAR').openHome();
    await expect.poll(() => house.log.some((line) => line.includes('not_enabled')), { timeout: SOON }).toBe(true);
    await opens('U0OMAR', 'Aucune estimation');
  });
});

if (process.env.TEST_DATABASE_URL)
  describe('with a second program on the same database', () => {
    it('the Home is still drawn a few times, and tells all', async () => {
      const second = await startSecond(await sameDatabase());
      try {
        await opens('U0MARTINE', 'Tableau de bord');
        const waiting = await house.app.store.db.lead.count({ where: { stage: 'new' } });
        const before = published('U0MARTINE');
        await Promise.all(Array.from({ length: 50 }, () => sendLead(house, jsonLead({ dealership: 'lyon' }))));
        await shows('U0MARTINE', `${waiting + 50} sans titulaire`);
        expect(published('U0MARTINE') - before).toBeLessThanOrEqual(4);
      } finally {
        await second.stop();
      }
    });
  });

/** The database the house runs on. */
async function sameDatabase(): Promise<string> {
  const [row] = await house.app.store.db.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = `/${row?.name}`;
  return url.href;
}

/** A second program that works beside the first one. */
function startSecond(databaseUrl: string): Promise<App> {
  const config = { ...configFor(house.apiUrl), databaseUrl };
  return startApp({ config, logger: createLogger('silent', { write: () => {} }), metrics: createMetrics() });
}
