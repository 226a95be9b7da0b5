import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Opened, openSandbox, PHONE } from './sandbox.js';

const LYON = 'C0LEADSLYON';
const ANNECY = 'C0LEADSANNECY';
const folder = process.env.SCREENSHOTS;

let sandbox: Opened;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

/** Kept when SCREENSHOTS names a folder, for people to look at. */
async function picture(page: Page, name: string): Promise<void> {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.locator('.toast').waitFor({ state: 'detached' });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

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
});
