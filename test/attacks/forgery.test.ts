import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signature } from '../../src/sandbox/slack/index.js';
import { clickBody } from '../support/forge.js';
import { jsonLead } from '../support/leads.js';
import { type Chance, chance } from '../support/random.js';
import { type Running, run, SEED, TOKENS } from '../support/running.js';
import { arrived, facts, LYON, privately, stored } from '../support/seen.js';
import { wire } from '../support/wire.js';

const MUTATIONS = Number(process.env.MUTATIONS ?? 10_000);
const RANDOM_SEED = Number(process.env.SEED ?? 1);
const PATIENCE = 60_000 + MUTATIONS * 15;
const FORM = 'application/x-www-form-urlencoded';

const NEXT_SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const RETIRED_SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX';

let house: Running;
let client: ReturnType<typeof wire>;
beforeAll(async () => {
  const edit = (yaml: string) =>
    yaml.replace('secret: "env:INTAKE_OEM_SECRET"', 'rate: none, secret: ["env:INTAKE_OEM_SECRET", "env:INTAKE_OEM_NEXT"]');
  house = await run({ edit, env: { INTAKE_OEM_NEXT: NEXT_SECRET } });
  client = wire(house.app.url);
});
afterAll(async () => {
  client?.close();
  await house?.stop();
});

/** A request with its two or three signed headers, each a list: several lines of one name are several values. */
interface Signed {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

/** Changes a valid request so that nobody who signs would have sent it. The names of headers may be written in any case. */
function mutated(random: Chance, valid: Signed, names: { readonly at: string; readonly signed: string }): Signed {
  const at = valid.headers[names.at]?.[0] ?? '';
  const signed = valid.headers[names.signed]?.[0] ?? '';
  const body = (changed: Buffer): Signed => ({ ...valid, body: changed });
  const header = (name: string, values: readonly string[]): Signed => ({ ...valid, headers: { ...valid.headers, [name]: values } });
  const where = random.int(valid.body.length);
  const head = valid.body.subarray(0, where);
  const [one = '', ...rest] = [...signed]
    .map((_, n) => n)
    .filter((n) => /[0-9a-zA-Z+/]/.test(signed[n] ?? ''))
    .map(String);
  const spot = Number(random.pick([one, ...rest]));
  const flipped = `${signed.slice(0, spot)}${signed[spot] === 'a' ? 'b' : 'a'}${signed.slice(spot + 1)}`;
  return random.pick<() => Signed>([
    () => body(Buffer.concat([head, Buffer.from([(valid.body[where] ?? 0) ^ (1 << random.int(8))]), valid.body.subarray(where + 1)])),
    () => body(Buffer.concat([head, valid.body.subarray(where + 1)])),
    () => body(Buffer.concat([head, Buffer.from(random.pick([' ', '&', '\0', '%', '\u00e9', '{}', '\r\n'])), valid.body.subarray(where)])),
    () => body(Buffer.concat([valid.body, Buffer.from(random.pick(['\n', ' ', '&a=b', '\0', ',{}']))])),
    () => body(Buffer.concat([Buffer.from(random.pick(['\ufeff', ' ', '\n', 'a=b&'])), valid.body])),
    () => body(Buffer.alloc(0)),
    () => header(names.at, [String(Number(at) + random.pick([-301, -60, -1, 1, 30, 59, 3_600]))]),
    () =>
      header(names.at, [
        random.pick([
          `0${at}`,
          `+${at}`,
          `-${at}`,
          `${at}.0`,
          `${at}e0`,
          `0x${Number(at).toString(16)}`,
          `${at},${at}`,
          `${at}000`,
          '',
          '0',
          'now',
          'NaN',
        ]),
      ]),
    () => header(names.at, []),
    () => header(names.at, [at, random.pick([at, '0', String(Number(at) + 1)])]),
    () => header(names.signed, [flipped]),
    () => header(names.signed, [signed.slice(0, random.int(signed.length))]),
    () => header(names.signed, [`${signed}${random.pick(['=', '0', ',', '=junk', '\t0', '%00', '=='])}`]),
    () =>
      header(names.signed, [
        random.pick([
          signed.replace(/^v\d/, 'v2'),
          signed.replace(/^v\d[=,]/, ''),
          `${signed.slice(0, 3)}${signed.slice(3).toUpperCase().toLowerCase().split('').reverse().join('')}`,
        ]),
      ]),
    () => header(names.signed, [signed.toUpperCase()]),
    () => header(names.signed, []),
    () => header(names.signed, [flipped, signed]),
    () => header(names.signed, [signed, flipped]),
    () => header(names.signed, [signed, signed]),
  ])();
}

/** The lines of the headers, their names in any case. */
function lines(random: Chance, { headers }: Signed): string[] {
  const cased = (name: string) => [...name].map((letter) => (random.next() < 0.5 ? letter.toUpperCase() : letter)).join('');
  return Object.entries(headers).flatMap(([name, values]) => {
    const written = cased(name);
    return values.flatMap((value) => [written, value]);
  });
}

/** Sends that many mutations and answers those that were not refused, to read in a failure. */
async function accepted(path: string, type: string, make: (random: Chance) => Signed): Promise<string[]> {
  const random = chance(RANDOM_SEED);
  const taken: string[] = [];
  const sendOne = async () => {
    const request = make(random);
    const headers = ['content-type', type, ...lines(random, request)];
    const { status } = await client.post(path, headers, request.body).catch(() => ({ status: 400 }));
    if (status < 400) taken.push(JSON.stringify([status, headers, request.body.toString('latin1').slice(-40)]));
  };
  for (let sent = 0; sent < MUTATIONS; sent += 25) await Promise.all(Array.from({ length: 25 }, sendOne));
  return taken.slice(0, 20);
}

describe(`S1: ${MUTATIONS} changed requests (seed ${RANDOM_SEED})`, () => {
  it(
    'of a signed click: none is accepted, nothing happens; names of headers may be written in any case',
    async () => {
      const { id, card } = await arrived(house, jsonLead());
      const body = clickBody({ user: 'U0ALICE', action: 'claim.take', value: id, channel: LYON, ts: card.ts });
      const valid = (): Signed => {
        const headers = signature(SEED.signingSecret, body);
        return { body: Buffer.from(body), headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])) };
      };
      const names = { at: 'x-slack-request-timestamp', signed: 'x-slack-signature' };
      expect(await accepted('/slack/events', FORM, (random) => mutated(random, valid(), names))).toEqual([]);
      expect(await stored(house, id)).toMatchObject({ ownerId: null, revision: 1 });
      expect(await facts(house, id)).toMatchObject([{ kind: 'arrived' }, { kind: 'posted' }]);
      const request = valid();
      expect((await client.post('/slack/events', ['Content-Type', FORM, ...lines(chance(2), request)], request.body)).status).toBe(200);
      expect(await stored(house, id)).toMatchObject({ ownerId: 'alice' });
    },
    PATIENCE,
  );

  it(
    'of a signed webhook: none is accepted, nothing is stored',
    async () => {
      const before = await house.app.store.db.rawIntake.count();
      const names = { at: 'webhook-timestamp', signed: 'webhook-signature' };
      const taken = await accepted('/intake/oem', 'application/json', (random) =>
        random.int(10) === 0 ? otherId(random, webhook()) : mutated(random, webhook(), names),
      );
      expect(taken).toEqual([]);
      expect(await house.app.store.db.rawIntake.count()).toBe(before);
      expect(await house.app.store.db.webhookDelivery.count()).toBe(0);
    },
    PATIENCE,
  );

  function otherId(random: Chance, valid: Signed): Signed {
    const [id = ''] = valid.headers['webhook-id'] ?? [];
    const values = random.pick([[`${id}x`], [id.slice(1)], [''], [], [id, id], [`${id}.${valid.headers['webhook-timestamp']?.[0]}`]]);
    return { ...valid, headers: { ...valid.headers, 'webhook-id': values } };
  }
});

/** A delivery as Standard Webhooks signs it. */
function webhook(options: { readonly secret?: string; readonly at?: number; readonly id?: string; readonly body?: string } = {}): Signed {
  const { secret = TOKENS.INTAKE_OEM_SECRET, at = Math.floor(Date.now() / 1000), id = `msg_${randomUUID()}`, body = jsonLead() } = options;
  const mac = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`${id}.${at}.${body}`)
    .digest('base64');
  return {
    body: Buffer.from(body),
    headers: { 'webhook-id': [id], 'webhook-timestamp': [String(at)], 'webhook-signature': [`v1,${mac}`] },
  };
}

const deliver = (signed: Signed) =>
  client.post('/intake/oem', ['content-type', 'application/json', ...lines(chance(3), signed)], signed.body);

describe('S2: the same signed click a hundred times', () => {
  it('has one effect', async () => {
    const { id, card } = await arrived(house, jsonLead());
    const body = clickBody({ user: 'U0BRUNO', action: 'claim.take', value: id, channel: LYON, ts: card.ts });
    const headers = Object.entries(signature(SEED.signingSecret, body)).flat();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => client.post('/slack/events', ['content-type', FORM, ...headers], body)),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(await stored(house, id)).toMatchObject({ ownerId: 'bruno', stage: 'claimed', revision: 2 });
    expect((await facts(house, id)).map((fact) => fact.kind)).toEqual(['arrived', 'posted', 'claimed']);
    // Whoever replays it makes the bot talk, to the person whose click it was and to nobody else.
    for (const other of ['U0ALICE', 'U0MARTINE'])
      expect(privately(house, other).some((message) => message.text.includes('déjà à vous'))).toBe(false);
  });
});

describe('S3: a signature of another time', () => {
  const now = () => Date.now() / 1000;
  it.each([
    ['301 s old', () => Math.floor(now()) - 301, 401],
    ['61 s ahead', () => Math.ceil(now()) + 61, 401],
    ['a day ahead', () => Math.ceil(now()) + 86_400, 401],
    ['290 s old', () => Math.floor(now()) - 290, 200],
    ['30 s ahead', () => Math.floor(now()) + 30, 200],
  ])('on a click, %s: %#', async (_, at, status) => {
    const { id, card } = await arrived(house, jsonLead());
    const body = clickBody({ user: 'U0ALICE', action: 'claim.take', value: id, channel: LYON, ts: card.ts });
    const headers = Object.entries(signature(SEED.signingSecret, body, at())).flat();
    expect((await client.post('/slack/events', ['content-type', FORM, ...headers], body)).status).toBe(status);
    expect((await stored(house, id)).ownerId).toBe(status === 200 ? 'alice' : null);
  });

  it.each([
    ['301 s old', () => Math.floor(now()) - 301, 401],
    ['302 s ahead', () => Math.ceil(now()) + 302, 401],
    ['290 s old', () => Math.floor(now()) - 290, 202],
  ])('on a webhook, %s: %#', async (_, at, status) => {
    expect((await deliver(webhook({ at: at() }))).status).toBe(status);
  });
});

describe('S4: webhooks', () => {
  it('that are replayed get the first answer, also three days later, whatever they say by then', async () => {
    const id = `msg_${randomUUID()}`;
    const body = jsonLead();
    const first = await deliver(webhook({ id, body }));
    const again = await deliver(webhook({ id, body }));
    expect([first.status, again.status]).toEqual([202, 202]);
    const [created] = (JSON.parse(first.text) as { leads: { id: string; result: string }[] }).leads;
    expect(created?.result).toBe('created');
    expect(JSON.parse(again.text)).toMatchObject({ leads: [{ id: created?.id, result: 'repeat' }] });
    const threeDaysAgo = new Date(Date.now() - 3 * 86_400_000);
    await house.app.store.db.webhookDelivery.updateMany({ where: { webhookId: id }, data: { receivedAt: threeDaysAgo } });
    const leads = await house.app.store.db.lead.count();
    const late = await deliver(webhook({ id, body: jsonLead() }));
    expect(JSON.parse(late.text)).toMatchObject({ leads: [{ id: created?.id, result: 'repeat' }] });
    expect(await house.app.store.db.lead.count()).toBe(leads);
  });

  it('may be signed with either secret while one replaces the other, and with no secret of the past', async () => {
    expect((await deliver(webhook({ secret: TOKENS.INTAKE_OEM_SECRET }))).status).toBe(202);
    expect((await deliver(webhook({ secret: NEXT_SECRET }))).status).toBe(202);
    expect((await deliver(webhook({ secret: RETIRED_SECRET }))).status).toBeGreaterThanOrEqual(401);
  });

  it('may carry the signatures of both secrets', async () => {
    const [id, body] = [`msg_${randomUUID()}`, jsonLead()];
    const [one, two] = [webhook({ id, body, secret: RETIRED_SECRET }), webhook({ id, body, secret: NEXT_SECRET })];
    const both = [one, two].flatMap((signed) => signed.headers['webhook-signature'] ?? []).join(' ');
    expect((await deliver({ ...two, headers: { ...two.headers, 'webhook-signature': [both] } })).status).toBe(202);
  });
});
