import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { heic } from '../support/appraisals.js';
import { drawn, photo, picture } from './pictures.js';
import { type Opened, openBrowser, openSandbox, PHONE } from './sandbox.js';

const LYON = 'C0LEADSLYON';

let sandbox: Opened;
let browser: Browser;
let alice: Page;
let links: { readonly own: string; readonly customers: string };
beforeAll(async () => {
  sandbox = await openSandbox();
  browser = await openBrowser();
  alice = await sandbox.as('U0ALICE', LYON);
  links = await linksOf(alice);
}, 180_000);
/** What the pages complained of. */
const wrong: string[] = [];
afterEach(() => expect(wrong.splice(0)).toEqual([]));
afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
});

/** Sends a lead, claims it, and asks for its links as anybody would. */
async function linksOf(page: Page) {
  await page
    .getByRole('button', { name: /^(Envoyer un lead|Send a lead)$/ })
    .first()
    .click();
  await page.locator('[data-example="used-with-trade-in"]').click();
  await page.getByText('Accepté').first().waitFor();
  await page.getByRole('button', { name: 'Fermer' }).first().click();
  await page.getByRole('button', { name: 'Je prends' }).click();
  await page.getByRole('button', { name: 'Ajouter des photos' }).click();
  const open = page.getByRole('link', { name: 'ouvrir la page photos' });
  await open.waitFor();
  await picture(page, '40-photo-links-desktop');
  const own = (await open.getAttribute('href')) ?? '';
  const said = await page.getByText(/pouvez-vous nous en envoyer/).textContent();
  const [customers = ''] = /http\S+\/photos\/[\w-]{44}/.exec(said ?? '') ?? [];
  return { own, customers };
}

/** Somebody opens a link on a phone of their own. */
async function onPhone(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const given = { viewport: PHONE, deviceScaleFactor: 2, hasTouch: true, isMobile: true, reducedMotion: 'reduce', ...options } as const;
  const page = await (await browser.newContext(given)).newPage();
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (line) => {
    if (line.type() === 'error' && !/ERR_FAILED|status of (404|410|422|503)/.test(line.text())) wrong.push(line.text());
  });
  await page.goto(address);
  return page;
}

const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

describe('the photo page, on a customer’s phone', () => {
  it('sends photos, tries a lost one again, says why one is refused, and shows what has come', async () => {
    const page = await onPhone(links.customers);
    await page.getByRole('heading', { name: /^Photos de votre / }).waitFor();
    await page.getByText('Prendre une photo').waitFor();
    await picture(page, '41-photo-page-phone');
    let lost = 0;
    await page.route(/name=compteur/, (route) => (lost++ === 0 ? route.abort() : route.continue()));
    await page.getByLabel('Avant').setInputFiles([await photo(page, 'IMG_0001.jpg', 205)]);
    await page
      .getByLabel('Choisir des photos')
      .setInputFiles([
        await photo(page, 'compteur.jpg', 40),
        { name: 'IMG_7.HEIC', mimeType: 'image/heic', buffer: heic() },
        { name: 'page.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<!doctype html><script>alert(1)</script>') },
      ]);
    const rows = page.locator('.photo');
    await page.getByText('au format HEIC, illisible ici').waitFor();
    await page.getByText('Ce fichier n’est pas une image').waitFor();
    await rows.nth(1).getByText('Reçue', { exact: true }).waitFor();
    await rows.nth(0).getByText('Reçue', { exact: true }).waitFor();
    expect(lost).toBe(2);
    await drawn(page.locator('.photo.ready'), 2);
    await page.getByText('2 photos n’ont pas pu être envoyées').waitFor();
    await picture(page, '42-photos-sent-phone');
    for (const name of ['IMG_7', 'page']) void name;
    while ((await page.getByRole('button', { name: 'Retirer' }).filter({ visible: true }).count()) > 0)
      await page.getByRole('button', { name: 'Retirer' }).filter({ visible: true }).first().click();
    await page.getByText('Les 2 photos sont bien arrivées, merci').waitFor();
    await rows.nth(1).getByLabel('Ce qu’elle montre').selectOption({ label: 'Compteur' });
    await page.getByLabel('Compteur, ajoutée').waitFor({ state: 'attached' });
    await picture(page, '43-all-arrived-phone');
    const thread = alice.locator('.pane');
    await alice
      .locator('.channel')
      .getByRole('button', { name: /^\d+ réponses?$/ })
      .first()
      .click();
    await thread.getByText('2 photos envoyées par le client').waitFor();
    await thread.getByText('On y voit : avant, compteur').waitFor();
    await drawn(thread.locator('.block-image'), 2);
    await picture(alice, '44-photos-in-thread-desktop');
    await page.reload();
    await page.getByText('2 photos ont déjà été envoyées.').waitFor();
    await page.close();
  });

  it('keeps a photo that cannot be sent, and sends it when the connection is back', async () => {
    const page = await onPhone(links.customers);
    await page.clock.install();
    let away = true;
    await page.route(/name=gauche/, (route) => (away ? route.abort() : route.continue()));
    await page.getByLabel('Choisir des photos').setInputFiles([await photo(page, 'gauche.jpg', 120)]);
    const row = page.locator('.photo');
    await expect
      .poll(async () => {
        await page.clock.runFor(1_000);
        return row.getAttribute('class');
      })
      .toBe('photo failed');
    await row.getByText('Pas envoyée').waitFor();
    away = false;
    await page.clock.resume();
    await row.getByRole('button', { name: 'Renvoyer' }).click();
    await row.getByText('Reçue', { exact: true }).waitFor();
    await page.close();
  });

  it('makes a large photo smaller before it travels, the right way up', async () => {
    const page = await onPhone(links.customers);
    const large = await page.evaluate(() => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 4_000, height: 3_000 });
      const draw = canvas.getContext('2d');
      for (let y = 0; y < 3_000; y += 10)
        for (let x = 0; x < 4_000; x += 10) {
          if (draw) draw.fillStyle = `rgb(${(x * 7 + y) % 256} ${(x + y * 5) % 256} ${(x * y) % 256})`;
          draw?.fillRect(x, y, 10, 10);
        }
      return canvas.toDataURL('image/jpeg', 0.98).split(',')[1] ?? '';
    });
    const buffer = Buffer.from(large, 'base64');
    expect(buffer.length).toBeGreaterThan(1_500_000);
    const travelling = page.waitForRequest((request) => request.method() === 'PUT');
    await page.getByLabel('Arrière').setInputFiles([{ name: 'large.jpg', mimeType: 'image/jpeg', buffer }]);
    expect((await travelling).postDataBuffer()?.length ?? 0).toBeLessThan(buffer.length);
    await page.locator('.photo').getByText('Reçue', { exact: true }).waitFor();
    await page.close();
  });

  it('reads well narrow, in the dark, in English, and with the keyboard alone', async () => {
    const page = await onPhone(links.customers, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' });
    expect(await fits(page)).toBe(true);
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('heading', { name: /^Photos of your / }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await fits(page)).toBe(true);
    await picture(page, '45-photo-page-320-dark-english');
    const reached: string[] = [];
    for (let n = 0; n < 10; n++) {
      await page.keyboard.press('Tab');
      reached.push(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.id ?? ''));
    }
    expect(reached).toEqual(expect.arrayContaining(['take', 'choose', expect.stringMatching(/^Front/), 'Damage']));
    await page.close();
  });

  it('says what to do when the link has ended, or is none', async () => {
    const page = await onPhone(`${links.customers.slice(0, -3)}xyz`, { locale: 'fr-FR' });
    await page.getByRole('heading', { name: 'Ce lien ne mène nulle part' }).waitFor();
    await picture(page, '46-unknown-link-phone');
    await alice.getByRole('button', { name: 'Retirer les liens' }).click();
    await alice.getByRole('dialog').getByRole('button', { name: 'Retirer' }).click();
    await alice.getByText('2 liens retirés. Ils ne fonctionnent plus.', { exact: true }).waitFor();
    await page.goto(links.customers);
    await page.getByRole('heading', { name: 'Ce lien n’est plus valable' }).waitFor();
    await picture(page, '47-ended-link-phone');
  });
});
