import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { repairAdf } from '../../../src/intake/sources/adf-repair.js';
import { unescapeHtml } from '../../../src/intake/sources/markup.js';
import { ACTS, FIXTURES, holds, injured, JUNK, parse, TYPES } from '../../support/bodies.js';

describe('any bytes at all', () => {
  it.each(TYPES)('%s', async (contentType) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => holds(await parse(Buffer.from(bytes), contentType))),
      { numRuns: 60 },
    );
  });

  it('any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => holds(await parse(Buffer.from(text), 'application/json'))),
      { numRuns: 500 },
    );
  });

  it('any JSON in the fields of a lead', async () => {
    const vehicle = fc.record(
      {
        type: fc.jsonValue(),
        year: fc.jsonValue(),
        price: fc.jsonValue(),
        make: fc.string(),
      },
      { requiredKeys: [] },
    );
    const lead = fc.record(
      {
        externalId: fc.jsonValue(),
        requestedAt: fc.jsonValue(),
        customer: fc.jsonValue(),
        interest: vehicle,
        message: fc.string(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(lead, async (value) => holds(await parse(Buffer.from(JSON.stringify(value)), 'application/json'))),
      { numRuns: 500 },
    );
  });
});

describe('fixtures, mutilated', () => {
  const injury = fc.record({
    act: fc.constantFrom(...ACTS),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(60),
    junk: fc.constantFrom(...JUNK),
  });

  it('is a lead or a reason', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...FIXTURES), fc.constantFrom(...FIXTURES), injury, async ({ body, contentType }, other, how) => {
        holds(await parse(injured(body, how, other.body), contentType));
      }),
      { numRuns: 3_000 },
    );
  }, 30_000);
});

describe('repair', () => {
  const markup = fc.array(
    fc.constantFrom(
      ...[
        '<adf>',
        '</adf>',
        '<prospect>',
        '</prospect>',
        '<make a=b c="d',
        '<id x=\'1\' X="2">',
        '<br>',
        '<p/>',
        '<x:name y:part="&">',
        '&',
        '&amp;',
      ],
      ...[
        '&#0;',
        '&#xD800;',
        '&nbsp;',
        '<',
        '>',
        '"',
        "'",
        ']]>',
        '<![CDATA[',
        '-->',
        '<!--',
        '<?',
        '?>',
        'é',
        '\u0000',
        '\ud800',
        ' ',
        '/',
        '<!',
        '</>',
      ],
    ),
    { maxLength: 60 },
  );

  it('leaves an XML parser nothing to complain of', () => {
    fc.assert(
      fc.property(markup, (parts) => {
        const repaired = repairAdf(`<adf>${parts.join('')}`);
        if (repaired.kind === 'found') expect(complaints(repaired.xml)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing in what is well-formed', () => {
    const xml = '<adf><prospect status="new"><id source="a &amp; b">1</id><![CDATA[ <x> ]]></prospect></adf>';
    expect(repairAdf(xml)).toEqual({
      kind: 'found',
      xml: `<documents>${xml}</documents>`,
      repairs: [],
    });
  });

  it('undoes HTML around escaped text', () => {
    expect(unescapeHtml('<p class="a>b">&lt;id&nbsp;x=&quot;1&quot;&gt;A &amp;amp; B')).toBe('\n<id x="1">A &amp; B');
  });

  function complaints(xml: string): readonly string[] {
    const heard: string[] = [];
    const parser = new SaxesParser();
    parser.on('error', (error) => heard.push(error.message));
    parser.write(xml).close();
    return heard;
  }
});

/** A megabyte each. Anything that is not linear takes minutes here, and the test runner stops it. */
describe('large bodies end', () => {
  const many = (text: string, times = Math.floor(1_000_000 / text.length)) => text.repeat(times);
  const inAdf = (text: string) => `<adf><prospect>${text}</prospect></adf>`;
  it.each([
    ['100,000 nested tags', 'text/xml', inAdf(`${many('<deep>', 100_000)}x${many('</deep>', 100_000)}`), 0],
    ['nested prospects', 'text/xml', many('<prospect>', 100_000), 0],
    ['a million laughs', 'text/xml', `<!DOCTYPE a [${many('<!ENTITY a "&b;&b;">')}]>${inAdf('&a;')}`, 0],
    ['100 kB phone', 'text/xml', inAdf(`<customer><contact><phone>${'0'.repeat(100_000)}</phone></contact></customer>`), 1],
    [
      '100 kB phone',
      'application/json',
      JSON.stringify({
        customer: { phone: '0'.repeat(100_000), email: 'a'.repeat(100_000) },
      }),
      1,
    ],
    [
      '100 kB plate',
      'application/json',
      JSON.stringify({
        tradeIn: { plate: ' '.repeat(100_000), price: '1'.repeat(100_000) },
      }),
      null,
    ],
    ['open brackets', 'text/xml', inAdf(many('<')), 1],
    ['open comments', 'text/xml', inAdf(many('<!--')), 1],
    ['open character data', 'text/xml', inAdf(many('<![CDATA[')), 1],
    ['open instructions', 'text/xml', inAdf(many('<?a ')), 1],
    ['doctypes of HTML', 'text/xml', many('<!doctype html '), 0],
    ['quotes', 'text/xml', inAdf(`<id ${many('"\'')}>`), 1],
    ['one long attribute name', 'text/xml', inAdf(`<id ${many('a')}>`), 1],
    ['attributes', 'text/xml', inAdf(`<id ${many('a=1 ')}>`), 1],
    ['one long tag name', 'text/xml', inAdf(`<${many('a')}>`), 1],
    ['ampersands', 'text/xml', inAdf(`<id>${many('&')}</id>`), 1],
    ['unknown references', 'text/xml', inAdf(`<id>${many('&a')}</id>`), 1],
    ['closing tags', 'text/xml', inAdf(many('</id>')), 1],
    ['small elements', 'text/xml', inAdf(many('<vehicle/>', 29_000)), 1],
    ['too many elements', 'text/xml', inAdf(many('<x/>')), 0],
    ['control characters', 'text/xml', inAdf(many('\u0001')), 1],
    ['escaped brackets', 'text/xml', many('&lt;'), 0],
    ['nested arrays', 'application/json', many('['), 0],
    ['bad entries', 'application/json', `[${many('{"page":[]},', 2_000)}{"message":"a"}]`, 2_001],
    ['too many leads', 'application/json', `[${many('1,')}1]`, 0],
    ['pairs', 'application/x-www-form-urlencoded', many('a=b&'), 0],
    ['percent signs', 'application/x-www-form-urlencoded', `message=${many('%')}`, 1],
    ['parts', 'multipart/form-data; boundary=x', many('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'), 0],
    ['boundaries', 'multipart/form-data; boundary=x', many('\r\n--x'), 0],
    ['headers', 'message/rfc822', many('A: b\n'), 0],
    ['parts', 'message/rfc822', `Content-Type: multipart/mixed; boundary=x\n\n${many('--x\n\nb\n')}`, null],
    ['nested HTML', 'message/rfc822', `From: a@example.org\nContent-Type: text/html\n\n${many('<div>')}`, 1],
    ['a long address list', 'message/rfc822', `From: a@example.org\nTo: ${many('a@example.org, ', 30_000)}\n\nBonjour`, 1],
  ] as const)('%s as %s', async (_name, contentType, text, leads) => {
    const body = await parse(Buffer.from(text), contentType);
    holds(body);
    if (leads !== null) expect(body.leads).toHaveLength(leads);
  });

  it('at most 20 files of at most 10 MB', async () => {
    const part = (content: string) => `--x\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n${content}\r\n`;
    const name = '--x\r\nContent-Disposition: form-data; name="customer.name"\r\n\r\nAnna\r\n';
    const sent = Buffer.from(`${name}${part('x'.repeat(10 * 1024 * 1024 + 1))}${many(part('small'), 25)}--x--\r\n`);
    const body = await parse(sent, 'multipart/form-data; boundary=x');
    expect(body.photos).toHaveLength(19);
    expect(body.leads[0]?.customer.name).toBe('Anna');
    expect(body.leads[0]?.problems.map(({ path }) => path).sort()).toEqual(['', 'photos']);
  });
});
