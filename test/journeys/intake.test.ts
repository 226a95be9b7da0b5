import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adfDocument, freshId, jsonLead, mailLead } from '../support/leads.js';
import { type Running, run, TOKENS } from '../support/running.js';
import { ANNECY, arrived, buttons, card, cardsOf, facts, LYON, plainly, receipts, SOON, stored, words } from '../support/seen.js';

const SECOND_SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

/** The maker's secret is being replaced, and one source may send very little. */
const edit = (yaml: string) =>
  `${yaml.replace('secret: "env:INTAKE_OEM_SECRET"', 'secret: ["env:INTAKE_OEM_SECRET", "env:INTAKE_OEM_NEXT"]')}
  - { id: slow, name: Lente, token: "env:INTAKE_SLOW_TOKEN", dealership: lyon, rate: { perSecond: 1, burst: 2 } }
  - { id: signed, name: Signée, secret: "env:INTAKE_OEM_SECRET", dealership: lyon, rate: { perSecond: 1, burst: 2 } }
`;

let house: Running;
beforeAll(async () => {
  house = await run({ edit, env: { INTAKE_OEM_NEXT: SECOND_SECRET, INTAKE_SLOW_TOKEN: 'slow-token' } });
});
afterAll(() => house?.stop());

/** An error as RFC 9457 describes it. */
async function expectProblem(answer: Response, status: number): Promise<void> {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(await answer.json()).toMatchObject({
    type: 'about:blank',
    status,
    title: expect.any(String),
    detail: expect.stringMatching(/\.$/),
  });
}

const leadCount = () => house.app.store.db.lead.count();

describe('an enquiry that is accepted', () => {
  it('is answered 202 with id, tier, result and problems, after it is stored', async () => {
    const answer = await house.send('website', jsonLead({ interest: { year: 'vingt' } }));
    expect(answer.status).toBe(202);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    const body = (await answer.json()) as { leads: { id: string }[] };
    expect(Object.keys(body)).toEqual(['leads']);
    expect(body.leads).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        tier: 'parsed',
        result: 'created',
        problems: [{ path: 'interest.year', message: expect.any(String) }],
      },
    ]);
    expect(await stored(house, body.leads[0]?.id ?? '')).toMatchObject({
      phone: '+33639985678',
      email: 'brigitte.moreau@example.org',
      customer: { sent: { phone: '06 39 98 56 78', email: 'Brigitte.Moreau@example.org' } },
    });
  });

  it('is kept as it was sent, with its parser and version', async () => {
    const body = jsonLead();
    const { id } = await arrived(house, body);
    const raw = await house.app.store.db.lead.findUniqueOrThrow({ where: { id }, select: { rawIntake: true } });
    expect(Buffer.from(raw.rawIntake?.body ?? []).toString()).toBe(body);
    expect(raw.rawIntake).toMatchObject({ parser: expect.stringMatching(/^json\/\d+$/), sourceId: 'website' });
  });

  it('makes a lead of each prospect of an ADF document, each with its card', async () => {
    const document = adfDocument(
      { id: freshId('adf'), name: 'Un', phone: '06 39 98 00 01', model: '108' },
      { id: freshId('adf'), name: 'Deux', phone: '06 39 98 00 02', model: '308', vendor: 'Lumière Annecy' },
    );
    const [one, two] = await receipts(await house.send('portal', document, { 'content-type': 'application/x-adf+xml' }));
    expect(plainly(words(await card(house, LYON, one?.id ?? '')))).toContain('Peugeot 108');
    expect(plainly(words(await card(house, ANNECY, two?.id ?? '')))).toContain('Peugeot 308');
  });

  it('may be a mail: without ADF, its text is the message', async () => {
    const mail = mailLead({ messageId: `<${freshId('mail')}@example.org>`, text: 'Bonjour, la 208 grise est-elle libre ?' });
    const [receipt] = await receipts(await house.send('callcentre', mail, { 'content-type': 'message/rfc822' }));
    expect(words(await card(house, LYON, receipt?.id ?? ''))).toContain('la 208 grise est-elle libre');
    expect(await stored(house, receipt?.id ?? '')).toMatchObject({ email: 'zoe.lefevre@example.org', name: 'Zoé Lefèvre' });
  });

  it('may be a form with photos, which are stored', async () => {
    const form = new FormData();
    form.set('nom', 'Zoé Photo');
    form.set('tel', '06 39 98 44 44');
    form.set('dealership', 'lyon');
    form.append('photos', new File([new Uint8Array(700_000).fill(7)], 'avant.jpg', { type: 'image/jpeg' }));
    form.append('photos', new File([new Uint8Array(700_000).fill(8)], 'arrière.jpg', { type: 'image/jpeg' }));
    // Fetch writes the boundary itself.
    const encoded = new Response(form);
    const type = encoded.headers.get('content-type') ?? '';
    const [receipt] = await receipts(await house.send('website', new Uint8Array(await encoded.arrayBuffer()), { 'content-type': type }));
    expect(receipt).toMatchObject({ tier: 'parsed' });
    const photos = await house.app.store.db.photo.findMany({ where: { leadId: receipt?.id ?? '' }, orderBy: { filename: 'asc' } });
    expect(photos.map(({ filename, contentType, original }) => [filename, contentType, original?.length])).toEqual([
      ['arrière.jpg', 'image/jpeg', 700_000],
      ['avant.jpg', 'image/jpeg', 700_000],
    ]);
    expect(words(await card(house, LYON, receipt?.id ?? ''))).toContain('2 photos');
  });

  it('sends a browser back to the page of thanks', async () => {
    const form = new URLSearchParams({ nom: 'Zoé Merci', tel: '06 39 98 55 55', dealership: 'lyon' }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html,application/xhtml+xml' };
    const answer = await house.send('website', form, headers);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, 'https://example.org/merci']);
    expect((await house.send('website', form.replace('Merci', 'Encore'), { ...headers, accept: 'application/json' })).status).toBe(202);
  });
});

describe('an enquiry that is refused', () => {
  it.each([
    ['without a token', 401, { authorization: '' }, 'website'],
    ['with a wrong token', 401, { authorization: 'Bearer wrong' }, 'website'],
    ["with another source's token", 401, { authorization: `Bearer ${TOKENS.INTAKE_PORTAL_TOKEN}` }, 'website'],
    ['from an unknown source', 404, {}, 'nowhere'],
    ['of a type nobody reads', 415, { 'content-type': 'application/pdf' }, 'website'],
    ['compressed', 415, { 'content-encoding': 'gzip' }, 'website'],
  ])('%s: %i', async (_, status, headers, source) => {
    const before = await leadCount();
    await expectProblem(await house.send(source, jsonLead(), headers), status);
    expect(await leadCount()).toBe(before);
  });

  it('of more than 1 MB: 413; a form with photos may be larger', async () => {
    const large = jsonLead({ message: 'x'.repeat(1_000_001) });
    await expectProblem(await house.send('website', large), 413);
    const boundary = 'b0undary';
    const part = (name: string, value: string, more = '') =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const form = `${part('customer.name', 'Zoé Grande')}${part('dealership', 'lyon')}${part('photos', 'x'.repeat(1_500_000), '; filename="a.jpg"\r\nContent-Type: image/jpeg')}--${boundary}--\r\n`;
    expect((await house.send('website', form, { 'content-type': `multipart/form-data; boundary=${boundary}` })).status).toBe(202);
    const enormous = `${part('photos', 'x'.repeat(25_000_001), '; filename="a.jpg"')}--${boundary}--\r\n`;
    await expectProblem(await house.send('website', enormous, { 'content-type': `multipart/form-data; boundary=${boundary}` }), 413);
  });

  it('over the rate of its source: 429 with Retry-After, while other sources go on', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => house.send('slow', jsonLead())));
    const refused = answers.filter((answer) => answer.status === 429);
    expect(answers.filter((answer) => answer.status === 202)).toHaveLength(2);
    expect(refused.map((answer) => answer.headers.get('retry-after'))).toEqual(['1', '1']);
    await expectProblem(refused[0] ?? new Response(), 429);
    expect((await house.send('website', jsonLead())).status).toBe(202);
  });

  it('is no page either: what is not there says so in the same form', async () => {
    await expectProblem(await fetch(`${house.app.url}/nowhere`), 404);
    await expectProblem(await fetch(`${house.app.url}/intake/website`), 404);
  });
});

describe('the same enquiry again', () => {
  it.each([
    [
      'by externalId, even with other words',
      (id: string) => [jsonLead({ externalId: id }), jsonLead({ externalId: id, message: 'Encore moi' })],
      'application/json',
      'website',
    ],
    [
      'by the id of an ADF prospect',
      (id: string) => [adfDocument({ id, name: 'Un', phone: '0639980001' }), adfDocument({ id, name: 'Un', phone: '0639980009' })],
      'application/xml',
      'callcentre',
    ],
    [
      'by Message-ID',
      (id: string) => [
        mailLead({ messageId: `<${id}@example.org>`, text: 'Bonjour' }),
        mailLead({ messageId: `<${id}@example.org>`, text: 'Bonjour  ' }),
      ],
      'message/rfc822',
      'callcentre',
    ],
    [
      'by the hash of its body, when it has no id',
      (id: string) => {
        const body = jsonLead({ externalId: null, message: id });
        return [body, body];
      },
      'application/json',
      'website',
    ],
  ])('is a resend: %s', async (_, bodies, type, source) => {
    const [first, second] = bodies(freshId('again'));
    const [created] = await receipts(await house.send(source, first ?? '', { 'content-type': type }));
    const [resent] = await receipts(await house.send(source, second ?? '', { 'content-type': type }));
    expect([created?.result, resent?.result]).toEqual(['created', 'resend']);
    expect(resent?.id).toBe(created?.id);
    await card(house, LYON, created?.id ?? '');
    expect(cardsOf(house, LYON, created?.id ?? '')).toHaveLength(1);
    expect(await facts(house, created?.id ?? '', 'resent')).toHaveLength(1);
  });

  it('is one lead when twenty arrive at once', async () => {
    const body = jsonLead();
    const before = await leadCount();
    const answers = await Promise.all(Array.from({ length: 20 }, () => house.send('website', body).then(receipts)));
    const all = answers.flat();
    expect(new Set(all.map((one) => one.id)).size).toBe(1);
    expect(all.filter((one) => one.result === 'created')).toHaveLength(1);
    expect(await leadCount()).toBe(before + 1);
    await card(house, LYON, all[0]?.id ?? '');
    expect(cardsOf(house, LYON, all[0]?.id ?? '')).toHaveLength(1);
  });

  it('of another source is another lead', async () => {
    const body = jsonLead();
    const [one] = await receipts(await house.send('website', body));
    const [two] = await receipts(await house.send('portal', body));
    expect(one?.id).not.toBe(two?.id);
  });
});

describe('Standard Webhooks', () => {
  const sign = (secret: string, id: string, body: string, at = new Date()) => ({
    authorization: '',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  });

  it.each([
    ['the old secret', TOKENS.INTAKE_OEM_SECRET],
    ['the new secret', SECOND_SECRET],
  ])('takes what is signed with %s', async (_, secret) => {
    const body = jsonLead();
    const [receipt] = await receipts(await house.send('oem', body, sign(secret, freshId('msg'), body)));
    expect(receipt).toMatchObject({ result: 'created', tier: 'parsed' });
  });

  it.each([
    ['with a wrong secret', (body: string) => sign('whsec_bm90IHRoZSBzZWNyZXQgYXQgYWxsIG5v', 'msg-x', body)],
    ['six minutes ago', (body: string) => sign(SECOND_SECRET, 'msg-x', body, new Date(Date.now() - 360_000))],
    ['six minutes ahead', (body: string) => sign(SECOND_SECRET, 'msg-x', body, new Date(Date.now() + 360_000))],
    ['over another body', () => sign(SECOND_SECRET, 'msg-x', 'another')],
    ['under another id', (body: string) => ({ ...sign(SECOND_SECRET, 'msg-x', body), 'webhook-id': 'msg-y' })],
    ['not at all, with a token', () => ({ authorization: 'Bearer oem-token' })],
  ])('refuses what is signed %s', async (_, headers) => {
    const before = await leadCount();
    const body = jsonLead();
    await expectProblem(await house.send('oem', body, headers(body)), 401);
    expect(await leadCount()).toBe(before);
  });

  it('does not let strangers spend the rate of the source', async () => {
    const body = jsonLead();
    const forged = Array.from({ length: 8 }, () => house.send('signed', body, sign(SECOND_SECRET, freshId('msg'), body)));
    expect((await Promise.all(forged)).map((answer) => answer.status)).toEqual(Array(8).fill(401));
    const signed = () => sign(TOKENS.INTAKE_OEM_SECRET, freshId('msg'), body);
    const answers = await Promise.all([1, 2, 3, 4].map(() => house.send('signed', body, signed())));
    expect(answers.map((answer) => answer.status).sort()).toEqual([202, 202, 429, 429]);
  });

  it('answers a replay with the first ids, whatever happened since', async () => {
    const body = `[${jsonLead({ externalId: null })},${jsonLead({ externalId: null, message: 'Une autre' })}]`;
    const headers = sign(SECOND_SECRET, freshId('msg'), body);
    const first = await receipts(await house.send('oem', body, headers));
    const again = await Promise.all([1, 2, 3].map(() => house.send('oem', body, headers).then(receipts)));
    expect(first.map((one) => one.result)).toEqual(['created', 'created']);
    for (const replay of again) {
      expect(replay.map((one) => one.id)).toEqual(first.map((one) => one.id));
      expect(replay.every((one) => one.result === 'repeat')).toBe(true);
    }
    expect(await facts(house, first[0]?.id ?? '', 'resent')).toEqual([]);
  });
});

describe('never dropped', () => {
  it('what nobody can read becomes a card that shows its text and offers Complete', async () => {
    const [receipt] = await receipts(
      await house.send('callcentre', 'Bonjour <b>je cherche</b> une 208, rappelez-moi', { 'content-type': 'application/xml' }),
    );
    expect(receipt).toMatchObject({ tier: 'raw', result: 'created' });
    expect(receipt?.problems.length).toBeGreaterThan(0);
    const shown = await card(house, LYON, receipt?.id ?? '');
    expect(plainly(words(shown))).toContain('Demande à lire');
    expect(words(shown)).toContain('une 208, rappelez-moi');
    expect(buttons(shown)).toEqual(['claim.take', 'lead.complete']);
  });

  it('an empty body is a card too', async () => {
    const [receipt] = await receipts(await house.send('callcentre', ''));
    expect(receipt?.tier).toBe('raw');
    await card(house, LYON, receipt?.id ?? '');
  });

  it('a partial one says what is missing', async () => {
    const nameless = await arrived(house, jsonLead({ customer: { name: null } }));
    expect(plainly(words(nameless.card))).toContain('Il manque le nom du client');
    const unreachable = await arrived(house, jsonLead({ customer: { phone: 'néant', email: null } }));
    expect(plainly(words(unreachable.card))).toContain('Il manque un moyen de joindre le client');
    expect(buttons(unreachable.card)).toContain('lead.complete');
  });

  it('one for no dealership of ours goes to the first, flagged', async () => {
    const [receipt] = await receipts(await house.send('website', jsonLead({ dealership: 'marseille' })));
    expect(receipt?.problems).toContainEqual({ path: 'dealership', message: expect.any(String) });
    expect(plainly(words(await card(house, LYON, receipt?.id ?? '')))).toContain("n'a nommé aucune de nos concessions");
  });

  it('is answered 503 and stores nothing when the database fails, and works again after', async () => {
    const { db } = house.app.store;
    const body = jsonLead();
    await db.$executeRaw`ALTER TABLE lead RENAME TO lead_away`;
    const [failed, ...others] = await Promise.all([house.send('website', body), house.send('website', jsonLead())]).finally(
      () => db.$executeRaw`ALTER TABLE lead_away RENAME TO lead`,
    );
    expect(failed.headers.get('retry-after')).toMatch(/^\d+$/);
    await expectProblem(failed, 503);
    for (const other of others) await expectProblem(other, 503);
    const [receipt] = await receipts(await house.send('website', body));
    expect(receipt?.result).toBe('created');
  });
});

if (process.env.TEST_DATABASE_URL)
  describe('with the connections to PostgreSQL cut', () => {
    it('answers are 202 only for what is stored; the others are 503', async () => {
      const cut = () =>
        house.app.store.db
          .$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`.catch(
          () => 0,
        );
      const answers = await Promise.all(
        Array.from({ length: 60 }, async (_, n) =>
          n % 10 === 5 ? cut().then(() => house.send('website', jsonLead())) : house.send('website', jsonLead()),
        ),
      );
      for (const answer of answers) {
        expect([202, 503]).toContain(answer.status);
        if (answer.status === 202) for (const { id } of await receipts(answer)) expect(await stored(house, id)).toMatchObject({ id });
      }
      await expect.poll(async () => (await house.send('website', jsonLead())).status, { timeout: SOON }).toBe(202);
    });
  });
