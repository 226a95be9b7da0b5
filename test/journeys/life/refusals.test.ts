import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announceLead } from '../../../src/leads/announce.js';
import {
  ABANDON,
  APPRAISAL,
  DECISIONS,
  ESTIMATE,
  HANDOVER,
  LEAD,
  type Refusals,
  type Refused,
  SALE,
  STATUS,
} from '../../fixtures/refusals.js';
import { CAR } from '../../support/appraisals.js';
import { LANGUAGES } from '../../support/cast.js';
import { facts, SOON, stored } from '../../support/seen.js';
import {
  arrives,
  type Form,
  found,
  type Life,
  owned,
  PLATFORMS,
  type Post,
  type Says,
  type Seat,
  type Stage,
} from '../../support/stage.js';
import { raise } from '../../support/stages.js';
import { PATIENT_MS } from '../../support/tenant.js';

/** About a lead somebody owns. */
const ABOUT_A_LEAD = [STATUS, SALE, APPRAISAL, ABANDON, HANDOVER];
const OPENED = [...ABOUT_A_LEAD, ESTIMATE, ...DECISIONS].map((one) => [one.button, one.form, one] as const);

const OVER = ['Ce lead est terminé : Doublon.', 'This lead is over: Duplicate.'] as const;
const UNOWNED = ["Personne n'a encore pris ce lead. Prenez-le d'abord.", 'Nobody owns this lead yet. Claim it first.'] as const;
const GONE = ["Ce lead n'existe plus ici. Fermez ce formulaire.", 'This lead no longer exists here. Close this form.'] as const;
const THEIRS = [
  /^Seuls Bruno Petit et les chefs des ventes peuvent le faire\. Demandez à Bruno Petit\.$/,
  /^Only Emma Wright and the sales managers can do this\. Ask Emma Wright\.$/,
] as const;
const NO_REQUEST = [
  "Cette demande n'existe plus ici. Fermez ce formulaire.",
  'This request no longer exists here. Close this form.',
] as const;

const matching = (says: Says) => (typeof says === 'string' ? expect.stringContaining(says) : expect.stringMatching(says));

describe.each(PLATFORMS)('what is refused on %s', (platform) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await raise(platform);
  }, PATIENT_MS);
  afterAll(() => stage?.close());

  describe.each(LANGUAGES)('stands under its field in %s, and nothing is stored', (language) => {
    const column = LANGUAGES.indexOf(language);
    let life: Life;
    beforeAll(async () => {
      life = await owned(stage, language, { tradeIn: null });
    });

    /** Sends what a form must not take, as no client would. */
    async function refused(seat: Seat, form: Form, { good, rows }: Pick<Refusals, 'good' | 'rows'>): Promise<void> {
      for (const [name, changes, says] of rows as readonly Refused[]) {
        const values = { ...good, ...(typeof changes === 'function' ? changes(life) : changes) };
        const { faults, kept } = await seat.forges(form, values);
        expect(faults, name).toEqual(
          Object.fromEntries(Object.entries(says).map(([field, both]) => [field, matching(both[column] ?? '')])),
        );
        if (!kept) continue;
        // What is wrong stays as it was written too, but for what was too long for its field.
        const stays = (field: string, value: string) => !(field in says) || (form.written.includes(field) && value.length < 50);
        const typed = Object.entries(values).filter(([field, value]) => value.trim() !== '' && stays(field, value));
        expect(kept, name).toMatchObject(Object.fromEntries(typed));
      }
    }

    /** The request that a form is about, made by its owner. */
    async function requested(on: Refusals['on']): Promise<Post> {
      const { db } = stage.house.app.store;
      if (on === 'card') return life.card;
      const newest = { where: { leadId: life.id } };
      const made = () => (on === 'appraisal' ? db.appraisal.findFirst(newest) : db.decision.findFirst(newest));
      if (on === 'appraisal' && !(await made())) await life.fills(life.owner, 'appraisal.open', CAR);
      if (on === 'abandonment' && !(await made())) await life.fills(life.owner, 'abandon.open', ABANDON.good);
      const id = (await made())?.id ?? '';
      return found(stage, on === 'appraisal' ? life.appraisals : life.managers, ({ raw }) => raw.includes(id));
    }

    /** Nothing that was asked to be posted is still on its way. */
    const everythingSaid = () => {
      const { db } = stage.house.app.store;
      const underway = () => db.$queryRaw`SELECT id FROM pgboss.job WHERE name = ${announceLead.name} AND state < 'completed'`;
      return expect.poll(underway, { timeout: SOON, interval: 20 }).toEqual([]);
    };

    it.each(OPENED)('%s: %s', async (button, id, refusals) => {
      const { on, by } = refusals;
      const post = await requested(on);
      const seat = stage.as(life[by]);
      const form = await seat.opens(post, button);
      expect(form.id).toBe(id);
      const before = [await stored(stage.house, life.id), await facts(stage.house, life.id)];
      await everythingSaid();
      const posts = stage.posts(life.leads).length;
      await refused(seat, form, refusals);
      expect([await stored(stage.house, life.id), await facts(stage.house, life.id)]).toEqual(before);
      await everythingSaid();
      expect(stage.posts(life.leads)).toHaveLength(posts);
    });

    it('lead: by hand', async () => {
      const seat = stage.as(life.owner);
      const form = await seat.adds();
      expect(form.id).toBe('lead');
      const count = () => stage.house.app.store.db.lead.count({ where: { dealershipId: life.dealership } });
      const before = await count();
      await refused(seat, form, LEAD);
      const gone = ["Ce lead n'existe plus. Rien n'a été enregistré.", 'This lead is not there any more. Nothing was saved.'];
      expect((await seat.forges({ ...form, subject: 'nothing' }, LEAD.good)).faults).toEqual({ 'customer.name': gone[column] });
      expect(await count()).toBe(before);
    });

    it('of forms about a lead that nobody owns, that is over, somebody else’s, or not there', async () => {
      const { db } = stage.house.app.store;
      const [unowned, over, theirs] = [await arrives(stage, language), await owned(stage, language), await arrives(stage, language)];
      await db.lead.update({ where: { id: over.id }, data: { stage: 'duplicate' } });
      await stage.as(life.colleague).press(theirs.card, 'claim.take');
      // One that nobody asked to abandon before: that form would not open.
      const mine = await owned(stage, language);
      const seat = stage.as(life.owner);
      const before = await stored(stage.house, theirs.id);
      for (const { form: name, button, good } of ABOUT_A_LEAD) {
        const form = await seat.opens(mine.card, button);
        const [field = ''] = form.fields;
        const told = async (subject: string, says: Says = '') =>
          expect((await seat.forges({ ...form, subject }, { [field]: '', ...good })).faults, name).toEqual({ [field]: matching(says) });
        await told(unowned.id, UNOWNED[column]);
        await told(over.id, OVER[column]);
        await told(theirs.id, THEIRS[column]);
        for (const nothing of ['', 'nothing', '5f0c7a52-9f8e-4c1a-8c9b-0a4c6f1d2e3b']) await told(nothing, GONE[column]);
      }
      expect(await stored(stage.house, theirs.id)).toEqual(before);
      expect(await facts(stage.house, theirs.id, 'refused')).toHaveLength(ABOUT_A_LEAD.length);
    });

    it('of a decision about no request, and of an estimate by somebody else', async () => {
      const [manager, owner] = [stage.as(life.manager), stage.as(life.owner)];
      const decision = await manager.opens(await requested('abandonment'), 'abandon.approve');
      const [request = ''] = decision.subject.split(':');
      for (const subject of [`${request}:burn`, `${request}:approve:x`, 'x:approve', `${life.id}:approve`])
        expect((await manager.forges({ ...decision, subject }, { comment: '' })).faults).toEqual({ comment: NO_REQUEST[column] });
      const estimate = await stage.as(life.estimator).opens(await requested('appraisal'), 'estimate.open');
      expect((await owner.forges(estimate, ESTIMATE.good)).faults).toEqual({
        amount: matching(
          [
            /^Seuls les responsables VO de Lumière Lyon peuvent estimer\. Demandez à Omar Benali\.$/,
            /^Only the used-car managers of Lumière Annecy can estimate\. Ask /,
          ][column] ?? '',
        ),
      });
      expect(await stage.house.app.store.db.estimate.count({ where: { appraisal: { leadId: life.id } } })).toBe(0);
      expect((await stage.house.app.store.db.decision.findUniqueOrThrow({ where: { id: request } })).decidedAt).toBeNull();
    });
  });
});
