import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAdf } from '../../src/intake/sources/adf.js';
import { fastest } from '../support/fastest.js';
import { freshId, jsonLead, mailLead } from '../support/leads.js';
import { canary, type Watch, watchOutgoing } from '../support/outgoing.js';
import type { Running } from '../support/running.js';
import { cardsOf, receipts, SOON, said, sendLead } from '../support/seen.js';
import { nthSite, PEOPLE, runTown } from '../support/town.js';

let house: Running;
let bird: Awaited<ReturnType<typeof canary>>;
let watch: Watch;
beforeAll(async () => {
  bird = await canary();
  house = await runTown();
  watch = watchOutgoing([house.app.url, house.apiUrl, process.env.TEST_DATABASE_URL ?? house.apiUrl]);
});
afterAll(async () => {
  watch?.stop();
  await house?.stop();
  await bird?.stop();
});

function expectNobodyCalled(): void {
  expect(bird.calls()).toBe(0);
  expect(watch.strangers()).toEqual([]);
  expect(watch.count()).toBeGreaterThan(0);
}

const sendXml = (document: string) => house.send('portal', document, { 'content-type': 'application/x-adf+xml' });

describe('S7: XML that asks for more than it says', () => {
  const inAdf = (text: string) =>
    `<adf><prospect><id>${freshId('xml')}</id><customer><contact><name>${text}</name></contact></customer></prospect></adf>`;
  const laughs = ['<!ENTITY l0 "lol">', ...Array.from({ length: 20 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`)].join('');
  const url = () => `http://127.0.0.1:${bird.port}/canary`;
  const attacks: readonly (readonly [string, () => string])[] = [
    ['an external entity', () => `<!DOCTYPE adf [<!ENTITY x SYSTEM "${url()}">]>${inAdf('&x;')}`],
    ['an external entity in a file', () => `<!DOCTYPE adf [<!ENTITY x SYSTEM "file:///etc/passwd">]>${inAdf('&x;')}`],
    ['a parameter entity', () => `<!DOCTYPE adf [<!ENTITY % x SYSTEM "${url()}"> %x;]>${inAdf('a')}`],
    ['an external DTD', () => `<!DOCTYPE adf SYSTEM "${url()}">${inAdf('a')}`],
    ['a public DTD', () => `<!DOCTYPE adf PUBLIC "-//ADF//DTD 1.0//EN" "${url()}">${inAdf('a')}`],
    ['a stylesheet', () => `<?xml-stylesheet href="${url()}" type="text/xsl"?>${inAdf('a')}`],
    [
      'a schema',
      () => inAdf('a').replace('<adf>', `<adf xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x ${url()}">`),
    ],
    ['XInclude', () => inAdf(`<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${url()}"/>`)],
    ['a billion laughs', () => `<!DOCTYPE adf [${laughs}]>${inAdf('&l20;')}`],
    ['quadratic laughs', () => `<!DOCTYPE adf [<!ENTITY a "${'a'.repeat(50_000)}">]>${inAdf('&a;'.repeat(5_000))}`],
    ['laughs in a DTD of its own', () => `<!DOCTYPE adf [<!ELEMENT adf ANY>${'<!ATTLIST adf a CDATA "x">'.repeat(10_000)}]>${inAdf('a')}`],
    ['100,000 nested tags', () => inAdf(`${'<x>'.repeat(100_000)}x${'</x>'.repeat(100_000)}`)],
  ];

  it.each(attacks)('%s: nothing is fetched, nothing grows, and the lead is kept', async (_, make) => {
    const document = make();
    const [receipt] = await receipts(await sendXml(document));
    const lead = await house.app.store.db.lead.findUniqueOrThrow({ where: { id: receipt?.id ?? '' }, include: { rawIntake: true } });
    expect(Buffer.from(lead.rawIntake?.body ?? []).toString()).toBe(document);
    const { rawIntake: _raw, ...read } = lead;
    expect(JSON.stringify(read).length).toBeLessThan(30_000);
    expect(JSON.stringify(read)).not.toMatch(/root:|lollol/);
    expectNobodyCalled();
  });

  it.each(attacks)('%s: understood or given up within 50 ms', async (_, make) => {
    const document = Buffer.from(make());
    expect(await fastest(50, () => parseAdf(document, 'application/x-adf+xml'))).toBeLessThan(50);
  });
});

/** Addresses that lead inside: ways to write this machine, its neighbours, other protocols, other ports. */
function addresses(port: number): string[] {
  const hosts = [
    ...[
      '127.0.0.1',
      'localhost',
      'LOCALHOST',
      'localhost.',
      '127.1',
      '127.0.1',
      '2130706433',
      '017700000001',
      '0x7f000001',
      '0x7f.1',
      '0177.0.0.1',
      '127.0.0.1.',
    ],
    ...[
      '0.0.0.0',
      '0',
      '[::1]',
      '[::]',
      '[::ffff:7f00:1]',
      '[::ffff:127.0.0.1]',
      '[0:0:0:0:0:ffff:7f00:0001]',
      '[fe80::1%25lo]',
      '①②⑦.⓪.⓪.①',
      '127。0。0。1',
    ],
    ...[
      '127.0.0.1.nip.example',
      'localtest.example',
      'rebind.example',
      'xn--nxasmq6b.example',
      'a.b@127.0.0.1',
      'example.org@127.0.0.1',
      'user:pass@127.0.0.1',
    ],
  ];
  const onCanary = hosts.map((host) => `http://${host}:${port}/photo.jpg`);
  const elsewhere = [
    ...[
      'http://169.254.169.254/latest/meta-data/',
      'http://[fd00:ec2::254]/latest/',
      'http://100.64.0.1/',
      'http://100.100.100.200/',
      'http://10.0.0.1/',
      'http://192.168.1.1/',
    ],
    ...[
      'http://172.16.0.1/',
      'http://metadata.google.internal/',
      'http://2852039166/',
      'http://0xa9fea9fe/',
      'http://169.254.169.254.nip.example/',
      'http://[::ffff:a9fe:a9fe]/',
    ],
    ...[
      'https://127.0.0.1/',
      'http://127.0.0.1:22/',
      'http://127.0.0.1:5432/',
      'http://127.0.0.1:25/%0d%0aHELO',
      'ftp://127.0.0.1/',
      'file:///etc/passwd',
      'file://localhost/etc/passwd',
    ],
    ...[
      'gopher://127.0.0.1:11211/_stats',
      'dict://127.0.0.1:11211/stats',
      'ldap://127.0.0.1/',
      'jar:http://127.0.0.1!/',
      'data:image/png;base64,AAAA',
      'javascript:alert(1)',
    ],
    ...[
      '//127.0.0.1/photo.jpg',
      '\\\\127.0.0.1\\share\\photo.jpg',
      'http:127.0.0.1',
      'http:/\\127.0.0.1',
      'http://127.0.0.1\\@example.org/',
      'https://example.org/redirect?to=http://127.0.0.1/',
    ],
    ...[
      'http://example.org#@127.0.0.1/',
      `http://127.0.0.1:${port}#.example.org`,
      'http://%31%32%37.0.0.1/',
      `HTTP://127.0.0.1:${port}/`,
      ` http://127.0.0.1:${port}/ `,
      `http://127.0.0.1:${port}\t/`,
    ],
  ];
  return [...onCanary, ...elsewhere];
}

describe('S8: addresses in a lead', () => {
  it('at least sixty ways to write one, in every field and format: nobody is called', async () => {
    const urls = addresses(bird.port);
    expect(urls.length).toBeGreaterThanOrEqual(60);
    const ids: string[] = [];
    for (const [n, url] of urls.entries()) {
      const dealership = nthSite(n).id;
      const car = { make: 'Peugeot', model: '208', url, photoUrl: url, comments: `![x](${url}) <img src="${url}">` };
      const customer = { name: `Zoé ${url}`, city: url };
      const body = jsonLead({ dealership, interest: car, tradeIn: car, page: url, campaign: url, message: url, customer });
      ids.push(await sendLead(house, body));
    }
    // The other formats end in the same fields: a few of each, with every address somewhere.
    for (let n = 0; n < urls.length; n += 10) {
      const [url = '', dealership, some] = [urls[n], nthSite(n).id, urls.slice(n, n + 10).join('\n')];
      const form = new URLSearchParams({
        'customer.name': 'Zoé',
        'interest.url': url,
        'interest.photoUrl': url,
        page: url,
        message: some,
        dealership,
      });
      const mail = mailLead({
        messageId: `<${freshId('mail')}@example.org>`,
        text: `<html><img src="${url}"><link href="${url}">${some}</html>`,
        subject: url,
      });
      await receipts(await house.send('website', form.toString(), { 'content-type': 'application/x-www-form-urlencoded' }));
      await receipts(await sendXml(adfWith(url, some, dealership)));
      await receipts(await house.send('portal', mail.replace('text/plain', 'text/html'), { 'content-type': 'message/rfc822' }));
    }
    const shown = (n: number) => cardsOf(house, nthSite(n).channel, ids[n] ?? '')[0];
    await house.slack.until(() => ids.every((_, n) => shown(n) !== undefined), 120_000);
    // The owner's contact card and the history draw the same texts again.
    const claimed = ids.map((_, n) => n).filter((n) => n % 4 === 0);
    for (const n of claimed) {
      const seller = PEOPLE[n % PEOPLE.length]?.user ?? '';
      await house.slack.as(seller).click({ channel: nthSite(n).channel, ts: shown(n)?.ts ?? '', action_id: 'claim.take' });
    }
    const told = () => PEOPLE.flatMap(({ user }) => house.slack.ephemerals(user)).filter((one) => said(one.message, "C'est à vous")).length;
    await house.slack.until(() => told() === claimed.length, SOON * 3);
    expectNobodyCalled();
  }, 240_000);

  function adfWith(url: string, comments: string, dealership: string): string {
    const [address, said] = [url, comments].map((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
    const car = `<vehicle><make>Peugeot</make><model>208</model><imagetag width="1" height="1" alttext="x">${address}</imagetag><url>${address}</url><comments>${said}</comments></vehicle>`;
    const customer = `<customer><contact><name>Zoé</name><email>zoe@example.org</email></contact><comments>${said}</comments></customer>`;
    const others = `<vendor><id>${dealership}</id><url>${address}</url></vendor><provider><name>${address}</name><url>${address}</url></provider>`;
    return `<adf><prospect><id>${freshId('adf')}</id>${car}${customer}${others}</prospect></adf>`;
  }
});
