import { describe, expect, it } from 'vitest';
import { saidInChannels } from '../support/everything.js';
import { adfDocument, freshId, jsonLead, mailLead } from '../support/leads.js';
import { type Running, run } from '../support/running.js';
import { arrived, buttons, card, LYON, type Message, privately, receipts, whispered, words } from '../support/seen.js';

/** The same number and address as different people write them. None may be seen by a channel or a log. */
const CANARY = {
  phone: '+33639984321',
  spoken: ['06 39 98 43 21', '06.39.98.43.21', '0639984321', '+33 6 39 98 43 21', '0033639984321', '06-39-98-43-21', '(0)6 39 98 43 21'],
  email: 'canari.secret@example.org',
  written: ['Canari.Secret@example.org', 'CANARI.SECRET@EXAMPLE.ORG', 'mailto:canari.secret@example.org', 'canari.secret (at) example.org'],
};

/** The canary in whatever spelling: nine digits in a row once separators are gone, the local part of the address. */
function sings(text: string): boolean {
  return text.replace(/[\s().\u00a0\u202f+–_/-]/g, '').includes('639984321') || /canari\.secret/i.test(text.replaceAll('\u2060', ''));
}

const everywhere = `Rappelez-moi : ${CANARY.spoken.join(' ou ')}, sinon ${CANARY.written.join(' ou ')}. Merci !`;

/** Leads that carry the canary in every place the public can write, in every format. */
function bodies(): { type: string; body: string }[] {
  const customer = {
    name: `Zoé ${CANARY.email}`,
    firstName: CANARY.email,
    lastName: CANARY.phone,
    company: CANARY.phone,
    city: `Lyon ${CANARY.spoken[0]}`,
    email: CANARY.written[0] ?? '',
    phone: CANARY.spoken[0] ?? '',
  };
  const car = {
    make: CANARY.spoken[1],
    model: CANARY.email,
    version: CANARY.spoken[2],
    stockNumber: CANARY.phone,
    plate: CANARY.spoken[3],
    comments: everywhere,
  };
  const form = new URLSearchParams({
    nom: 'Zoé Lefèvre',
    tel: CANARY.spoken[0] ?? '',
    courriel: CANARY.email,
    modele: CANARY.spoken[1] ?? '',
    message: everywhere,
    dealership: 'lyon',
  });
  return [
    {
      type: 'application/json',
      body: jsonLead({
        customer,
        interest: car,
        tradeIn: car,
        message: everywhere,
        page: `https://example.org/${CANARY.email}`,
        campaign: CANARY.phone,
      }),
    },
    {
      type: 'application/json',
      body: jsonLead({ customer: { name: CANARY.email, email: CANARY.email, phone: `${CANARY.phone} / ${CANARY.spoken[1]}` } }),
    },
    { type: 'application/json', body: `{"tel": "${CANARY.spoken[0]}", "mail": "${CANARY.email}"` },
    { type: 'application/x-www-form-urlencoded', body: form.toString() },
    {
      type: 'application/x-www-form-urlencoded',
      body: new URLSearchParams({ telephone2: CANARY.phone, adresse: CANARY.email }).toString(),
    },
    {
      type: 'application/xml',
      body: adfDocument({
        id: freshId('adf'),
        name: `Zoé ${CANARY.spoken[0]}`,
        phone: CANARY.phone,
        email: CANARY.email,
        make: CANARY.spoken[2] ?? '',
        comments: everywhere,
      }),
    },
    { type: 'application/xml', body: `<adf><prospect><customer>${everywhere}` },
    {
      type: 'message/rfc822',
      body: mailLead({
        messageId: `<${freshId('mail')}@example.org>`,
        from: `Zoé Lefèvre <${CANARY.email}>`,
        subject: `Rappel ${CANARY.spoken[0]}`,
        text: everywhere,
      }),
    },
  ];
}

const press = (house: Running, user: string, shown: Message, action: string) =>
  house.slack.as(user).click({ channel: LYON, ts: shown.ts, action_id: action });

/** The whole life of those leads, with everything people may press; answers what the winner was told. */
async function liveThrough(house: Running): Promise<string> {
  for (const { type, body } of bodies()) {
    const [receipt] = await receipts(await house.send('callcentre', body, { 'content-type': type }));
    const shown = await card(house, LYON, receipt?.id ?? '');
    const heard = privately(house, 'U0ALICE').length;
    for (const user of ['U0OMAR', 'U0ALICE', 'U0BRUNO']) expect(await press(house, user, shown, 'claim.take')).toEqual({ ok: true });
    await whispered(house, 'U0ALICE', /./, heard);
    const claimed = await card(house, LYON, receipt?.id ?? '', (one) => buttons(one).includes('lead.contact'));
    for (const action of ['lead.contact', 'lead.history', ...buttons(claimed).filter((one) => one === 'lead.complete')])
      for (const user of ['U0ALICE', 'U0BRUNO', 'U0SOPHIE']) expect(await press(house, user, claimed, action)).toEqual({ ok: true });
  }
  await writeByHand(house);
  // Faults that end in the log: a card Slack refuses, a Slack that breaks down.
  const refused = house.slack.faults.add({
    method: 'chat.postMessage',
    channel: LYON,
    times: 1,
    effect: { kind: 'error', error: 'invalid_blocks' },
  });
  await receipts(await house.send('callcentre', jsonLead({ customer: { email: CANARY.email, phone: CANARY.phone }, message: everywhere })));
  await house.slack.until(() => refused.hits() === 1, 10_000);
  await house.slack.until(() => house.slack.messages('C0CHEFSLYON').length > 0, 10_000);
  house.slack.faults.add({ method: 'chat.postMessage', times: 1, effect: { kind: 'status', status: 500, stored: false } });
  await arrived(house, jsonLead({ customer: { email: CANARY.email, phone: CANARY.phone }, message: everywhere }));
  return privately(house, 'U0ALICE').map(words).join('\n');
}

async function writeByHand(house: Running): Promise<void> {
  const sophie = house.slack.as('U0SOPHIE');
  await sophie.close(true);
  expect(await sophie.command(LYON, `/lead ${CANARY.phone} ${CANARY.email}`)).toEqual({ ok: true });
  expect(await sophie.command(LYON, '/lead add')).toEqual({ ok: true });
  await house.slack.until(() => sophie.modal());
  const entered = {
    'customer.name': `Zoé ${CANARY.phone}`,
    'customer.phone': CANARY.spoken[0],
    'customer.email': CANARY.email,
    'interest.model': CANARY.email,
    'interest.year': 'x',
    message: everywhere,
  };
  expect(await sophie.submit(entered)).toMatchObject({ ok: false });
  expect(await sophie.submit({ 'interest.year': '2022' })).toEqual({ ok: true });
  const lead = await house.app.store.db.lead.findFirstOrThrow({ where: { sourceId: 'by-hand' } });
  await card(house, LYON, lead.id);
}

describe('phone and e-mail of a lead', () => {
  it('never reach a channel or a log while contactDetails is owner', async () => {
    const house = await run();
    try {
      const told = await liveThrough(house);
      expect(told).toContain('06 39 98 43 21');
      expect(told).toContain(CANARY.email);
      const said = saidInChannels(house);
      expect(said.length).toBeGreaterThan(20);
      expect(said.filter(sings)).toEqual([]);
      const standing = house.slack
        .channels()
        .filter((channel) => channel.kind !== 'im')
        .flatMap((channel) => house.slack.messages(channel.id));
      expect(standing.map((message) => JSON.stringify(message)).filter(sings)).toEqual([]);
      expect(house.log.join('')).toContain('a job was given up on');
      expect(house.log.filter(sings)).toEqual([]);
      expect(house.log.filter((line) => line.includes('Zoé') || line.includes('Rappelez'))).toEqual([]);
      const metrics = await (await fetch(`${house.app.url}/metrics`)).text();
      expect(sings(metrics)).toBe(false);
      const jobs = await house.app.store.db.$queryRaw<
        { data: string }[]
      >`SELECT data::text || COALESCE(output::text, '') AS data FROM pgboss.job`;
      expect(jobs.map((job) => job.data).filter(sings)).toEqual([]);
    } finally {
      await house.stop();
    }
  }, 120_000);

  it('stand on the card where the dealership says contactDetails: channel', async () => {
    const house = await run({ edit: (yaml) => yaml.replace('contactDetails: owner', 'contactDetails: channel') });
    try {
      const { card: shown } = await arrived(house, jsonLead({ customer: { phone: CANARY.spoken[0], email: CANARY.written[0] } }));
      expect(words(shown)).toContain('06 39 98 43 21');
      expect(words(shown)).toContain(CANARY.email);
      expect(house.log.filter(sings)).toEqual([]);
    } finally {
      await house.stop();
    }
  });
});
