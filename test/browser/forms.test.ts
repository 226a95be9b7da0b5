import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPageServer } from '../../src/sandbox/page-server.js';
import { slackPage } from '../../src/sandbox/slack/page.js';
import { boltOverHttp } from '../sandbox/slack/app.js';
import { card, client, modal, seed } from '../sandbox/slack/town.js';
import { drawn, drop, photo, picture } from './pictures.js';
import { openBrowser, PHONE, sitDown } from './sandbox.js';

/*
 * The page and the simulated workspace, with an app of the test's own behind them: what any app may ask of a Slack
 * client, whether or not the program asks it already.
 */

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const plain = (text: string) => ({ type: 'plain_text', text });
const photos = {
  type: 'input',
  block_id: 'photos',
  optional: false,
  label: plain('Photos'),
  hint: plain('Avant, arrière, côtés, intérieur, compteur.'),
  element: { type: 'file_input', action_id: 'photos', filetypes: ['jpg', 'jpeg', 'png'], max_files: 3 },
};

/** A town with a page to look at it. */
async function shown() {
  const where = await boltOverHttp();
  const page = slackPage(where.simulator, seed, { examples: [], send: async () => ({ ok: true }) });
  const pages = createPageServer(page, new URL('../../dist/sandbox/page/', import.meta.url));
  const server = createServer((req, res) => pages.handle(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    pages.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { ...where, url, web: client(where.slack.apiUrl), close };
}

describe('a form that asks for files', () => {
  it('takes picked and dropped ones, no more than it says, and sends them to the app', async () => {
    const town = await shown();
    const web = town.web;
    town.app.action('claim.take', async ({ ack, body }) => {
      await ack();
      await web.views.open({ trigger_id: 'trigger_id' in body ? body.trigger_id : '', view: modal(photos) as never });
    });
    const sent: unknown[] = [];
    town.app.view('status', async ({ ack, view }) => {
      sent.push(view.state.values.photos?.photos);
      await ack();
    });
    await web.chat.postMessage({ channel: 'C0LEADS', text: 'A lead', blocks: card() as never });
    const alice = await sitDown(browser, town.url, 'U0ALICE', 'C0LEADS', { viewport: PHONE, deviceScaleFactor: 2 });
    await alice.getByRole('button', { name: 'Je prends' }).click();
    const dialog = alice.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.getByText('Merci de remplir ce champ.').waitFor();
    const field = dialog.locator('input[type=file]');
    await field.setInputFiles([
      await photo(alice, 'avant.jpg', 205),
      await photo(alice, 'compteur de la voiture de madame Moreau.jpg', 40),
    ]);
    await drawn(dialog.locator('.picked'), 2);
    await drop(alice, dialog.locator('.files-control'), [{ name: 'notice.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') }]);
    await dialog.getByText(/notice.pdf ne peut pas être envoyé/).waitFor();
    await picture(alice, '30-file-field-phone');
    await drop(alice, dialog.locator('.files-control'), [await photo(alice, 'gauche.jpg', 300), await photo(alice, 'droite.jpg', 300)]);
    await dialog.getByText('3 fichiers au plus, merci.').waitFor();
    await drawn(dialog.locator('.picked'), 3);
    await dialog.getByRole('button', { name: 'Retirer gauche.jpg' }).click();
    expect(await dialog.locator('.picked-file').count()).toBe(2);
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(sent).toMatchObject([
      {
        type: 'file_input',
        files: [{ name: 'avant.jpg', mimetype: 'image/jpeg', user: 'U0ALICE' }, { name: expect.stringMatching(/^compteur/) }],
      },
    ]);
    await town.close();
  });

  it('reads well on a desktop, beside pickers of date and time', async () => {
    const town = await shown();
    const pickers = [
      { type: 'input', block_id: 'day', label: plain('Le'), element: { type: 'datepicker', action_id: 'day' } },
      { type: 'input', block_id: 'time', label: plain('À'), optional: true, element: { type: 'timepicker', action_id: 'time' } },
    ];
    town.app.action('claim.take', async ({ ack, body }) => {
      await ack();
      await town.web.views.open({ trigger_id: 'trigger_id' in body ? body.trigger_id : '', view: modal(...pickers, photos) as never });
    });
    const sent: unknown[] = [];
    town.app.view('status', async ({ ack, view }) => {
      sent.push(view.state.values);
      await ack();
    });
    await town.web.chat.postMessage({ channel: 'C0LEADS', text: 'A lead', blocks: card() as never });
    const bruno = await sitDown(browser, town.url, 'U0BRUNO', 'C0LEADS');
    await bruno.getByRole('button', { name: 'Je prends' }).click();
    const dialog = bruno.getByRole('dialog');
    await dialog.getByLabel('Le').fill('2026-12-04');
    await dialog.getByLabel(/^À/).fill('10:30');
    await dialog.locator('input[type=file]').setInputFiles([await photo(bruno, 'avant.jpg', 205)]);
    await drawn(dialog.locator('.picked'), 1);
    await picture(bruno, '31-file-field-desktop');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(sent).toMatchObject([
      {
        day: { day: { selected_date: '2026-12-04' } },
        time: { time: { selected_time: '10:30' } },
        photos: { photos: { files: [{ name: 'avant.jpg' }] } },
      },
    ]);
    await town.close();
  });
});

describe('what an app shows', () => {
  it('pictures it uploaded, and replies that stand in the channel too', async () => {
    const town = await shown();
    const bruno = await sitDown(browser, town.url, 'U0BRUNO', 'C0LEADS');
    const { buffer, name } = await photo(bruno, 'avant.jpg', 260);
    const { upload_url = '', file_id = '' } = await town.web.files.getUploadURLExternal({ filename: name, length: buffer.length });
    await fetch(upload_url, { method: 'POST', body: new Uint8Array(buffer) });
    await town.web.files.completeUploadExternal({ files: [{ id: file_id }] });
    await expect.poll(async () => (await town.web.files.info({ file: file_id })).file?.mimetype).toBe('image/jpeg');
    const { ts = '' } = await town.web.chat.postMessage({
      channel: 'C0LEADS',
      text: 'VO · Citroën C3 &amp; reprise',
      blocks: card() as never,
    });
    const image = { type: 'image', slack_file: { id: file_id }, alt_text: 'L’avant de la Clio' };
    await town.web.chat.postMessage({ channel: 'C0LEADS', thread_ts: ts, text: 'Photos', blocks: [image, ...card()] as never });
    const sold = {
      type: 'section',
      text: { type: 'mrkdwn', text: '*Vendu par Alice Martin* : C3 Aircross du stock, financement. Bravo !' },
    };
    await town.web.chat.postMessage({ channel: 'C0LEADS', thread_ts: ts, reply_broadcast: true, text: 'Vendu', blocks: [sold] as never });
    const line = bruno.locator('.channel .message').filter({ hasText: 'Vendu par Alice' });
    await line.getByText('a répondu à un fil').waitFor();
    await picture(bruno, '32-broadcast-desktop');
    await line.getByRole('button', { name: 'VO · Citroën C3 & reprise' }).click();
    const pane = bruno.locator('.pane');
    await drawn(pane.locator('.block-image'), 1);
    expect(await pane.getByRole('img', { name: 'L’avant de la Clio' }).count()).toBe(1);
    await pane.getByText('Envoyé aussi dans le canal').waitFor();
    await picture(bruno, '33-thread-with-picture-desktop');
    const pressed: string[] = [];
    town.app.action('claim.take', async ({ ack, action }) => {
      pressed.push(action.type);
      await ack();
    });
    await pane.getByRole('button', { name: 'Je prends' }).last().click();
    await expect.poll(() => pressed).toEqual(['button']);
    const alice = await sitDown(browser, town.url, 'U0ALICE', 'C0LEADS', { viewport: PHONE, deviceScaleFactor: 2 });
    await alice.getByText('a répondu à un fil').waitFor();
    await picture(alice, '34-broadcast-phone');
    await town.close();
  });
});
