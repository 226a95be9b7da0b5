import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupOf } from '../../src/dealership/group.js';
import { directory } from '../../src/dealership/people.js';
import { understand } from '../../src/intake/understand.js';
import { leadCard } from '../../src/leads/card.js';
import { renderCard } from '../../src/platforms/slack/render.js';
import { links, pings } from '../../src/sandbox/slack/index.js';
import { ACTS, FIXTURES, holds, injured, JUNK, parse, TYPES } from '../support/bodies.js';
import { fastest } from '../support/fastest.js';
import { leadWith } from '../support/lead.js';
import { configFor } from '../support/running.js';

/** Bodies of each format; `FUZZ_RUNS` in all. A failure prints the seed and path that repeat it. */
const RUNS = Math.ceil(Number(process.env.FUZZ_RUNS ?? 20_000) / 4);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_120);
const PATIENCE = 60_000 + RUNS * 20;

const config = configFor('http://127.0.0.1:9/api/');
const group = groupOf(config.group.name, config.dealerships, directory(config.people, config.dealerships), config.sources);
const source = config.sources.find((one) => one.id === 'website') ?? expect.unreachable('no source');
const [lyon] = config.dealerships;
const received = new Date('2026-11-20T10:00:00Z');

const injury = fc.record({
  act: fc.constantFrom(...ACTS),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(80),
  junk: fc.constantFrom(...JUNK),
});

/** One to six injuries, one after another, to an example of this format. */
function bodiesOf(type: RegExp) {
  const examples = FIXTURES.filter(({ contentType }) => type.test(contentType));
  const wounded = fc.tuple(fc.constantFrom(...examples), fc.constantFrom(...FIXTURES), fc.array(injury, { minLength: 1, maxLength: 6 }));
  return wounded.map(([example, other, injuries]) => {
    const body = injuries.reduce((spoilt, how) => injured(spoilt, how, other.body), example.body);
    return {
      body,
      contentType: example.contentType,
      [fc.toStringMethod]: () => `${example.contentType} ${JSON.stringify(body.toString('latin1'))}`,
    };
  });
}

/** Everything the program makes of a body until a channel shows it. */
async function throughTheHouse(body: Buffer, contentType: string): Promise<void> {
  const parsed = await parse(body, contentType);
  holds(parsed);
  const leads = understand(parsed, source, group, received);
  if (leads.length === 0) expect.unreachable('a body was lost');
  for (const lead of leads.slice(0, 3)) {
    const shown = renderCard(leadCard(leadWith(lead), lyon ?? expect.unreachable('no dealership'), source.name, []));
    const harm = [...pings(shown), ...links(shown)];
    if (harm.length > 0) expect.unreachable(`the card pings or links: ${harm.join(' ')}`);
  }
}

describe(`${4 * RUNS} wounded bodies make a lead or a reason, and a harmless card`, () => {
  it.each([
    ['JSON', /json/],
    ['ADF', /xml/],
    ['forms', /form/],
    ['mail', /rfc822/],
  ] as const)(
    '%s',
    async (_, type) => {
      await fc.assert(
        fc.asyncProperty(bodiesOf(type), ({ body, contentType }) => throughTheHouse(body, contentType)),
        { numRuns: RUNS, seed: SEED },
      );
    },
    PATIENCE,
  );

  it('sent as another type than they are', async () => {
    const misnamed = fc.tuple(fc.constantFrom(...FIXTURES), fc.constantFrom(...TYPES));
    await fc.assert(
      fc.asyncProperty(misnamed, ([{ body }, contentType]) => throughTheHouse(body, contentType)),
      { numRuns: Math.min(RUNS, 2_000), seed: SEED },
    );
  });
});

describe('time is linear in the size', () => {
  const json = (text: string) =>
    JSON.stringify({ customer: { name: text, phone: text, email: text, city: text }, message: text, page: text });
  const adf = (text: string) => `<adf><prospect><customer><contact>${text}</contact></customer></prospect></adf>`;
  const mail = (text: string) => `From: a@example.org\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n${text}`;
  const part = (text: string) => `--x\r\nContent-Disposition: form-data; name="message"\r\n\r\n${text}\r\n`;
  it.each([
    ['application/json', json, 'word '],
    ['application/json', json, '\u{1f468}\u200d\u{1f469}'],
    ['application/json', json, '0 '],
    ['application/json', json, 'a@'],
    ['application/json', json, '(at'],
    ['application/json', (text: string) => text, '[{"a":1},'],
    ['application/json', (text: string) => text, '\\"'],
    ['text/xml', adf, '<name part="first">a</name>'],
    ['text/xml', adf, '<x '],
    ['text/xml', adf, '&lt;'],
    ['text/xml', adf, ']]>'],
    ['text/xml', adf, '<!-- '],
    ['text/xml', adf, '<a b="'],
    ['text/xml', (text: string) => text, '<adf><prospect>'],
    ['application/x-www-form-urlencoded', (text: string) => `message=${text}`, '%2B'],
    ['application/x-www-form-urlencoded', (text: string) => text, 'a[b]=c&'],
    ['multipart/form-data; boundary=x', part, '\r\n--'],
    ['multipart/form-data; boundary=x', (text: string) => text, part('a')],
    ['message/rfc822', mail, '<p>a'],
    ['message/rfc822', mail, '<a href="'],
    ['message/rfc822', mail, '&#x'],
    ['message/rfc822', (text: string) => text, 'Subject: =?utf-8?q?=C3=A9?=\r\n '],
    ['message/rfc822', (text: string) => `From: ${text}\r\n\r\nx`, '<a@example.org>, '],
  ] as const)('%s, %#: eight times as much', async (contentType, frame, atom) => {
    const sized = (bytes: number) => Buffer.from(frame(atom.repeat(Math.ceil(bytes / Buffer.byteLength(atom)))));
    const [small, large] = [sized(60_000), sized(480_000)];
    const unit = await fastest(0, () => throughTheHouse(small, contentType), 5);
    // Eight times for eight times as much, a square sixty-four; the rest is the machine. A few milliseconds prove nothing.
    const limit = Math.max(32 * unit, 100);
    expect(await fastest(limit, () => throughTheHouse(large, contentType))).toBeLessThan(limit);
  });
});
