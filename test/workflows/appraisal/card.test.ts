import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.js';
import { plainText } from '../../../src/chat/text.js';
import { readCustomer, readOrigin } from '../../../src/leads/details.js';
import type { Lead } from '../../../src/leads/lead.js';
import type { Photo, View } from '../../../src/leads/photos.js';
import { readCar } from '../../../src/workflows/appraisal/car.js';
import { questionCard, requestCard } from '../../../src/workflows/appraisal/card.js';
import type { Appraisal, Estimate } from '../../../src/workflows/appraisal/records.js';
import { accepted, EXAMPLE, read } from '../../config/read.js';
import { plainly } from '../../support/seen.js';

const [lyon, annecy] = accepted(read(EXAMPLE)).dealerships;
if (!lyon || !annecy) throw new Error('no dealerships in the example');
const now = new Date('2026-11-24T10:00:00Z');

const lead: Lead = {
  ...{ id: 'a', dealershipId: 'lyon', sourceId: 'website', tier: 'parsed', stage: 'claimed', temperature: null, owner: null },
  ...{
    receivedAt: now,
    returnedAt: null,
    claimedAt: now,
    contactedAt: null,
    closedAt: null,
    nextAction: null,
    restingUntil: null,
    sale: null,
  },
  ...{ abandonReason: null, revision: 1, name: 'B', email: null, phone: null, customer: readCustomer(null), interest: null },
  ...{ tradeIn: null, message: null, origin: readOrigin(null), problems: [] },
};
const estimate: Estimate = {
  ...{ id: 'e', version: 1, authorId: 'omar', amount: 8500, currency: 'EUR', validUntil: '2026-12-04', conditions: null, note: null },
};
const appraisal: Appraisal = {
  ...{ id: 'p', leadId: 'a', requesterId: 'alice', requestedAt: now, answeredAt: null, note: null, estimates: [] },
  car: readCar({ make: 'Peugeot', model: '208', mileage: 121_000, firstRegistered: '2019-03' }),
};
const photo = (view: View | null, n = 0): Photo => ({
  ...{ id: `${n}`, leadId: 'a', appraisalId: 'p', uploaderId: 'alice', at: now, filename: 'x.jpg', state: 'ready', refusal: null, view },
  ...{ file: `slack:F${n}`, published: { slack: `slack:FP${n}` }, linkId: null, batchId: null },
});

const drawn = (more: Partial<Parameters<typeof requestCard>[0]> = {}, dealership = lyon) =>
  requestCard({ lead, dealership, appraisal, photos: [], asker: 'Alice Martin', estimator: 'Omar Benali', replaced: false, now, ...more });

/** Everything the card says, in order. */
function text(card: Card): string {
  const lines = card.elements.flatMap((element) => {
    if (element.kind === 'lines' || element.kind === 'row') return element.lines.map(plainText);
    if (element.kind === 'facts') return element.facts.map(({ label, value }) => `${label}: ${plainText(value)}`);
    if (element.kind === 'aside') return [plainText(element.line)];
    return element.kind === 'quote' ? [element.text] : [`[${element.description}]`];
  });
  return plainly([card.title ?? '', ...lines].join('\n'));
}

describe('the request', () => {
  it('shows the car and what is missing, in the language of the dealership', () => {
    expect(text(drawn())).toBe(
      [
        'Reprise · Peugeot 208',
        'Alice Martin demande une estimation de cette reprise',
        'Mise en circulation: 03/2019',
        'Kilométrage: 121 000 km',
        'Photos : aucune · il manque : avant, arrière, gauche, droite, intérieur, compteur, dommages',
        'Pour : Demande de contact',
        'Répondez avec « Estimer », ou écrivez le montant dans ce fil : 8500, 8,5k …',
      ].join('\n'),
    );
    expect(text(drawn({}, { ...annecy, language: 'en' }))).toContain('Alice Martin asks for a price for this trade-in');
  });

  it('asks to check photos nobody named, and knows when all views are there', () => {
    const line = (photos: readonly Photo[]) =>
      text(drawn({ photos }))
        .split('\n')
        .find((one) => one.startsWith('Photos'));
    expect(line([photo(null), photo('front')])).toBe('Photos : 2 · à vérifier : arrière, gauche, droite, intérieur, compteur, dommages');
    const all = (['front', 'rear', 'left', 'right', 'interior', 'odometer', 'damage'] as const).map((view) => photo(view));
    expect(line(all)).toBe('Photos : 7 · toutes les vues y sont');
    expect(line([{ ...photo(null), state: 'received' }])).toMatch(/^Photos : aucune · 1 en cours de vérification · il manque/);
  });

  it('shows the ten newest photos, and says how many there are besides', () => {
    const photos = Array.from({ length: 13 }, (_, n) => photo(null, n));
    const shown = drawn({ photos }).elements.flatMap((element) => (element.kind === 'photo' ? [...element.files] : []));
    expect(shown).toEqual(photos.slice(3).map(({ published }) => published.slack));
    expect(text(drawn({ photos }))).toContain('3 photos plus anciennes ne sont pas montrées ici.');
  });

  it('shows the newest estimate, as valid or expired at the dealership', () => {
    const answered = { ...appraisal, estimates: [estimate] };
    expect(text(drawn({ appraisal: answered }))).toContain("Estimation n° 1 d'Omar Benali : 8 500 €, valable jusqu'au ven. 4 déc.\n");
    const last = new Date('2026-12-04T22:59:00Z');
    expect(text(drawn({ appraisal: answered, now: last }))).toContain('valable');
    expect(text(drawn({ appraisal: answered, now: new Date('2026-12-04T23:00:00Z') }))).toContain(
      "expirée (elle valait jusqu'au ven. 4 déc.)",
    );
    const english = drawn({ appraisal: answered }, { ...annecy, language: 'en' });
    expect(text(english)).toContain('Estimate no. 1 by Omar Benali: €8,500, valid until Fri 4 Dec.\n');
  });

  it('offers nothing once it is replaced or its lead is over', () => {
    expect(drawn().buttons.map(({ action, subject }) => [action, subject])).toEqual([
      ['estimate.open', 'p'],
      ['appraisal.photos', 'p'],
    ]);
    expect(drawn({ replaced: true }).buttons).toEqual([]);
    expect(drawn({ lead: { ...lead, stage: 'won' } }).buttons).toEqual([]);
  });
});

describe('the question', () => {
  const question = { id: 'q', appraisalId: 'p', authorId: 'omar', amount: 8000, upTo: null, outcome: null };

  it('names the amount and the car, and both ends of a range', () => {
    expect(text(questionCard(question, appraisal, lyon))).toBe("\n8 000 € pour la Peugeot 208, c'est bien cela ?");
    expect(text(questionCard({ ...question, upTo: 8500 }, appraisal, lyon))).toBe(
      "\n8 000 € pour la Peugeot 208, c'est bien cela ? Vous avez écrit jusqu'à 8 500 € ; c'est le bas de la fourchette qui sera noté.",
    );
  });

  it('has buttons only while it waits', () => {
    expect(questionCard(question, appraisal, lyon).buttons.map(({ action }) => action)).toEqual(['estimate.confirm', 'estimate.correct']);
    for (const outcome of ['confirmed', 'corrected', 'replaced'] as const)
      expect(questionCard({ ...question, outcome }, appraisal, lyon).buttons).toEqual([]);
  });
});
