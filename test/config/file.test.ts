import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeProblems } from '../../src/config.js';
import { accepted, EXAMPLE, example, read, refused } from './read.js';

describe('the example file', () => {
  const config = accepted(read(EXAMPLE));
  const [lyon, annecy] = config.dealerships;

  it('describes the group and the site of Lyon as its comments say', () => {
    expect(config.group).toEqual({ name: 'Groupe Lumière', language: 'fr', currency: 'EUR', country: 'FR' });
    const twoSpans = [
      { from: 540, to: 720 },
      { from: 840, to: 1140 },
    ];
    expect(lyon).toMatchObject({
      id: 'lyon',
      name: 'Lumière Lyon',
      timeZone: 'Europe/Paris',
      language: 'fr',
      hours: { mon: twoSpans, fri: twoSpans, sat: [{ from: 540, to: 1080 }], sun: [] },
      contactDetails: 'owner',
      channels: { leads: ['slack:C0LEADSLYON'], appraisals: 'slack:C0VOLYON', managers: 'slack:C0CHEFSLYON' },
      digestAt: { hour: 18, minute: 30 },
      abandonment: { decideWithin: { unit: 'days', amount: 1 } },
      appraisal: { answerWithin: { unit: 'minutes', amount: 120 } },
    });
    expect([...(lyon?.closed ?? [])]).toEqual(['2026-12-25', '2027-01-01']);
    expect(lyon?.abandonment.reasons[2]).toEqual({ id: 'unreachable', label: { fr: 'Injoignable', en: 'Unreachable' } });
  });

  it('gives Annecy its own language and what it leaves out from the group and the house', () => {
    expect(annecy).toMatchObject({
      language: 'en',
      currency: 'EUR',
      country: 'FR',
      hours: { sat: [], sun: [] },
      contactDetails: 'owner',
      channels: { leads: ['slack:C0LEADSANNECY', 'teams:19:annecy-leads@thread.tacv2'], appraisals: null, managers: null },
      digestAt: { hour: 18, minute: 30 },
      abandonment: { decideWithin: { unit: 'days', amount: 1 } },
      appraisal: { answerWithin: { unit: 'minutes', amount: 120 } },
    });
    expect(annecy?.abandonment.reasons.map(({ id }) => id)).toEqual(lyon?.abandonment.reasons.map(({ id }) => id));
  });

  it('knows its people by their accounts', () => {
    expect(config.people.map(({ id }) => id)).toEqual(['alice', 'bruno', 'chloe', 'martine', 'omar', 'sophie', 'didier']);
    expect(config.people[0]).toEqual({
      id: 'alice',
      name: 'Alice Martin',
      language: null,
      accounts: ['slack:U0ALICE', 'teams:aad-alice'],
      roles: { lyon: ['salesperson'] },
      listed: true,
    });
    expect(config.people[6]?.roles).toEqual({ '*': ['director'] });
  });

  it('opens its sources with what the environment holds', () => {
    const [website, , callcentre, oem] = config.sources;
    expect(website).toEqual({
      id: 'website',
      name: 'Site web',
      tokens: ['website-token'],
      secrets: [],
      dealership: null,
      thanksUrl: 'https://example.org/merci',
      aliases: { nom: 'customer.name', tel: 'customer.phone', courriel: 'customer.email', modele: 'interest.model' },
      rate: { perSecond: 100, burst: 1000 },
    });
    expect(callcentre).toMatchObject({ dealership: 'lyon', tokens: ['callcentre-token'] });
    expect(oem).toMatchObject({ tokens: [], secrets: ['oem-secret'] });
  });
});

describe('what may be written', () => {
  it.each([
    ['rate: none', null],
    ['rate: 20', { perSecond: 20, burst: 20 }],
    ['rate: 0.5', { perSecond: 0.5, burst: 1 }],
    ['rate: { perSecond: 5, burst: 50 }', { perSecond: 5, burst: 50 }],
  ])('%s', (rate, meaning) => {
    const config = accepted(read(example('dealership: lyon }', `dealership: lyon, ${rate} }`)));
    expect(config.sources[2]?.rate).toEqual(meaning);
  });

  it.each([
    ['30m', { unit: 'minutes', amount: 30 }],
    ['2h', { unit: 'minutes', amount: 120 }],
    ['3d', { unit: 'days', amount: 3 }],
  ])('a delay of %s', (delay, meaning) => {
    const config = accepted(read(example('answerWithin: 2h', `answerWithin: ${delay}`)));
    expect(config.dealerships[0]?.appraisal.answerWithin).toEqual(meaning);
  });

  it('a whole day, and spans that touch', () => {
    const config = accepted(read(example('sat: ["09:00-18:00"]', 'sat: ["00:00-24:00"]\n      sun: ["09:00-12:00", "12:00-13:00"]')));
    expect(config.dealerships[0]?.hours.sat).toEqual([{ from: 0, to: 1440 }]);
    expect(config.dealerships[0]?.hours.sun).toHaveLength(2);
  });

  it('two tokens and two secrets, while one replaces the other', () => {
    const two = example('"env:INTAKE_PORTAL_TOKEN"', '["env:INTAKE_PORTAL_TOKEN", "env:NEXT"]').replace(
      '"env:INTAKE_OEM_SECRET"',
      '["env:INTAKE_OEM_SECRET", "env:NEXT_SECRET"]',
    );
    const config = accepted(read(two, { NEXT: 'new-token', NEXT_SECRET: 'whsec_bmV4dC1zZWNyZXQ=' }));
    expect(config.sources[1]?.tokens).toEqual(['portal-token', 'new-token']);
    expect(config.sources[3]?.secrets).toEqual(['oem-secret', 'whsec_bmV4dC1zZWNyZXQ=']);
  });

  it('a currency and a country of its own for one site', () => {
    const config = accepted(read(example('    language: en\n    hours', '    currency: CHF\n    country: CH\n    hours')));
    expect(config.dealerships[1]).toMatchObject({ language: 'fr', currency: 'CHF', country: 'CH' });
  });

  it('keys with nothing behind them, as if left out', () => {
    const config = accepted(read(example('    contactDetails: owner ', '    contactDetails: ')));
    expect(config.dealerships[0]?.contactDetails).toBe('owner');
  });

  it('a file without people or sources', () => {
    const config = accepted(read(EXAMPLE.slice(0, EXAMPLE.indexOf('people:'))));
    expect(config).toMatchObject({ people: [], sources: [] });
  });
});

describe('a wrong file', () => {
  it.each([
    ['an unknown key', 'group:', 'grupe: x\ngroup:', 'grupe', /no key "grupe".*Did you mean "group"/],
    ['a key spelt otherwise', 'timezone: Europe/Paris', 'time_zone: Europe/Paris', 'dealerships[0].time_zone', /Did you mean "timezone"/],
    ['a day in full', 'tue: [', 'tuesday: [', 'dealerships[0].hours.tuesday', /Did you mean "tue"/],
    ['no such country', 'country: FR', 'country: FX', 'country', /"FX" is not a country/],
    ['a currency in words', 'currency: EUR', 'currency: euro', 'currency', /"euro" is not a currency\. Write .*"EUR"/],
    ['a language not spoken', 'language: fr ', 'language: de ', 'language', /Write fr or en/],
    ['no such zone', 'timezone: Europe/Paris', 'timezone: Europe/Pari', 'dealerships[0].timezone', /Did you mean "Europe\/Paris"/],
    ['an offset as zone', 'timezone: Europe/Paris', 'timezone: "+01:00"', 'dealerships[0].timezone', /not a time zone/],
    ['an id with capitals', 'id: lyon', 'id: Lyon', 'dealerships[0].id', /"Lyon" is not an id/],
    ['a number for a name', 'name: Lumière Lyon', 'name: 69', 'dealerships[0].name', /69 is not text; put it in quotes/],
    ['hours that are no hours', '"14:00-19:00"]', '"14h-19h"]', 'dealerships[0].hours.mon[1]', /"14h-19h" is not a span.*"09:00-12:00"/],
    ['an hour after 24', '"14:00-19:00"]', '"14:00-24:30"]', 'dealerships[0].hours.mon[1]', /not a span/],
    ['hours that end before they begin', '"14:00-19:00"]', '"22:00-06:00"]', 'dealerships[0].hours.mon[1]', /ends before it begins/],
    ['hours that overlap', '"14:00-19:00"]', '"11:00-19:00"]', 'dealerships[0].hours.mon[1]', /overlap/],
    ['hours out of order', '"09:00-12:00", "14:00-19:00"]', '"14:00-19:00", "09:00-12:00"]', 'dealerships[0].hours.mon[1]', /in order/],
    [
      'hours that are no list',
      'sat: ["09:00-18:00"]',
      'sat: "09:00-18:00"',
      'dealerships[0].hours.sat',
      /^This is not a list\. Write a list/,
    ],
    ['a date that does not exist', '"2026-12-25"', '"2026-02-30"', 'dealerships[0].closed[0]', /not a date of the calendar/],
    ['a choice that is none', 'contactDetails: owner', 'contactDetails: ower', 'dealerships[0].contactDetails', /Did you mean "owner"/],
    ['a channel by its name', '"slack:C0VOLYON"', '"slack:#vo-lyon"', 'dealerships[0].channels.appraisals', /own ID/],
    ['a channel without its platform', '"slack:C0VOLYON"', '"C0VOLYON"', 'dealerships[0].channels.appraisals', /Write the platform/],
    ['no leads channel', '["slack:C0LEADSLYON"]', '[]', 'dealerships[0].channels.leads', /at least one/],
    [
      'one channel for two sites',
      '["slack:C0LEADSANNECY",',
      '["slack:C0LEADSLYON",',
      'dealerships[1].channels.leads[0]',
      /used already at dealerships\[0\]/,
    ],
    ['a digest at no time', 'at: "18:30"', 'at: "24:00"', 'dealerships[0].digest.at', /not a time of day/],
    ['a delay in words', 'decideWithin: 1d', 'decideWithin: 1 day', 'dealerships[0].abandonment.decideWithin', /30m, 2h or 1d/],
    ['a delay of nothing', 'answerWithin: 2h', 'answerWithin: 0h', 'dealerships[0].appraisal.answerWithin', /not a delay/],
    ['the same reason twice', 'id: no-budget', 'id: bought-elsewhere', 'dealerships[0].abandonment.reasons[1].id', /used already/],
    ['a reason in one language', ', en: "No budget"', '', 'dealerships[0].abandonment.reasons[1].en', /^Missing/],
    ['the same site twice', 'id: annecy', 'id: lyon', 'dealerships[1].id', /used already at dealerships\[0\]\.id/],
    ['the same person twice', 'id: bruno', 'id: alice', 'people[1].id', /used already at people\[0\]\.id/],
    ['one account for two people', 'slack: U0BRUNO', 'slack: U0ALICE', 'people[1].slack', /An account is one person/],
    ['an account by its name', 'slack: U0BRUNO', 'slack: "@bruno"', 'people[1].slack', /not the ID of a person/],
    [
      'a role that is none',
      '[used-car-manager], annecy',
      '[used-cars-manager], annecy',
      'people[4].roles.lyon[0]',
      /Did you mean "used-car-manager"/,
    ],
    [
      'a role nowhere',
      'roles: { annecy: [salesperson] }',
      'roles: { anecy: [salesperson] }',
      'people[2].roles.anecy',
      /Did you mean "annecy"/,
    ],
    ['a source of no site', 'dealership: lyon }', 'dealership: lyonn }', 'sources[2].dealership', /Did you mean "lyon"/],
    ['the same source twice', 'id: portal', 'id: website', 'sources[1].id', /used already/],
    ['the source of leads entered by hand', 'id: portal', 'id: by-hand', 'sources[1].id', /people enter themselves/],
    ['a page without https', 'https://example.org/merci', 'http://example.org/merci', 'sources[0].thanksUrl', /not an https address/],
    ['an alias of no field', 'tel: customer.phone', 'tel: customer.fone', 'sources[0].aliases.tel', /Did you mean "customer.phone"/],
    ['a rate of nothing', 'dealership: lyon }', 'rate: 0 }', 'sources[2].rate', /requests per second/],
    ['half a rate', 'dealership: lyon }', 'rate: { perSecond: 5 } }', 'sources[2].rate.burst', /requests per second/],
    ['neither token nor secret', 'token: "env:INTAKE_PORTAL_TOKEN"', 'rate: none', 'sources[1]', /Neither token nor secret/],
    ['token and secret', 'dealership: lyon }', 'secret: "env:INTAKE_OEM_SECRET" }', 'sources[2]', /Both token and secret/],
    [
      'a variable that is not set',
      'env:INTAKE_PORTAL_TOKEN',
      'env:INTAKE_PORTAIL',
      'sources[1].token',
      /variable INTAKE_PORTAIL is missing or empty/,
    ],
  ])('%s', (_, piece, replacement, path, sentence) => {
    const found = refused(read(example(piece, replacement))).find((problem) => problem.path === path);
    expect(found?.message).toMatch(sentence);
    expect(found?.line).toBeGreaterThan(0);
  });

  it('of a site that never opens', () => {
    const closed = EXAMPLE.replace(/hours: { mon.*}/, 'hours: { mon: [] }');
    expect(refused(read(closed))).toMatchObject([{ path: 'dealerships[1].hours', message: expect.stringContaining('never opens') }]);
  });

  it('lists every problem at once, with its line', () => {
    const wrong = example('timezone: Europe/Paris', 'timezone: Paris')
      .replace('decideWithin: 1d', 'decideWithin: soon')
      .replace('roles: { lyon: [reception] }', 'roles: { lion: [reception] }')
      .replace('env:INTAKE_OEM_SECRET', 'env:NOTHING');
    expect(refused(read(wrong)).map(({ path, line }) => [path, line])).toEqual([
      ['dealerships[0].timezone', 10],
      ['dealerships[0].abandonment.decideWithin', 32],
      ['people[5].roles.lion', 49],
      ['sources[3].secret', 57],
    ]);
  });

  it('names a source by a variable that is empty', () => {
    const [problem] = refused(read(EXAMPLE, { INTAKE_PORTAL_TOKEN: '  ' }));
    expect(problem).toMatchObject({ path: 'sources[1].token', message: expect.stringContaining('INTAKE_PORTAL_TOKEN') });
  });

  it('refuses a secret written in the file, and does not repeat it', () => {
    const problems = refused(read(example('token: "env:INTAKE_PORTAL_TOKEN"', 'token: [s3cret-in-clear, "env:INTAKE_PORTAL_TOKEN"]')));
    expect(problems).toMatchObject([{ path: 'sources[1].token[0]', message: expect.stringContaining('Secrets only by env:NAME') }]);
    expect(describeProblems(problems)).not.toContain('s3cret');
  });

  it.each([
    ['INTAKE_PORTAL_TOKEN', 'two words', 'sources[1].token'],
    ['INTAKE_OEM_SECRET', 'whsec_not base64', 'sources[3].secret'],
    ['INTAKE_OEM_SECRET', 'whsec_abcde', 'sources[3].secret'],
  ])('refuses %s when it holds what cannot work, without showing it', (name, value, path) => {
    const problems = refused(read(EXAMPLE, { [name]: value }));
    expect(problems).toMatchObject([{ path, message: expect.stringContaining(name) }]);
    expect(describeProblems(problems)).not.toContain(value);
  });

  it.each([
    ['a bracket left open', example('closed: ["2026-12-25", "2027-01-01"]', 'closed: ["2026-12-25"'), 19],
    ['a tabulator', example('    name: Lumière Lyon', '\tname: Lumière Lyon'), 9],
    ['a key written twice', example('    name: Lumière Lyon', '    name: Lumière Lyon\n    name: Lyon'), 10],
  ])('says the line of %s', (_, yaml, line) => {
    const [problem] = refused(read(yaml));
    expect(problem?.path).toBe('./forecourt.yaml');
    expect(Math.abs((problem?.line ?? 0) - line)).toBeLessThanOrEqual(1);
    expect(problem?.message).toContain('Correct the YAML here.');
  });

  it.each([
    ['nothing', '', /empty/],
    ['a list', '- lyon', /not a section/],
    ['a word', 'forecourt', /not a section/],
    [
      'aliases without end',
      `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefgh'.replace(/./g, (key) => `${key}: &${key} [${Array(9).fill(`*${String.fromCharCode(key.charCodeAt(0) - 1)}`)}]\n`)}`,
      /aliases/,
    ],
  ])('that holds %s', (_, yaml, sentence) => {
    expect(refused(read(yaml))[0]?.message).toMatch(sentence);
  });

  it.each(['a: &a [*a]', 'a: *b', '? [x]\n: y', '%YAML 9', '--- a\n--- b', 'group: !secret x', '"\\ud800"', '__proto__: { group: x }'])(
    'as odd as %j',
    (yaml) => {
      expect(refused(read(yaml))).not.toEqual([]);
    },
  );

  it('is either read or explained, whatever a slip of the hand does to it', () => {
    const places = fc.nat(EXAMPLE.length);
    const slip = fc.record({
      at: places,
      length: fc.nat(40),
      text: fc.constantFrom('', ' ', '\n', '[', '}', '"', ':', '- ', '*', 'null', '7'),
    });
    fc.assert(
      fc.property(slip, ({ at, length, text }) => {
        const result = read(EXAMPLE.slice(0, at) + text + EXAMPLE.slice(at + length));
        if ('ok' in result) return;
        expect(result.problems.length).toBeGreaterThan(0);
        for (const { message, line } of result.problems) {
          expect(message).toMatch(/[.?*]$/);
          expect(message).not.toMatch(/undefined|\[object|Invalid (input|option)/);
          expect(line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 200 },
    );
  });
});
