import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture } from './pictures.js';
import { type Opened, openSandbox, PHONE } from './sandbox.js';

const LYON = '19:leads-lyon@thread.tacv2';
const ANNECY = '19:leads-annecy@thread.tacv2';

let sandbox: Opened;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

async function sendLead(page: Page, example: string): Promise<void> {
  const named = (name: RegExp) => page.getByRole('button', { name }).first();
  await named(/^(Envoyer un lead|Send a lead)$/).click();
  await page.locator(`[data-example="${example}"]`).click();
  await page
    .getByText(/Accepté|Accepted/)
    .first()
    .waitFor();
  if (await page.locator('.pane').isVisible()) await named(/^(Fermer|Close)$/).click();
}

const post = (page: Page, words: string) => page.locator('[data-post]').filter({ hasText: words });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('in the simulated Teams', () => {
  it('a lead is claimed by one, seen claimed in Slack, followed up with a mistake and then right, and sold', async () => {
    const alice = await sandbox.inTeams('aad-alice', LYON);
    const bruno = await sandbox.inTeams('aad-bruno', LYON, { viewport: PHONE, deviceScaleFactor: 2 });
    const slack = await sandbox.as('U0JULIEN', 'C0LEADSLYON');
    await picture(alice, '40-teams-empty-desktop');
    await sendLead(alice, 'used-with-trade-in');
    const card = post(alice, 'C3 Aircross');
    await post(bruno, 'C3 Aircross').getByRole('button', { name: 'Je prends' }).waitFor();
    await picture(bruno, '41-teams-card-phone');
    await card.getByRole('button', { name: 'Je prends' }).click();
    await card.getByText('Pris par').waitFor();
    await post(bruno, 'C3 Aircross').getByText('Pris par').waitFor();
    await slack.getByText('Pris par').first().waitFor();
    expect(await slack.getByRole('button', { name: 'Je prends' }).count()).toBe(0);
    expect(await post(bruno, 'C3 Aircross').getByRole('button', { name: 'Je prends' }).count()).toBe(0);
    await picture(alice, '42-teams-won-desktop');

    await card.getByRole('button', { name: 'Suivi' }).click();
    const form = alice.getByRole('dialog');
    await form.getByLabel(/^Étape/).selectOption({ label: 'Rendez-vous' });
    await form.getByRole('button', { name: 'Enregistrer' }).click();
    await form.getByText('À remplir').first().waitFor();
    await picture(alice, '43-teams-form-required-desktop');
    await form.getByLabel(/^Comment/).selectOption({ label: 'Appel' });
    await form.getByLabel(/^Prochaine action/).selectOption({ label: 'Essai' });
    await form.getByLabel(/^Le/).fill('2020-01-01');
    await form.getByLabel(/^Note/).fill('Vient <b>avec</b> sa *femme*');
    await form.getByRole('button', { name: 'Enregistrer' }).click();
    await form.getByText('déjà passé').waitFor();
    expect(await form.getByLabel(/^Note/).inputValue()).toBe('Vient <b>avec</b> sa *femme*');
    await picture(alice, '44-teams-form-fault-desktop');
    await form.getByLabel(/^Le/).fill(inDays(2));
    await form.getByRole('button', { name: 'Enregistrer' }).click();
    await form.waitFor({ state: 'detached' });
    await card.getByText('Vient <b>avec</b> sa *femme*').waitFor();
    await slack.getByText('Rendez-vous').first().waitFor();

    await card.getByRole('button', { name: 'Vendu' }).click();
    await form.getByLabel(/^Véhicule/).selectOption({ label: 'Du stock' });
    await picture(alice, '45-teams-sale-desktop');
    expect(await form.getByLabel(/^N° de stock/).inputValue()).toBe('VO-8841');
    for (const asked of [/^Financement/, /^Contrat d’entretien/, /^Reprise/]) await form.getByLabel(asked).selectOption({ label: 'Oui' });
    await form.getByRole('button', { name: 'Vendu' }).click();
    await form.waitFor({ state: 'detached' });
    await slack
      .getByText(/Vendu par/)
      .first()
      .waitFor();
    await picture(alice, '46-teams-sold-desktop');
  });

  it('one becomes somebody else, answers below the card, mentions a colleague, and goes over to Slack', async () => {
    const chloe = await sandbox.inTeams('aad-chloe', ANNECY, { viewport: PHONE, deviceScaleFactor: 2 });
    await sendLead(chloe, 'new-configured');
    await post(chloe, 'Mégane').getByRole('button', { name: 'Claim' }).click();
    await post(chloe, 'Mégane').getByText('Claimed by').first().waitFor();
    await post(chloe, 'Mégane').getByRole('button', { name: 'Reply' }).click();
    await chloe.getByRole('textbox', { name: 'Reply' }).fill('She comes at ten @Em');
    await chloe.getByRole('option', { name: 'Mention Emma Wright' }).click();
    await chloe.keyboard.press('Enter');
    await post(chloe, 'Mégane').getByText('She comes at ten').waitFor();
    await picture(chloe, '47-teams-thread-phone');
    await chloe.getByRole('button', { name: 'Back' }).click();
    await picture(chloe, '48-teams-list-phone');
    await chloe.locator('[data-person="aad-emma"]').click();
    await chloe.locator(`[data-channel="${ANNECY}"]`).click();
    await post(chloe, 'Mégane').locator('.to-me').getByText('Emma Wright').waitFor();
    await chloe.getByRole('button', { name: 'Back' }).click();
    await chloe.getByRole('link', { name: 'Slack' }).click();
    await chloe.waitForURL(/\/\?as=U0EMMA/);
    await chloe.getByRole('button', { name: /leads-annecy/ }).click();
    await chloe.getByText('Claimed by').first().waitFor();
  });

  it('the bot answers in its chat, and a hostile customer harms nobody', async () => {
    const nora = await sandbox.inTeams('aad-nora', ANNECY);
    await nora.getByRole('button', { name: /^Forecourt/ }).click();
    await nora.getByRole('textbox').fill('help');
    await nora.keyboard.press('Enter');
    await nora.locator('.post-message').filter({ hasText: 'What you can do here' }).waitFor();
    await picture(nora, '49-teams-chat-desktop');
    const errors: string[] = [];
    const sophie = await sandbox.inTeams('aad-sophie', LYON);
    sophie.on('pageerror', (error) => errors.push(error.message));
    await sendLead(sophie, 'hostile');
    const card = sophie.locator('[data-post]').last();
    await card.getByText('<!channel>').first().waitFor();
    expect(await card.locator('a, script, img').count()).toBe(0);
    expect(errors).toEqual([]);
    await picture(sophie, '50-teams-hostile-desktop');
  });
});
