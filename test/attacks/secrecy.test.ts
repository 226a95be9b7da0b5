import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpServer } from '../../src/http.js';
import { signature } from '../../src/sandbox/slack/index.js';
import { forgeClick, forgeSubmission } from '../support/forge.js';
import { adfDocument, freshId, jsonLead, mailLead } from '../support/leads.js';
import { type Running, run, SEED } from '../support/running.js';
import { arrived, card, LYON, plainly, privately, receipts, stored, whispered, words } from '../support/seen.js';
import { wire } from '../support/wire.js';

let house: Running;
let client: ReturnType<typeof wire>;
beforeAll(async () => {
  house = await run();
  client = wire(house.app.url);
});
afterAll(async () => {
  client?.close();
  await house?.stop();
});

/** Somebody who exists nowhere else, and whose every trait can be found again. */
const BIRD = {
  name: 'Zéphyrine Canarienne',
  phone: '06 39 98 47 11',
  email: 'zephyrine.serin@example.org',
  plate: 'ZC-471-CA',
  message: 'Je siffle au crépuscule, rappelez-moi au 06 39 98 47 11',
  token: 'canarytoken-4711',
};
const SINGS = /canarienne|z[ée]phyrine|639984711|39[ .]98[ .]47[ .]11|\.serin|zc-?471-?ca|cr[ée]puscule|canarytoken/i;

/** A word that only a failing database says. */
const SECRET = 'hunter2-4711';

const jobRows = async () => {
  const jobs = await house.app.store.db.$queryRaw<{ row: string }[]>`SELECT to_jsonb(j)::text AS row FROM pgboss.job j`;
  return jobs.map(({ row }) => row);
};

/** Makes every write to a table fail the way a database fails: with the statement, and what stood in it. */
async function whileBroken(table: 'lead' | 'message_ref', act: () => Promise<void>): Promise<void> {
  const { db } = house.app.store;
  const complaint = `password=${SECRET} in SELECT secret FROM vault`;
  await db.$executeRaw`CREATE OR REPLACE FUNCTION break_down() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION '% %', TG_ARGV[0], to_jsonb(NEW); END $$`;
  const made = { lead: db.$executeRawUnsafe, message_ref: db.$executeRawUnsafe }[table];
  await made.call(
    db,
    `CREATE TRIGGER break_down BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION break_down('${complaint}')`,
  );
  try {
    await act();
  } finally {
    await made.call(db, `DROP TRIGGER break_down ON ${table}`);
  }
}

const REFERENCE = /\b[A-HJ-NP-Z2-9]{4}\b/;

describe('S16: nobody who reads logs, metrics, jobs or errors learns who the customer is', () => {
  const said: string[] = [];
  const customer = { name: BIRD.name, phone: BIRD.phone, email: BIRD.email, city: BIRD.name, company: BIRD.name };
  const car = { make: 'Peugeot', model: '208', plate: BIRD.plate, comments: BIRD.message, url: `https://example.org/${BIRD.plate}` };
  const json = () =>
    jsonLead({
      externalId: freshId(BIRD.email),
      customer,
      interest: car,
      tradeIn: car,
      message: BIRD.message,
      page: `https://example.org/?${BIRD.email}`,
    });
  const fields = () =>
    new URLSearchParams({
      nom: BIRD.name,
      tel: BIRD.phone,
      courriel: BIRD.email,
      modele: BIRD.plate,
      message: BIRD.message,
      odd: BIRD.name,
    }).toString();
  const mail = () =>
    mailLead({
      messageId: `<${freshId(BIRD.email)}>`,
      from: `${BIRD.name} <${BIRD.email}>`,
      subject: BIRD.message,
      text: `${BIRD.message} ${BIRD.plate}`,
    });
  const adf = () =>
    adfDocument({
      id: freshId(BIRD.email),
      name: BIRD.name,
      phone: BIRD.phone,
      email: BIRD.email,
      comments: BIRD.message,
      model: BIRD.plate,
    });
  const bodies = (): [string, string][] => [
    ['application/json', json()],
    ['application/json', `{"customer": {"name": "${BIRD.name}", "phone": "${BIRD.phone}"`],
    [
      'application/json',
      JSON.stringify({ customer: BIRD.name, interest: [BIRD.phone], message: { [BIRD.email]: 1 }, [BIRD.plate]: BIRD.message }),
    ],
    ['application/xml', adf()],
    ['application/xml', `<!DOCTYPE ${BIRD.email}>${adf()}`],
    ['application/xml; charset=canarienne', adf()],
    ['application/x-www-form-urlencoded', fields()],
    [
      'multipart/form-data; boundary=x',
      `--x\r\nContent-Disposition: form-data; name="${BIRD.name}"; filename="${BIRD.plate}.jpg"\r\n\r\n${BIRD.message}\r\n--x--\r\n`,
    ],
    ['message/rfc822', mail()],
  ];
  const post = async (path: string, headers: string[], body: string) => {
    const answer = await client.post(path, headers, body);
    said.push(`${answer.status} ${JSON.stringify(answer.headers)} ${answer.text}`);
    return answer;
  };
  const toIntake = (type: string, body: string, token = 'website-token', source = 'website') =>
    post(`/intake/${source}`, ['content-type', type, 'authorization', `Bearer ${token}`], body);
  const signedPost = (type: string, body: string) =>
    post('/slack/events', ['content-type', type, ...Object.entries(signature(SEED.signingSecret, body)).flat()], body);

  it('accepted, in every format', async () => {
    for (const [type, body] of bodies()) expect((await toIntake(type, body)).status).toBe(202);
  });

  it('refused, for every reason there is', async () => {
    expect((await toIntake('application/json', json(), BIRD.token)).status).toBe(401);
    expect((await toIntake('application/json', json(), 'x', encodeURIComponent(BIRD.email))).status).toBe(404);
    expect((await post(`/${encodeURIComponent(BIRD.name)}?${BIRD.token}`, [], json())).status).toBe(404);
    expect((await toIntake(`text/${BIRD.token}`, json())).status).toBe(415);
    expect((await toIntake('application/json', `${json()}${' '.repeat(1_000_001)}`)).status).toBe(413);
    expect(
      (await post('/intake/oem', ['content-type', 'application/json', 'webhook-id', BIRD.token, 'webhook-signature', BIRD.email], json()))
        .status,
    ).toBe(401);
  });

  it('in what Slack sends: clicks, forms, commands, kinds nobody knows', async () => {
    const { id, card: shown } = await arrived(house, json());
    for (const action of ['claim.take', BIRD.name, `x.${BIRD.email}`])
      for (const value of [id, BIRD.email]) await forgeClick(house, { user: 'U0ALICE', action, value, channel: LYON, ts: shown.ts });
    for (const subject of [`new:${BIRD.email}`, BIRD.email, 'new:01a20361-48be-73dc-a37f-6d18355247aa'])
      for (const form of ['lead', BIRD.name])
        await forgeSubmission(house, {
          user: 'U0SOPHIE',
          subject,
          id: form,
          values: { 'customer.name': BIRD.name, 'customer.phone': `${BIRD.phone} x`, 'interest.year': BIRD.email },
        });
    expect(await house.slack.as('U0SOPHIE').command(LYON, `/lead ${BIRD.name} ${BIRD.phone}`)).toMatchObject({ ok: true });
    for (const body of [`{"type":"${BIRD.name}"`, JSON.stringify({ type: BIRD.token, event: { text: BIRD.message } }), BIRD.message])
      for (const type of ['application/json', 'application/x-www-form-urlencoded']) await signedPost(type, body);
    await signedPost(
      'application/x-www-form-urlencoded',
      `payload=${encodeURIComponent(JSON.stringify({ type: 'message_action', callback_id: BIRD.name }))}`,
    );
  });

  it('when Slack fails: refusals that quote the message, breakdowns, lost answers', async () => {
    const effects = [
      { kind: 'error', error: 'invalid_blocks' },
      { kind: 'error', error: `canarytoken ${BIRD.email}` },
      { kind: 'status', status: 500, stored: false },
      { kind: 'lost', stored: true },
    ] as const;
    for (const effect of effects) {
      const fault = house.slack.faults.add({ method: 'chat.postMessage', channel: LYON, times: 1, effect });
      await receipts(await house.send('callcentre', json()));
      await house.slack.until(() => fault.hits() === 1, 60_000);
    }
    house.slack.faults.add({ method: 'chat.postEphemeral', times: 1, effect: { kind: 'error', error: 'user_not_in_channel' } });
  });

  it('when the database fails and quotes the row', async () => {
    await whileBroken('lead', async () => {
      for (const [type, body] of bodies()) expect((await toIntake(type, body)).status).toBe(503);
    });
    await whileBroken('message_ref', async () => {
      const before = house.log.length;
      await receipts(await house.send('callcentre', json()));
      await expect.poll(() => house.log.slice(before).some((line) => line.includes('a job failed')), { timeout: 30_000 }).toBe(true);
    });
  });

  it('is found nowhere', async () => {
    const metrics = await (await fetch(`${house.app.url}/metrics`)).text();
    const ready = await (await fetch(`${house.app.url}/readyz`)).text();
    expect(metrics).toContain('forecourt_intake_requests_total');
    expect(said.length).toBeGreaterThan(30);
    expect(house.log.length).toBeGreaterThan(20);
    const jobs = await jobRows();
    expect(jobs.length).toBeGreaterThan(10);
    // The receipts name the leads by id and the problems by path.
    for (const text of [...house.log, metrics, ready, ...jobs, ...said]) {
      expect(text).not.toMatch(SINGS);
      expect(text).not.toContain(SECRET);
    }
  });
});

describe('S17: a name with line ends and escape sequences', () => {
  const NASTY = 'Zoé\r\n{"level":"fatal","msg":"forged"}\n\u001b[31mred\u001b[0m\u2028\u2029\u0085\u009b1A\u0000';

  it('is one line per event, whatever it stands in', async () => {
    const before = house.log.length;
    await receipts(
      await house.send(
        'callcentre',
        jsonLead({ customer: { name: NASTY, email: NASTY, city: NASTY }, externalId: `${NASTY}${freshId()}` }),
      ),
    );
    await forgeClick(house, { user: NASTY, action: 'claim.take', value: NASTY, channel: NASTY });
    await forgeClick(house, { user: 'U0ALICE', action: NASTY, value: NASTY, channel: LYON });
    await forgeSubmission(house, { user: NASTY, subject: NASTY, id: NASTY, values: { 'customer.name': NASTY } });
    await client.post(`/intake/${encodeURIComponent(NASTY)}`, ['content-type', 'application/json'], '{}');
    await whileBroken('lead', async () => {
      await house.send('callcentre', jsonLead({ customer: { name: NASTY } }));
      await forgeSubmission(house, {
        user: 'U0SOPHIE',
        subject: 'new:01a20361-48be-73dc-a37f-6d18355247ab',
        values: { 'customer.name': NASTY },
      });
    });
    const lines = house.log.slice(before);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of house.log) {
      expect(line.indexOf('\n')).toBe(line.length - 1);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point.
      expect(line.slice(0, -1)).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029]/);
      expect(() => JSON.parse(line)).not.toThrow();
      expect(JSON.parse(line)).not.toMatchObject({ msg: 'forged' });
    }
    const metrics = await (await fetch(`${house.app.url}/metrics`)).text();
    expect(metrics).not.toContain('forged');
  });
});

describe('S20: an error nobody expected', () => {
  /** What may be told to anybody. */
  function expectGeneric(text: string): void {
    expect(text).not.toContain(SECRET);
    expect(text).not.toMatch(/select|insert|update |vault|exception|prisma|postgres|P0001|\.ts\b|\bat .*:\d+/i);
  }
  const logged = (reference: string) => house.log.filter((line) => (JSON.parse(line) as { reference?: string }).reference === reference);

  it('in the intake: a generic problem with a reference, which the log knows', async () => {
    await whileBroken('lead', async () => {
      const answer = await client.post(
        '/intake/website',
        ['content-type', 'application/json', 'authorization', 'Bearer website-token'],
        jsonLead(),
      );
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toBe('5');
      expectGeneric(answer.text);
      const { reference } = JSON.parse(answer.text) as { reference: string };
      expect(reference).toMatch(REFERENCE);
      expect(logged(reference)).toHaveLength(1);
    });
  });

  it('behind a button: a sentence with a reference, which the log knows; afterwards it works', async () => {
    const { id, card: shown } = await arrived(house, jsonLead(), LYON, 'callcentre');
    const take = () => house.slack.as('U0ALICE').click({ channel: LYON, ts: shown.ts, action_id: 'claim.take' });
    const heard = privately(house, 'U0ALICE').length;
    await whileBroken('lead', async () => {
      expect(await take()).toEqual({ ok: true });
      const sentence = plainly(words(await whispered(house, 'U0ALICE', 'de notre côté', heard)));
      expectGeneric(sentence);
      expect(logged(REFERENCE.exec(sentence)?.[0] ?? 'none')).toHaveLength(1);
    });
    expect(await stored(house, id)).toMatchObject({ ownerId: null });
    expect(await take()).toEqual({ ok: true });
    await card(house, LYON, id, (one) => plainly(words(one)).includes('Pris par Alice Martin'));
  });

  it('in a form: it stays open and says so, with a reference the log knows', async () => {
    await whileBroken('lead', async () => {
      const { answer } = await forgeSubmission(house, {
        user: 'U0SOPHIE',
        subject: 'new:01a20361-48be-73dc-a37f-6d18355247ac',
        values: { 'customer.name': 'Zoé' },
      });
      const text = JSON.stringify(answer);
      expectGeneric(text);
      expect(text).toContain('response_action":"errors"');
      expect(logged(REFERENCE.exec(text)?.[0] ?? 'none')).toHaveLength(1);
    });
  });

  it('anywhere else: 500, a generic problem, and the error handed to the log with its reference', async () => {
    const failures: { error: unknown; reference: string }[] = [];
    const http = createHttpServer([], (error, reference) => failures.push({ error, reference }));
    const boom = new Error(`password=${SECRET} SELECT * FROM vault`);
    http.routes.get('/boom', () => Promise.reject(boom));
    try {
      const answer = await fetch(`${await http.listen('127.0.0.1', 0)}/boom`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([500, 'application/problem+json; charset=utf-8']);
      const text = await answer.text();
      expectGeneric(text);
      expect(failures).toEqual([{ error: boom, reference: (JSON.parse(text) as { reference: string }).reference }]);
    } finally {
      await http.close();
    }
  });

  it('and the log itself says what kind it was and where, never what it quoted', () => {
    expect(house.log.join('')).toContain('an enquiry could not be taken');
    expect(house.log.join('')).toMatch(/"at":\["at /);
    expect(house.log.join('')).not.toContain(SECRET);
    expect(house.log.join('')).not.toMatch(/FROM vault/);
  });
});
