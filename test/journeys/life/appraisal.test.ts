import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAR, jpeg } from '../../support/appraisals.js';
import { LANGUAGES, type Room } from '../../support/cast.js';
import { dayAfter } from '../../support/days.js';
import { stored } from '../../support/seen.js';
import { slackStage } from '../../support/slack-stage.js';
import { become, below, fills, found, kinds, type Life, owned, type Post, patient, type Stage } from '../../support/stage.js';
import { teamsStage } from '../../support/teams-stage.js';
import { PATIENT_MS } from '../../support/tenant.js';

const WORDS = {
  French: {
    asks: 'Alice Martin demande une estimation',
    told: 'Alice Martin vous demande une estimation : Peugeot 208',
    photos: (n: number) => `Photos : ${n} · à vérifier : avant, arrière, gauche, droite, intérieur, compteur, dommages`,
    wanted: /Omar Benali a besoin d'autres photos de la Peugeot 208 Il manque : avant, .* Envoyez-les par « Ajouter des photos »\./,
    came: 'Une photo est arrivée pour la Peugeot 208',
    facts: ['121 000 km', 'AB-123-CD', 'Bon', 'Pneus neufs.'],
    understood: "8 500 € pour la Peugeot 208, c'est bien cela ?",
    dropped: '8 500 € pour la Peugeot 208 : sans suite.',
    corrected: '8 700',
    understoodNow: "8 700 € pour la Peugeot 208, c'est bien cela ?",
    recorded: '8 700 € pour la Peugeot 208 : noté.',
    first: "Estimation n° 1 d'Omar Benali : 8 700 €, valable jusqu'au",
    amount: '9 200 €',
    second: "Estimation n° 2 d'Omar Benali : 9 200 €, valable jusqu'au",
    replaced: "Remplacée par l'estimation n° 2.",
    history: ['Alice Martin a demandé une estimation de la reprise', "Photo d'Alice Martin", "Estimation n° 2 d'Omar Benali : 9 200 €"],
  },
  English: {
    asks: 'Chloé Durand asks for a price for this trade-in',
    told: 'Chloé Durand asks you for a price: Peugeot 208',
    photos: (n: number) => `Photos: ${n} · to check: front, rear, left, right, interior, odometer, damage`,
    wanted: /Oliver Grant needs more photos of the Peugeot 208 Missing: front, .* Send them with “Add photos”\./,
    came: 'A photo has come for the Peugeot 208',
    facts: ['121,000 km', 'AB-123-CD', 'Good', 'Pneus neufs.'],
    understood: '€8,500 for the Peugeot 208, is that right?',
    dropped: '€8,500 for the Peugeot 208: no longer asked.',
    corrected: '8,700',
    understoodNow: '€8,700 for the Peugeot 208, is that right?',
    recorded: '€8,700 for the Peugeot 208: recorded.',
    first: 'Estimate no. 1 by Oliver Grant: €8,700, valid until',
    amount: '€9,200',
    second: 'Estimate no. 2 by Oliver Grant: €9,200, valid until',
    replaced: 'Replaced by estimate no. 2.',
    history: ['Chloé Durand asked for a price for the trade-in', 'Photo by Chloé Durand', 'Estimate no. 2 by Oliver Grant: €9,200'],
  },
} as const;
type Words = (typeof WORDS)['French' | 'English'];

/** A message of its own that begins so: the request repeats the newest estimate. */
const alone = (says: string): RegExp => new RegExp(`^${says.replaceAll('.', '\\.')}`);

/** The owner asks for a price with three photos, and sends two more when asked for them. @returns the request, where the used-car manager looks */
async function asked(life: Life, words: Words): Promise<{ readonly id: string; readonly request: Post }> {
  const { stage, owner, estimator, appraisals, leads } = life;
  const hears = stage.as(estimator).listens();
  const car = { ...CAR, plate: 'ab-123-cd', condition: 'good', keys: '2', note: 'Pneus neufs.' };
  await life.fills(owner, 'appraisal.open', car, await Promise.all([1, 2, 3].map(jpeg)));
  const { id } = await stage.house.app.store.db.appraisal.findFirstOrThrow({ where: { leadId: life.id } });
  const showing = (room: Room, pictures: number) => found(stage, room, (one) => one.raw.includes(id) && one.pictures === pictures);
  const three = await showing(appraisals, 3);
  for (const part of [words.asks, words.photos(3), ...words.facts]) expect(three.words).toContain(part);
  expect(three.buttons).toEqual(['estimate.open', 'appraisal.photos']);
  await hears(words.told);

  const wish = stage.as(owner).listens();
  await stage.as(estimator).press(three, 'appraisal.photos');
  await wish(words.wanted);
  await stage.as(owner).drops(life.card, await Promise.all([4, 5].map(jpeg)));
  const five = await showing(appraisals, 5);
  expect([five.id, five.words]).toEqual([three.id, expect.stringContaining(words.photos(5))]);
  await hears(words.came);
  // In the thread of the lead too, where that is somewhere else.
  await showing(leads, 5);
  const photos = await stage.house.app.store.db.photo.findMany({ where: { appraisalId: id } });
  expect(photos.map(({ state, uploaderId }) => [state, uploaderId])).toEqual(Array.from({ length: 5 }, () => ['ready', owner.id]));
  return { id, request: five };
}

/** Lyon has a channel for appraisals, Annecy answers in the lead's own thread. */
describe.each([
  ['Slack', slackStage],
  ['Teams', () => teamsStage()],
  ['Teams, where the bot may read along', () => teamsStage({ readsAlong: true })],
])('a trade-in on %s', (_, raise) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await raise();
  }, PATIENT_MS);
  afterAll(() => stage?.close());

  it.each(LANGUAGES)('goes from the form and its photos to an estimate in the thread, and a second: in %s', async (language) => {
    const words = WORDS[language];
    const life = await owned(stage, language, { tradeIn: null });
    const { owner, estimator, appraisals } = life;
    const { db } = stage.house.app.store;
    const { id, request } = await asked(life, words);
    const versions = async () =>
      (await db.estimate.findMany({ where: { appraisalId: id }, orderBy: { version: 'asc' } })).map((one) => Number(one.amount));

    const expert = stage.as(estimator);
    const said = expert.says(request, '8,5k');
    const question = await below(stage, appraisals, request, words.understood);
    expect(question.buttons).toEqual(['estimate.confirm', 'estimate.correct']);
    expect(await versions()).toEqual([]);
    // Changed words are no answer any more; the bot waits for those that come next.
    expert.edits(said, '8600');
    expect((await become(stage, appraisals, question, words.dropped)).buttons).toEqual([]);
    expert.says(request, words.corrected);
    const again = await below(stage, appraisals, request, words.understoodNow);
    expect(await versions()).toEqual([]);

    const hears = stage.as(owner).listens();
    await expert.press(again, 'estimate.confirm');
    expect((await become(stage, appraisals, again, words.recorded)).buttons).toEqual([]);
    const first = await life.below(alone(words.first));
    await hears(`Peugeot 208 · ${words.first}`);
    expect(await versions()).toEqual([8_700]);

    const values = { amount: words.amount, valid_until: dayAfter(9), conditions: 'Test.' };
    await fills(expert, request, 'estimate.open', values);
    expect((await life.below(alone(words.second))).words).toContain('Test.');
    await become(stage, life.leads, first, words.replaced);
    await become(stage, appraisals, request, words.second);
    await hears(`Peugeot 208 · ${words.second}`);
    expect(await versions()).toEqual([8_700, 9_200]);
    expect(await db.estimate.findMany({ where: { appraisalId: id, lapsedAt: null } })).toMatchObject([
      { version: 2, authorId: estimator.id },
    ]);

    const history = await stage.as(owner).asks(life.card, 'lead.history');
    for (const part of words.history) expect(history).toContain(part);
    expect(await stored(stage.house, life.id)).toMatchObject({ stage: 'claimed', ownerId: owner.id });
    await expect
      .poll(
        async () =>
          (await kinds(life)).filter((kind) => ['photo', 'photos-asked', 'appraisal-asked', 'estimated'].includes(kind)).toSorted(),
        patient,
      )
      .toEqual(['appraisal-asked', 'estimated', 'estimated', ...Array.from({ length: 5 }, () => 'photo'), 'photos-asked']);
  });
});
