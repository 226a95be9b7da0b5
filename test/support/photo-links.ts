import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { jpeg } from './appraisals.js';
import type { Running } from './running.js';
import { privately, SOON, said, words } from './seen.js';

/** Where people's browsers would reach the program; nobody resolves it. */
export const PUBLIC = 'https://leads.example.org';

export interface Links {
  readonly own: string;
  readonly customers: string;
}

/** What people do about photo links, in a house started with `PUBLIC_URL` set to `PUBLIC`. Addresses are paths. */
export function photoLinks(house: Running) {
  /** Presses the button and reads the two links. */
  async function links(user: string, where: { readonly channel: string; readonly ts: string }): Promise<Links> {
    const before = privately(house, user).length;
    expect(await house.slack.as(user).click({ ...where, action_id: 'photos.add' })).toMatchObject({ ok: true });
    const card = await house.slack.until(
      () =>
        privately(house, user)
          .slice(before)
          .find((one) => said(one, /photos/i) && JSON.stringify(one.blocks).includes(PUBLIC)),
      SOON,
    );
    const [own] = pathsIn(JSON.stringify(card.blocks).replace(words(card), ''));
    const [customers] = pathsIn(words(card));
    if (own === undefined || customers === undefined) throw new Error('no links in the card');
    return { own, customers };
  }

  const open = (path: string, init: RequestInit = {}) => fetch(`${house.app.url}${path}`, { redirect: 'manual', ...init });

  /** Sends a file as the page does. */
  function put(path: string, bytes: Uint8Array, about: { id?: string; name?: string; view?: string } = {}): Promise<Response> {
    const { id = randomUUID(), name = 'IMG_1.jpg', view } = about;
    const query = new URLSearchParams({ name, ...(view !== undefined && { view }) });
    return open(`${path}/${id}?${query}`, {
      method: 'PUT',
      body: bytes as BodyInit,
      headers: { 'content-type': 'application/octet-stream' },
    });
  }

  const rename = (path: string, id: string, view: string | null) =>
    open(`${path}/${id}`, { method: 'PATCH', body: JSON.stringify({ view }), headers: { 'content-type': 'application/json' } });

  const sent = async (path: string) =>
    (await (await open(`${path}/sent`)).json()) as { clientId: string; state: string; refusal: string | null; view: string | null }[];

  /** A good photo of a shade. @returns the status, and the id it was sent under */
  async function putPhoto(path: string, shade: number, view?: string) {
    const id = randomUUID();
    const answer = await put(path, await jpeg(shade), { id, ...(view !== undefined && { view }) });
    await answer.body?.cancel();
    return { status: answer.status, id };
  }

  return { links, open, put, putPhoto, rename, sent };
}

export function pathsIn(text: string): string[] {
  return [...text.matchAll(/https:\/\/leads\.example\.org(\/photos\/[\w-]{44})/g)].flatMap(([, path]) => path ?? []);
}
