import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.js';
import { type Line, plainText, type Span } from '../../../src/chat/text.js';
import { digestCard } from '../../../src/workflows/digest/card.js';
import { comparisonCard } from '../../../src/workflows/digest/compare.js';
import { morningCard } from '../../../src/workflows/digest/morning.js';
import { plainly } from '../../support/seen.js';
import { annecy, at, figures, friday, lyon, people, view } from './day.js';

const sourceName = (id: string) => ({ website: 'Site web', portal: 'Portail VO' })[id] ?? id;
const chart = { file: 'slack:F1', description: 'Vendredi 20 novembre · Nouveaux 12 (d’habitude 9)' };
const draw = (language: 'fr' | 'en', digest = friday()) =>
  digestCard(digest, { dealership: { ...lyon, language }, view: view(language), directory: people, sourceName, chart });

function read(card: Card): string[] {
  const lines = card.elements.flatMap((element): Line[] => {
    if (element.kind === 'lines') return [...element.lines];
    if (element.kind === 'facts') return element.facts.map(({ label, value }) => [`${label}: `, ...value]);
    return element.kind === 'aside' ? [element.line] : [];
  });
  return [card.title ?? '', ...lines.map(plainText)].map(plainly);
}

const spans = (card: Card): Span[] => card.elements.flatMap((element) => (element.kind === 'lines' ? element.lines.flat() : []));

describe('a digest', () => {
  it.each(['fr', 'en'] as const)('says all of a busy day (%s)', async (language) => {
    await expect(`${read(draw(language)).join('\n')}\n`).toMatchFileSnapshot(`../../goldens/digest/friday.${language}.txt`);
  });

  it('says in three lines what came, what it became, and what waits', () => {
    expect(read(draw('fr')).slice(1, 4)).toEqual([
      "12 nouveaux leads · d'habitude 9 le vendredi · 11 pris, la moitié en 6 min au plus",
      '2 vendus · 1 abandonné · 1 rendez-vous samedi',
      'À traiter : 2 en retard, 1 sans titulaire, 1 décision, 1 reprise à estimer',
    ]);
  });

  it('calls nobody twice', () => {
    const called = spans(draw('fr')).flatMap((span) => (typeof span === 'object' && 'person' in span ? [span.person] : []));
    expect(called).toEqual(['slack:bruno', 'slack:martine', 'slack:omar']);
  });

  it('is one line on a quiet day', () => {
    const quiet = friday({ quiet: true });
    expect(read(draw('fr', quiet))).toEqual([
      'Bilan du vendredi 20 novembre · Lumière Lyon',
      'Journée calme : aucun nouveau lead, rien en retard.',
    ]);
    expect(read(draw('en', quiet))).toEqual(['Friday 20 November · Lumière Lyon', 'Quiet day: no new leads, nothing late.']);
  });

  it('goes out without its picture', () => {
    const card = digestCard(friday(), { dealership: lyon, view: view('fr'), directory: people, sourceName, chart: null });
    expect(card.elements.map(({ kind }) => kind)).not.toContain('photo');
    expect(read(card)).toEqual(read(draw('fr')));
  });

  it('counts no lead twice, and counts those it does not list', () => {
    const { standing } = friday();
    const many = { ...standing, onTime: { ...standing.onTime, total: 19 }, late: { ...standing.late, total: 9 } };
    const text = read(draw('fr', friday({ standing: many })));
    expect(text[3]).toBe('À traiter : 9 en retard, 19 sans titulaire, 1 décision, 1 reprise à estimer');
    expect(text).toEqual(expect.arrayContaining(['et 7 autres', 'et 18 autres']));
  });

  it('gives each appointment its day where they are on several', () => {
    const { standing } = friday();
    const [meeting] = standing.appointments.lines;
    if (!meeting) throw new Error('an appointment');
    const lines = [
      { ...meeting, at: new Date('2026-11-22T10:00:00Z') },
      { ...meeting, at: new Date('2026-11-23T08:30:00Z') },
    ];
    const sunday = friday({ standing: { ...standing, appointments: { total: 2, lines } } });
    const french = read(draw('fr', sunday));
    expect(french[2]).toContain('2 rendez-vous dimanche et lundi');
    const from = french.indexOf('Rendez-vous dimanche et lundi (2)');
    expect(french.slice(from + 1, from + 3)).toEqual([
      '• dim. 22 nov. à 11 h 00 · Opel de Brigitte M. · Alice Martin',
      '• lun. 23 nov. à 9 h 30 · Opel de Brigitte M. · Alice Martin',
    ]);
    expect(read(draw('en', sunday))).toEqual(
      expect.arrayContaining(['Appointments on Sunday and Monday (2)', '• Mon 23 Nov at 09:30 · Opel de Brigitte M. · Alice Martin']),
    );
  });

  it('says nothing of a usual day before there were two of them', () => {
    const text = read(draw('fr', friday({ before: friday().before.slice(0, 1) }))).join('\n');
    expect(text).not.toMatch(/habitu/);
  });

  it('compares nobody under five leads, and nobody with nobody', () => {
    const text = read(draw('fr')).join('\n');
    expect(text).toMatch(/1er contact 12 min \(5 leads\)$/m);
    expect(text).toContain('1er contact 40 min (3 leads), pas assez de données');
    const { figures: day } = friday();
    const [alice, bruno] = day.people.map(({ figures: one }) => one.toContact);
    if (!alice || !bruno) throw new Error('two people');
    const enough = { ...bruno, all: { ...bruno.all, done: 6 } };
    const both = day.people.map((one, n) => ({ ...one, figures: { ...one.figures, toContact: n === 0 ? alice : enough } }));
    const compared = read(draw('fr', friday({ figures: { ...day, people: both } }))).join('\n');
    expect(compared).toMatch(/1er contact 12 min \(5 leads\), n° 1$/m);
    expect(compared).toMatch(/1er contact 40 min \(6 leads\), n° 2$/m);
    const idle = { person: { id: 'chloe', name: 'Chloé Durand' }, figures: figures({ open: 2 }) };
    expect(read(draw('fr', friday({ figures: { ...day, people: [...both, idle] } })))).toContain(
      'Chloé Durand: 2 en cours · pas assez de données',
    );
  });
});

describe('a comparison', () => {
  const other = friday({ dealershipId: 'annecy', figures: { total: figures({ received: 3 }), people: [], sources: [] }, before: [] });

  it.each(['fr', 'en'] as const)('puts dealerships side by side (%s)', async (language) => {
    const card = comparisonCard(
      '2026-11-20',
      'Groupe Lumière',
      [
        { dealership: lyon, digest: friday() },
        { dealership: annecy, digest: other },
      ],
      language,
      null,
    );
    await expect(`${read(card).join('\n')}\n`).toMatchFileSnapshot(`../../goldens/digest/comparison.${language}.txt`);
  });

  it('of a site that claimed at once, or nothing, says so beside the others', () => {
    const claimed = (done: number, median: number | null) => {
      const { figures: day } = friday();
      const toClaim = { ...day.total.toClaim, all: { ...day.total.toClaim.all, done, median } };
      return friday({ figures: { ...day, total: { ...day.total, received: 9, toClaim } } });
    };
    const one = (name: string, done: number, median: number | null) => ({
      dealership: { ...lyon, name },
      digest: claimed(done, median),
    });
    const sites = [one('A', 6, 120_000), one('B', 7, 400), one('C', 4, 400), one('D', 0, null)];
    const lines = read(comparisonCard('2026-11-20', 'Groupe Lumière', sites, 'fr', null)).slice(4);
    expect(lines.map((line) => `${line.split(' · ')[0]} · ${line.split(' · ')[2]}`)).toEqual([
      'B: 9 nouveaux leads · 7 pris, n° 1',
      'A: 9 nouveaux leads · pris en 2 min (6 leads), n° 2',
      'C: 9 nouveaux leads · 4 pris, pas assez de données',
      'D: 9 nouveaux leads · 0 pris, pas assez de données',
    ]);
  });

  it('is one line when the day was quiet everywhere', () => {
    const quiet = { dealership: lyon, digest: friday({ quiet: true }) };
    expect(read(comparisonCard('2026-11-20', 'Groupe Lumière', [quiet], 'fr', null))[1]).toBe(
      'Journée calme partout : aucun nouveau lead, rien en retard.',
    );
  });
});

describe('a morning list', () => {
  it.each(['fr', 'en'] as const)('says what is late, what is due, and who has gone quiet (%s)', async (language) => {
    const { late, hot, appointments } = friday().standing;
    const mine = { overdue: { ...late, total: 7 }, today: appointments, quiet: { total: 1, lines: hot.lines } };
    const card = morningCard('Alice Martin', '2026-11-20', [{ dealership: lyon, mine }], view(language), at('09:00'));
    await expect(`${read(card).join('\n')}\n`).toMatchFileSnapshot(`../../goldens/digest/morning.${language}.txt`);
  });
});
