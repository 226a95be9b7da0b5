import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLead } from '../support/leads.js';
import { SOON, sendLead } from '../support/seen.js';
import { type Both, buttonsIn, PATIENT_MS, readIn, runBoth, teamsCard, toldTo } from '../support/tenant.js';

let house: Both;
beforeAll(async () => {
  house = await runBoth({ without: 'slack' });
}, PATIENT_MS);
afterAll(() => house?.stop());

const pages = (person: string) => toldTo(house, person).filter((one) => /^(Mes leads|Tableau de bord|À estimer|Vous n)/.test(readIn(one)));
const page = (person: string) => readIn(pages(person)[0]);
const shows = (person: string, says: RegExp) => house.teams.until(() => says.test(page(person)), SOON);

describe('the chat with the bot', () => {
  it.each([
    ['aad-alice', /Mes leads Aucun lead n[’']est à vous/],
    ['aad-chloe', /Vous n[’']appartenez à aucune concession ici/],
    ['aad-martine', /Tableau de bord Rien à signaler/],
  ])('of %s shows their own page once the bot is installed', async (person, says) => {
    await shows(person, says);
    expect(toldTo(house, person)).toHaveLength(1);
  });

  it('is not told anything again when Teams repeats that the bot was installed', async () => {
    const said = () => house.teams.requests.filter(({ method }) => method === 'activity.send').length;
    const before = said();
    await Promise.all([house.teams.install(), house.teams.install()]);
    // Opened again, every page was drawn again in place.
    await house.teams.until(() => pages('aad-martine')[0]?.editedAt, SOON);
    expect(said()).toBe(before);
    expect(toldTo(house, 'aad-alice')).toHaveLength(1);
  });

  it('follows what happens, in place, however long nobody has opened it', async () => {
    await house.app.store.db.home.updateMany({ data: { openedAt: new Date('2026-01-01') } });
    const shown = await teamsCard(house, await sendLead(house, jsonLead()));
    await shows('aad-martine', /1 sans titulaire/);
    await house.teams.as('aad-alice').click(shown, 'claim.take');
    await shows('aad-alice', /Mes leads 1 lead.*Brigitte M\./);
    await shows('aad-martine', /Rien à signaler/);
    expect(buttonsIn(pages('aad-alice')[0])).toEqual(['status.open', 'lead.contact']);
    expect(pages('aad-alice')).toHaveLength(1);
    expect(page('aad-chloe')).not.toContain('Brigitte');
  });

  it('has buttons that act', async () => {
    const [mine] = pages('aad-alice');
    if (!mine) throw new Error('no page');
    expect(await house.teams.as('aad-alice').click(mine, 'lead.contact')).toMatchObject({ ok: true, dialog: true });
    house.teams.as('aad-alice').close();
  });

  it('answers what it does not understand, and does not show the page twice', async () => {
    const alice = house.teams.as('aad-alice');
    alice.say(alice.chat(), 'bonjour');
    await house.teams.until(() => toldTo(house, 'aad-alice').find((one) => readIn(one).includes('« bonjour »')), SOON);
    expect(pages('aad-alice')).toHaveLength(1);
  });

  it('shows the page to whoever says something, where it had not been shown', async () => {
    const { db } = house.app.store;
    // A drawing under way would write down again what it showed.
    const drawings = () => db.$queryRaw`SELECT name FROM pgboss.job WHERE name IN ('home', 'home-opened', 'homes') AND state < 'completed'`;
    await expect.poll(drawings, { timeout: SOON, interval: 50 }).toEqual([]);
    await db.home.delete({ where: { account: 'teams:aad-bruno' } });
    const bruno = house.teams.as('aad-bruno');
    bruno.say(bruno.chat(), 'bonjour');
    await house.teams.until(() => pages('aad-bruno').length === 2, SOON);
  });
});
