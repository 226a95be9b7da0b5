import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DECIDE, WHY } from '../../support/abandoning.js';
import { type In, LANGUAGES, type Player } from '../../support/cast.js';
import { dayAfter } from '../../support/days.js';
import { OWNED, stored } from '../../support/seen.js';
import { become, fills, found, kinds, type Life, owned, PLATFORMS, type Post, patient, type Stage } from '../../support/stage.js';
import { raise } from '../../support/stages.js';
import { PATIENT_MS } from '../../support/tenant.js';

const WORDS = {
  French: {
    asks: "Alice Martin demande l'abandon : injoignable.",
    evidence: ['1 appel en 1 jour', "après l'arrivée", 'Brigitte M.'],
    approves: "Martine Leroy accepte l'abandon : injoignable.",
    over: 'Abandonné : Injoignable',
    by: 'Décidé par Martine Leroy',
    sendsBack: 'Martine Leroy renvoie la demande : le suivi continue.',
    sentBack: /Martine Leroy renvoie votre demande d'abandon : .* Le lead reste à vous\./,
    gives: 'Martine Leroy confie le lead à Bruno Petit.',
    given: 'Martine Leroy vous confie ce lead : ',
    givenAway: 'Martine Leroy confie ce lead à Bruno Petit : ',
    colleagues: 'Pris par Bruno Petit',
    recycles: 'Martine Leroy reprogramme le lead : il revient le',
    rests: 'Revient le',
    back: 'Ce lead est de retour : ',
    waiting: 'En attente · revenu',
    history: [
      "Alice Martin demande l'abandon : injoignable.",
      'Martine Leroy reprogramme le lead',
      'Le lead est de retour',
      'Pris par Bruno Petit',
    ],
    own: "Martine Leroy, pour Alice Martin, demande l'abandon : injoignable.",
    notYourOwn: /Vous avez fait cette demande ; quelqu'un d'autre en décide\. Demandez à Didier Faure/,
    otherApproves: "Didier Faure accepte l'abandon : injoignable.",
    comment: 'Essayez le soir, après 18 h.',
  },
  English: {
    asks: 'Chloé Durand asks to abandon: unreachable.',
    evidence: ['1 call in 1 day', 'after arrival', 'Brigitte M.'],
    approves: 'Nora Haas approves the abandonment: unreachable.',
    over: 'Abandoned: Unreachable',
    by: 'Decided by Nora Haas',
    sendsBack: 'Nora Haas sends the request back: the lead goes on.',
    sentBack: /Nora Haas sends your request to abandon back: .* The lead stays yours\./,
    gives: 'Nora Haas gives the lead to Emma Wright.',
    given: 'Nora Haas gives you this lead: ',
    givenAway: 'Nora Haas gives this lead to Emma Wright: ',
    colleagues: 'Claimed by Emma Wright',
    recycles: 'Nora Haas recycles the lead: it comes back on',
    rests: 'Comes back on',
    back: 'This lead is back: ',
    waiting: 'Waiting · came back',
    history: ['Chloé Durand asks to abandon: unreachable.', 'Nora Haas recycles the lead', 'The lead is back', 'Claimed by Emma Wright'],
    own: 'Nora Haas, for Chloé Durand, asks to abandon: unreachable.',
    notYourOwn: /You made this request; somebody else decides it\. Ask .*Hazel Brook/,
    otherApproves: 'Hazel Brook approves the abandonment: unreachable.',
    comment: 'Try in the evening, after six.',
  },
} as const;

/** Somebody asks to abandon a lead. @returns the request as the managers see it, and its id */
async function asked(life: Life, player: Player, says: string): Promise<{ readonly id: string; readonly request: Post }> {
  const { stage, managers } = life;
  await life.fills(player, 'abandon.open', { reason: 'unreachable', justification: WHY });
  const { id } = await stage.house.app.store.db.decision.findFirstOrThrow({ where: { leadId: life.id, decidedAt: null } });
  const request = await found(stage, managers, (one) => one.raw.includes(id));
  expect(request.words).toContain(says);
  expect(request.words).toContain(WHY);
  expect(request.buttons).toEqual(DECIDE);
  return { id, request };
}

/** Lets a lead that rests come back now. */
async function comesBack({ stage, id }: Life): Promise<void> {
  const { db, jobs } = stage.house.app.store;
  await db.$executeRaw`UPDATE lead SET resting_until = '2026-01-05' WHERE id = ${id}::uuid`;
  await db.$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE name = 'lead-return' AND data->>'leadId' = ${id} AND state < 'active'`;
  jobs.wake(['lead-return']);
}

describe.each(PLATFORMS)('an abandonment on %s', (platform) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await raise(platform);
  }, PATIENT_MS);
  afterAll(() => stage?.close());

  const decisionOf = (id: string) => stage.house.app.store.db.decision.findUniqueOrThrow({ where: { id } });

  describe.each(LANGUAGES)('in %s', (language: In) => {
    const words = WORDS[language];

    it('is asked with the evidence, and approved aloud', async () => {
      const life = await owned(stage, language);
      const { owner, manager, managers, shows } = life;
      const called = { stage: 'contacted', contact: 'call', next_kind: 'call', next_date: dayAfter(3) };
      await life.fills(owner, 'status.open', called);
      const { id, request } = await asked(life, owner, words.asks);
      for (const part of words.evidence) expect(request.words).toContain(part);
      await life.below(words.asks);
      expect(await stored(stage.house, life.id)).toMatchObject({ stage: 'contacted', ownerId: owner.id, closedAt: null });

      await fills(stage.as(manager), request, 'abandon.approve', { comment: words.comment });
      expect((await shows(words.over)).buttons).toEqual([]);
      const line = await life.below(words.by);
      expect([line.aloud, line.words]).toEqual([true, expect.stringContaining(words.over)]);
      expect((await become(stage, managers, request, words.approves)).buttons).toEqual([]);
      expect(await stored(stage.house, life.id)).toMatchObject({ stage: 'abandoned', ownerId: owner.id, nextActionKind: null });
      expect(await decisionOf(id)).toMatchObject({ outcome: 'approve', deciderId: manager.id, requesterId: owner.id, justification: WHY });
      expect(await kinds(life)).toEqual(['arrived', 'posted', 'claimed', 'status', 'abandon-asked', 'decided']);
    });

    it('is sent back with a comment the owner reads, and the lead goes on', async () => {
      const life = await owned(stage, language);
      const { owner, manager, managers } = life;
      const { id, request } = await asked(life, owner, words.asks);
      const hears = stage.as(owner).listens();
      await fills(stage.as(manager), request, 'abandon.sendback', { comment: words.comment });
      expect((await hears(words.sentBack)).words).toContain(words.comment);
      expect((await become(stage, managers, request, words.sendsBack)).buttons).toEqual([]);
      expect((await life.below(words.sendsBack)).words).toContain(words.comment);
      expect((await life.shows('')).buttons).toEqual(expect.arrayContaining(OWNED));
      expect(await stored(stage.house, life.id)).toMatchObject({ stage: 'claimed', ownerId: owner.id, closedAt: null });
      expect(await decisionOf(id)).toMatchObject({ outcome: 'sendback', comment: words.comment });
      await asked(life, owner, words.asks);
      expect(await kinds(life)).toEqual(['arrived', 'posted', 'claimed', 'abandon-asked', 'decided', 'abandon-asked']);
    });

    it('is handed to a colleague, and both read so', async () => {
      const life = await owned(stage, language);
      const { owner, colleague, manager, managers } = life;
      const { id, request } = await asked(life, owner, words.asks);
      const [before, after] = [stage.as(owner).listens(), stage.as(colleague).listens()];
      await fills(stage.as(manager), request, 'abandon.handover', { colleague: colleague.id, comment: words.comment });
      await life.shows(words.colleagues);
      const given = await after(words.given);
      for (const part of ['Brigitte Moreau', words.comment]) expect(given.words).toContain(part);
      expect((await before(words.givenAway)).words).not.toContain('Moreau');
      expect((await become(stage, managers, request, words.gives)).buttons).toEqual([]);
      expect(await stored(stage.house, life.id)).toMatchObject({ stage: 'claimed', ownerId: colleague.id });
      expect(await decisionOf(id)).toMatchObject({ outcome: 'handover', colleagueId: colleague.id });
      expect(await kinds(life)).toEqual(['arrived', 'posted', 'claimed', 'abandon-asked', 'decided']);
    });

    it('is recycled: it rests, returns on its day as new, and remembers', async () => {
      const life = await owned(stage, language);
      const { owner, colleague, manager, managers, shows } = life;
      const { request } = await asked(life, owner, words.asks);
      await fills(stage.as(manager), request, 'abandon.recycle', { recycle_date: dayAfter(40) });
      expect((await shows(words.rests)).buttons).toEqual([]);
      await become(stage, managers, request, words.recycles);
      const resting = await stored(stage.house, life.id);
      expect(resting).toMatchObject({ stage: 'abandoned', ownerId: null });
      expect(resting.restingUntil?.toISOString().slice(0, 10)).toBe(dayAfter(40));

      await comesBack(life);
      expect((await shows(words.waiting)).buttons).toEqual(['claim.take']);
      expect((await life.below(words.back)).aloud).toBe(true);
      const fresh = { stage: 'new', ownerId: null, claimedAt: null, contactedAt: null, closedAt: null, restingUntil: null };
      expect(await stored(stage.house, life.id)).toMatchObject(fresh);
      const told = stage.as(colleague).listens();
      await stage.as(colleague).press(life.card, 'claim.take');
      await told('Brigitte Moreau');
      await shows(words.colleagues);
      const history = await stage.as(colleague).asks(life.card, 'lead.history');
      for (const part of words.history) expect(history).toContain(part);
      expect(await kinds(life)).toEqual(['arrived', 'posted', 'claimed', 'abandon-asked', 'decided', 'returned', 'claimed']);
    });

    it('asked by a manager is another’s to decide', async () => {
      const life = await owned(stage, language);
      const { owner, manager, decider, managers } = life;
      const { id, request } = await asked(life, manager, words.own);
      expect(await stage.as(manager).asks(request, 'abandon.approve')).toMatch(words.notYourOwn);
      expect(await decisionOf(id)).toMatchObject({ requesterId: manager.id, decidedAt: null });
      await fills(stage.as(decider), request, 'abandon.approve', {});
      await life.shows(words.over);
      await become(stage, managers, request, words.otherApproves);
      expect(await decisionOf(id)).toMatchObject({ outcome: 'approve', deciderId: decider.id });
      expect(await stored(stage.house, life.id)).toMatchObject({ stage: 'abandoned', ownerId: owner.id });
      await expect.poll(() => kinds(life), patient).toEqual(['arrived', 'posted', 'claimed', 'abandon-asked', 'refused', 'decided']);
    });
  });
});
