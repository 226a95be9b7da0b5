import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../support/cast.js';
import { dayAfter } from '../../support/days.js';
import { stored } from '../../support/seen.js';
import { kinds, owned, PLATFORMS, patient, type Stage } from '../../support/stage.js';
import { raise } from '../../support/stages.js';
import { PATIENT_MS } from '../../support/tenant.js';

const WORDS = {
  French: {
    line: 'Alice Martin confie ce lead à Bruno Petit.',
    gave: 'Vous avez confié « VO · Citroën C3 Aircross 2022 · 15 990 € » à Bruno Petit, qui a tout pour continuer.',
    yours: 'Ce lead est maintenant à vous : Alice Martin vous le confie.',
    story: [
      'Rendez-vous · Chaud · À faire : Essai',
      'Contacts : appel',
      'Alice Martin ajoute : En congés dès ce soir.',
      'Renault Clio 2015',
    ],
    claimed: 'Pris par Bruno Petit',
    history: ['Arrivé par Site web', 'Pris par Alice Martin', 'Alice Martin a écrit une note', 'Alice Martin a modifié une note'],
    notes: ['Vient avec sa femme samedi.', 'Vient avec sa fille samedi.'],
    handed: 'En congés dès ce soir.',
  },
  English: {
    line: 'Chloé Durand handed this lead over to Emma Wright.',
    gave: 'You handed “Used · Citroën C3 Aircross 2022 · €15,990” over to Emma Wright, who has everything needed to go on.',
    yours: 'This lead is yours now: Chloé Durand handed it over to you.',
    story: ['Appointment · Hot · Next: Test drive', 'Contacts: call', 'Chloé Durand adds: On leave from tonight.', 'Renault Clio 2015'],
    claimed: 'Claimed by Emma Wright',
    history: ['Arrived from Site web', 'Claimed by Chloé Durand', 'Chloé Durand wrote a note', 'Chloé Durand changed a note'],
    notes: ['Comes with his wife on Saturday.', 'Comes with his daughter on Saturday.'],
    handed: 'On leave from tonight.',
  },
} as const;

describe.each(PLATFORMS)('a lead on %s', (platform) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await raise(platform);
  }, PATIENT_MS);
  afterAll(() => stage?.close());

  it.each(LANGUAGES)('is handed to a colleague with its story, its notes and its history: in %s', async (language) => {
    const words = WORDS[language];
    const life = await owned(stage, language);
    const { owner, colleague, card, id } = life;
    const { db } = stage.house.app.store;
    const called = { stage: 'appointment', contact: 'call', temperature: 'hot', next_kind: 'test-drive', next_date: dayAfter(4) };
    await life.fills(owner, 'status.open', { ...called, next_time: '10:30' });
    const notes = async () => (await db.note.findMany({ where: { leadId: id } })).map(({ authorId, text }) => [authorId, text]);
    const [written, changed] = words.notes;
    const note = stage.as(owner).says(card, written);
    await expect.poll(notes, patient).toEqual([[owner.id, written]]);
    stage.as(owner).edits(note, changed);
    await expect.poll(notes, patient).toEqual([[owner.id, changed]]);

    const [before, after] = [stage.as(owner).listens(), stage.as(colleague).listens()];
    await life.fills(owner, 'handover.open', { colleague: colleague.id, note: words.handed });
    await life.shows(words.claimed);
    await life.below(words.line);
    expect((await before(words.gave)).words).not.toContain('Moreau');
    const story = await after(words.yours);
    for (const part of ['Brigitte Moreau', '06 39 98 56 78', changed, ...words.story]) expect(story.words).toContain(part);
    expect(await stored(stage.house, id)).toMatchObject({ ownerId: colleague.id, stage: 'appointment', temperature: 'hot' });

    const public_ = stage.posts(life.leads).length;
    const history = await stage.as(colleague).asks(card, 'lead.history');
    for (const part of [...words.history, words.line]) expect(history).toContain(part);
    expect(history).not.toContain(changed);
    expect(stage.posts(life.leads)).toHaveLength(public_);
    expect(await kinds(life)).toEqual(['arrived', 'posted', 'claimed', 'status', 'noted', 'note-changed', 'handed-over']);
  });
});
