import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawn, drop, photo, picture } from './pictures.js';
import { type Opened, openSandbox, PHONE } from './sandbox.js';

const LYON = 'C0LEADSLYON';
const ANNECY = 'C0LEADSANNECY';

let sandbox: Opened;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

async function sendLead(page: Page, example: string): Promise<void> {
  await page
    .getByRole('button', { name: /^(Envoyer un lead|Send a lead)$/ })
    .first()
    .click();
  await page.locator(`[data-example="${example}"]`).click();
  await page
    .getByText(/Accepté|Accepted/)
    .first()
    .waitFor();
  await page
    .getByRole('button', { name: /^(Fermer|Close)$/ })
    .first()
    .click();
}

const lastCard = (page: Page) => page.locator('article, .message').filter({ hasText: 'C3 Aircross' }).last();

describe('in the sandbox', () => {
  it('a lead is sent, seen by two people, claimed by one, and its contact read by the winner alone', async () => {
    const alice = await sandbox.as('U0ALICE', LYON);
    const bruno = await sandbox.as('U0BRUNO', LYON, { viewport: PHONE, deviceScaleFactor: 2 });
    await picture(alice, '01-empty-desktop');
    await sendLead(alice, 'used-with-trade-in');
    await alice.getByRole('button', { name: 'Je prends' }).waitFor();
    await bruno.getByRole('button', { name: 'Je prends' }).waitFor();
    await picture(alice, '02-card-desktop');
    await picture(bruno, '03-card-phone');
    await alice.getByRole('button', { name: 'Je prends' }).click();
    await alice.getByText('C’est à vous.').first().waitFor();
    await alice.getByText('06 39 98').first().waitFor();
    await bruno
      .getByText(/Pris par/)
      .first()
      .waitFor();
    await picture(alice, '04-won-desktop');
    await picture(bruno, '05-claimed-by-other-phone');
    expect(await bruno.getByRole('button', { name: 'Je prends' }).count()).toBe(0);
    expect(await bruno.getByText('06 39 98').count()).toBe(0);
    expect(await lastCard(bruno).count()).toBe(1);
    await alice.getByRole('button', { name: 'Historique' }).click();
    await alice
      .getByText(/Arrivé par Site web/)
      .first()
      .waitFor();
    await picture(alice, '06-history-desktop');
    await bruno.getByRole('button', { name: 'Coordonnées' }).click();
    await bruno
      .getByText(/Seuls Alice Martin/)
      .first()
      .waitFor();
    await picture(bruno, '07-refused-phone');
  });

  it('the switchboard adds a lead by hand on a phone, corrects what is wrong, and loses nothing typed', async () => {
    const sophie = await sandbox.as('U0SOPHIE', LYON, { viewport: PHONE, deviceScaleFactor: 2 });
    await sophie.getByRole('textbox').last().fill('/lead add');
    await sophie.keyboard.press('Enter');
    const dialog = sophie.getByRole('dialog');
    await dialog.waitFor();
    await picture(sophie, '08-form-phone');
    await dialog.getByLabel(/^Client/).fill('Hélène Garnier');
    await dialog.getByLabel(/^Téléphone/).fill('06 12');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog
      .getByText(/n’est pas complet/)
      .first()
      .waitFor();
    expect(await dialog.getByLabel(/^Client/).inputValue()).toBe('Hélène Garnier');
    await picture(sophie, '09-form-error-phone');
    await dialog.getByLabel(/^Téléphone/).fill('06 39 98 00 11');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.waitFor({ state: 'detached' });
    await sophie.getByText('Hélène G.').first().waitFor();
  });

  it('the English site reads English, in the dark, with the keyboard alone', async () => {
    const emma = await sandbox.as('U0EMMA', ANNECY, { colorScheme: 'dark' });
    await sendLead(emma, 'new-configured');
    const claim = emma.getByRole('button', { name: 'Claim' });
    await claim.waitFor();
    await picture(emma, '10-card-english-dark');
    await claim.focus();
    await emma.keyboard.press('Enter');
    await emma.getByText('It’s yours.').first().waitFor();
    await picture(emma, '11-won-english-dark');
  });

  it('what came incomplete, unreadable or hostile is readable and says what to do', async () => {
    const martine = await sandbox.as('U0MARTINE', LYON, { viewport: { width: 1280, height: 1600 } });
    for (const example of ['unreachable', 'unreadable', 'hostile']) await sendLead(martine, example);
    await martine
      .getByText(/Il manque un moyen de joindre/)
      .first()
      .waitFor();
    await martine.getByText('Demande à lire').first().waitFor();
    await martine
      .getByText(/<!channel>/)
      .first()
      .waitFor();
    await picture(martine, '12-incomplete-unreadable-hostile');
    expect(await martine.locator('a[href*="evil"]').count()).toBe(0);
  });

  it('the owner says what comes next with date and time; card and thread show it, also on a phone', async () => {
    const bruno = await sandbox.as('U0BRUNO', LYON);
    await sendLead(bruno, 'used-with-trade-in');
    const mine = bruno.locator('.channel .message').filter({ hasText: 'C3 Aircross' }).last();
    await mine.getByRole('button', { name: 'Je prends' }).click();
    await bruno.getByText('C’est à vous.').last().waitFor();
    await mine.getByRole('button', { name: 'Suivi' }).click();
    const dialog = bruno.getByRole('dialog');
    await dialog.getByLabel(/^Étape/).selectOption({ label: 'Rendez-vous' });
    await dialog.getByLabel(/^Comment le contact/).selectOption({ label: 'Appel' });
    await dialog.getByLabel(/^Prochaine action/).selectOption({ label: 'Essai' });
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await dialog.getByLabel(/^Le/).fill(day);
    await dialog.getByLabel(/^À/).fill('10:30');
    await dialog.getByLabel(/^Note/).fill('Vient avec sa femme, veut essayer la boîte automatique.');
    await picture(bruno, '13-update-form-desktop');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.waitFor({ state: 'detached' });
    await mine
      .getByText(/10\s?h\s?30/)
      .first()
      .waitFor();
    await mine.getByRole('button', { name: '1 réponse' }).click();
    const thread = bruno.locator('.pane');
    await thread.getByText('Vient avec sa femme').waitFor();
    await picture(bruno, '14-thread-desktop');
    const martine = await sandbox.as('U0MARTINE', LYON, { viewport: PHONE, deviceScaleFactor: 2 });
    await martine.getByRole('button', { name: '1 réponse' }).last().click();
    await martine.locator('.pane').getByText('Vient avec sa femme').waitFor();
    await picture(martine, '15-thread-phone');
    await martine.locator('.pane').getByRole('button', { name: 'Suivi' }).click();
    await martine.getByRole('dialog').waitFor();
    await picture(martine, '16-update-form-phone');
    await martine.getByRole('dialog').getByRole('button', { name: 'Annuler' }).click();
    await martine.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('photos dropped in a thread, or picked, show as pictures for everybody', async () => {
    const alice = await sandbox.as('U0ALICE', LYON);
    await alice.locator('.channel .message').filter({ hasText: 'C3 Aircross' }).last().hover();
    await alice
      .locator('.channel .message')
      .filter({ hasText: 'C3 Aircross' })
      .last()
      .getByRole('button', { name: 'Répondre dans le fil' })
      .click();
    const thread = alice.locator('.pane');
    const [front, rear] = [await photo(alice, 'IMG_2041.jpg', 205), await photo(alice, 'IMG_2042.jpg', 10)];
    await drop(alice, thread.locator('.thread-parent'), [front, rear]);
    await drawn(thread.locator('.picked'), 2);
    await thread.getByRole('textbox').fill('Voici l’avant et l’arrière de sa Clio.');
    await picture(alice, '17-composing-photos-desktop');
    await thread.getByRole('button', { name: 'Envoyer' }).click();
    await drawn(thread.locator('.files'), 2);
    await picture(alice, '18-photos-in-thread-desktop');
    expect(await thread.locator('.picked-file').count()).toBe(0);
    const omar = await sandbox.as('U0OMAR', LYON, { viewport: PHONE, deviceScaleFactor: 2 });
    await omar
      .getByRole('button', { name: /réponse/ })
      .last()
      .click();
    await drawn(omar.locator('.pane .files'), 2);
    await omar.locator('.pane input[type=file]').setInputFiles(await photo(omar, 'IMG_0007.jpg', 120));
    await drawn(omar.locator('.pane .picked'), 1);
    await picture(omar, '19-photos-phone');
    await omar.locator('.pane').getByRole('button', { name: 'Envoyer' }).click();
    await thread.locator('.files.alone').waitFor();
    await drawn(thread.locator('.files.alone'), 1);
    const address = (await thread.locator('.files.alone img').getAttribute('src')) ?? '';
    expect((await alice.request.get(`${sandbox.url}${address}`)).status()).toBe(200);
    // Chloé is not in this channel: neither her page nor anybody without a name is given the photo.
    for (const other of [address.replace('U0ALICE', 'U0CHLOE'), address.replace('as=U0ALICE&', '')])
      expect((await alice.request.get(`${sandbox.url}${other}`)).status()).toBe(404);
  });

  it('everybody of the workspace, and the channels of appraisals and managers, can be reached', async () => {
    const page = await sandbox.as('U0MARTINE', LYON);
    for (const name of ['vo-lyon', 'chefs-lyon']) {
      await page.locator('.sidebar').getByText(name, { exact: true }).click();
      await page.getByRole('main', { name: `#${name}` }).waitFor();
    }
    await page.locator('[data-person="U0OMAR"]').click();
    await page.getByRole('main', { name: '#chefs-lyon' }).waitFor();
    expect(await page.locator('[data-person]').count()).toBe(10);
    await picture(page, '20-managers-desktop');
  });
});
