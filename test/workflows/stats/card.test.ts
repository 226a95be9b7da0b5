import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.js';
import { plainText } from '../../../src/chat/text.js';
import type { Breakdown, Clock, Clocks, Figures } from '../../../src/figures/figures.js';
import type { Language } from '../../../src/language/locale.js';
import { personCard, sitesCard } from '../../../src/workflows/stats/card.js';
import { accepted, EXAMPLE, read } from '../../config/read.js';
import { plainly } from '../../support/seen.js';

const [lyon, annecy] = accepted(read(EXAMPLE)).dealerships;
if (!lyon || !annecy) throw new Error('The example has two dealerships.');

const MINUTE = 60_000;
const none: Clock = { done: 0, never: 0, running: 0, median: null, p90: null, under: { 5: null, 15: null, 60: null } };
const clocks = (done: number, minutes: number): Clocks => {
  const all = { ...none, done, median: done === 0 ? null : minutes * MINUTE, p90: done === 0 ? null : 3 * minutes * MINUTE };
  return { all: { ...all, under: { 5: 0.25, 15: 0.5, 60: 0.75 } }, open: none, outside: none };
};
const figures = (more: Partial<Figures> = {}): Figures => ({
  ...{ received: 0, returned: 0, claimed: 0, taken: 0, given: 0, contacted: 0, witnessed: 0, appointments: 0, appraisals: 0 },
  ...{ won: { stock: 0, order: 0 }, financed: 0, maintained: 0, tradeIns: 0, abandoned: {}, recycled: 0, sentBack: 0 },
  ...{ open: 0, waiting: 0, hot: 0, toClaim: clocks(0, 0), toContact: clocks(0, 0), toClose: clocks(0, 0) },
  ...more,
});
const somebody = (name: string, contacts: number, minutes: number) => ({
  person: { id: name.toLowerCase(), name },
  figures: figures({ received: contacts, contacted: contacts, witnessed: 1, toContact: clocks(contacts, minutes) }),
});

/** Everything a card says, as it can be typed. */
function text({ title, elements }: Card): string {
  const lines = elements.flatMap((element) => {
    if (element.kind === 'lines' || element.kind === 'row') return element.lines.map(plainText);
    if (element.kind === 'facts') return element.facts.map(({ label, value }) => `${label}: ${plainText(value)}`);
    return element.kind === 'aside' ? [plainText(element.line)] : [];
  });
  return plainly([title ?? '', ...lines].join('\n'));
}

const site = (breakdown: Partial<Breakdown>, language: Language = 'fr') => ({
  style: { dealership: lyon, language },
  breakdown: { total: figures(), people: [], sources: [], ...breakdown },
});
const sites = (...all: ReturnType<typeof site>[]) => text(sitesCard('Lyon', all, (id) => id));

describe('the team', () => {
  it('is ranked where there are enough leads, and says over how many', () => {
    const said = sites(site({ people: [somebody('Alice', 6, 20), somebody('Bruno', 4, 1), somebody('Chloé', 9, 10)] }));
    expect(said).toMatch(/Chloé: 9 pris · 9 contactés \(1 constaté\) · 1er contact 10 min \(9 leads\) · n° 1/);
    expect(said).toMatch(/Alice: .* · 1er contact 20 min \(6 leads\) · n° 2/);
    expect(said).toMatch(/Bruno: .* · 1er contact 1 min \(4 leads\) · pas assez de données/);
    expect(said.indexOf('Bruno')).toBeGreaterThan(said.indexOf('Alice'));
    expect(said).toContain('à partir de 5 leads');
  });

  it('is not ranked below five leads each, whoever was faster', () => {
    const said = sites(site({ people: [somebody('Alice', 4, 20), somebody('Bruno', 4, 1)] }, 'en'));
    expect(said).not.toMatch(/no\. \d/);
    expect(said).toContain('Fewer than 5 leads each: not enough data to compare.');
  });

  it('says who has not enough leads where one alone has', () => {
    const said = sites(site({ people: [somebody('Alice', 6, 20), somebody('Bruno', 4, 1)] }));
    expect(said).toMatch(/Alice: .* · 1er contact 20 min \(6 leads\)$/m);
    expect(said).toMatch(/Bruno: .* · 1er contact 1 min \(4 leads\) · pas assez de données$/m);
    expect(said).not.toMatch(/Moins de 5|Classés/);
  });

  it('of one is compared with nobody', () => {
    expect(sites(site({ people: [somebody('Alice', 40, 20)] }))).not.toMatch(/n° \d|pas assez/);
  });
});

describe('the figures', () => {
  it('show the sample, and shares only of five and more', () => {
    const few = text(
      personCard('Vous', [
        {
          style: { dealership: lyon, language: 'fr' },
          figures: figures({ won: { stock: 2, order: 1 }, financed: 1, toContact: clocks(4, 12) }),
        },
      ]),
    );
    expect(few).toContain('Ventes: 2 du stock · 1 sur commande · financement 1 sur 3');
    expect(few).toContain('Premier contact: médiane 12 min (4 leads)');
    expect(few).not.toContain('%');
    const many = text(
      personCard('You', [
        {
          style: { dealership: lyon, language: 'en' },
          figures: figures({ won: { stock: 5, order: 0 }, financed: 3, toContact: clocks(8, 12) }),
        },
      ]),
    );
    expect(many).toContain('financed 60% (3 of 5)');
    expect(many).toContain('median 12 min (8 leads) · 9 in 10 within 36 min · 75% in under 60 min');
  });

  it('keep what is declared apart from what was seen', () => {
    const said = text(
      personCard('Vous', [{ style: { dealership: lyon, language: 'fr' }, figures: figures({ contacted: 7, witnessed: 3 }) }]),
    );
    expect(said).toContain('Contacts: 7 déclarés · 3 constatés');
    expect(said).toContain('Contactés : selon le vendeur. Constatés : vus par Forecourt');
  });

  it('name the reasons of the house, and those it no longer has by their id', () => {
    const said = sites(site({ total: figures({ abandoned: { unreachable: 2, gone: 1 }, sentBack: 1 }) }));
    expect(said).toContain('Abandons: Injoignable 2, gone 1 · 1 renvoyé');
  });

  it('call what was entered by hand so', () => {
    const sources = [{ sourceId: 'by-hand', figures: figures({ received: 3 }) }];
    expect(sites(site({ sources }))).toContain('Sources: Saisi à la main 3');
    expect(sites(site({ sources }, 'en'))).toContain('Sources: Entered by hand 3');
  });

  it('of many sites are a line each, compared as people are', () => {
    const one = (name: string, done: number, minutes: number) => ({
      style: { dealership: { ...annecy, name }, language: 'en' as const },
      breakdown: { total: figures({ received: done, toClaim: clocks(done, minutes) }), people: [], sources: [] },
    });
    const said = sites(one('A', 9, 20), one('B', 9, 5), one('C', 2, 1));
    expect(said).toMatch(
      /B: 9 new leads .* Claimed after 5 min \(9\) · no\. 1\nA: .* · no\. 2\nC: .* Claimed after 1 min \(2\) · not enough data/,
    );
  });
});
