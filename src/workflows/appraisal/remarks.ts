import type { Correction, Remark } from '../../chat/interaction.js';
import type { MessageId } from '../../chat/text.js';
import { show } from '../../leads/announce.js';
import { isClosed } from '../../leads/lead.js';
import { isOutdated } from '../../leads/notes.js';
import { keepPhotos } from '../../leads/photos.js';
import { CARD } from '../../leads/places.js';
import type { Db } from '../../store/database.js';
import type { Unit } from '../../store/store.js';
import { type Desk, type RemarkAbout, withLead } from '../workflow.js';
import { readAmounts } from './amounts.js';
import { yearOf } from './car.js';
import { askPhotos } from './more-photos.js';
import { mayEstimate } from './people.js';
import { type Appraisal, closeQuestions, insertQuestion, isReadBefore, newestAppraisal, questionFrom, readAppraisal } from './records.js';
import { QUESTION, REQUEST, redrawn, type Shown } from './show.js';
import { seenIn } from './views.js';

/** Words and photos below a lead's card or a request: photos are taken, an amount is asked back, a wish for photos is passed on. */
export function remarked(desk: Desk, remark: Remark, about: RemarkAbout): Promise<void> {
  return take(desk, remark, about, (db) => isOutdated(db, remark));
}

async function take(desk: Desk, remark: Remark, about: RemarkAbout, outdated: (db: Db) => Promise<boolean>): Promise<void> {
  if (about.topic !== CARD && about.topic !== REQUEST) return;
  const reads = mayEstimate(desk, about.person, about.dealership) && remark.text.trim() !== '';
  if (remark.files.length === 0 && !reads) return;
  await withLead(desk, about.lead.id, async (unit, lead, dealership) => {
    const now = { ...about, lead, dealership };
    const appraisal = isClosed(lead.stage) ? null : await newestAppraisal(unit.db, lead.id);
    const origin = { leadId: lead.id, appraisalId: appraisal?.id ?? null, uploaderId: about.person.id, at: remark.at };
    await keepPhotos(unit, origin, seenIn(remark.text, remark.files));
    if (appraisal && reads && !(await outdated(unit.db))) await understand(desk, unit, remark, now, appraisal);
  });
}

async function understand(desk: Desk, unit: Unit, remark: Remark, about: RemarkAbout, appraisal: Appraisal): Promise<void> {
  const { dealership, lead, person } = about;
  const { car } = appraisal;
  const reading = readAmounts(remark.text, { currency: dealership.currency, year: yearOf(car), mileage: car.mileage });
  if (reading.kind === 'photos' && !(await isReadBefore(unit.db, lead.id, remark.message))) {
    const by = { account: remark.actor.person, at: remark.at, message: remark.message };
    await askPhotos(desk, unit, { appraisal, lead, dealership, person }, by);
  }
  if (reading.kind === 'amount') await askBack(unit, remark, about, appraisal.id, reading);
}

/** Nothing is recorded by a guess: a question in the same thread, in place of an earlier one. */
async function askBack(
  unit: Unit,
  remark: Remark,
  { lead, dealership, person, channel, topic }: RemarkAbout,
  appraisalId: string,
  reading: { readonly from: number; readonly to: number | null },
): Promise<void> {
  const { message, at } = remark;
  const words = { appraisalId, authorId: person.id, message, at, amount: reading.from, upTo: reading.to };
  const id = await insertQuestion(unit.db, words);
  if (id === null) return;
  await drop(unit, { lead, dealership }, appraisalId, id);
  const under = topic === CARD ? { card: true as const } : { message: remark.thread };
  show(unit.enqueue, { leadId: lead.id, channel, topic: QUESTION, subject: id }, 'post', { under });
}

/** Changed words are no answer any more; those that were never read before are read now. */
export async function corrected(desk: Desk, correction: Correction, about: RemarkAbout | null): Promise<void> {
  const known = await questionFrom(desk.store.db, correction.message);
  if (known) return takenBack(desk, correction.message);
  if (about) await take(desk, correction, about, async () => false);
}

/** Somebody changed or deleted what an open question was read from: it is asked no longer. */
export async function takenBack(desk: Desk, message: MessageId): Promise<void> {
  const question = await questionFrom(desk.store.db, message);
  if (question?.outcome !== null) return;
  const appraisal = await readAppraisal(desk.store.db, question.appraisalId);
  await withLead(desk, appraisal?.leadId ?? '', async (unit, lead, dealership) => {
    const now = await questionFrom(unit.db, message);
    if (now?.outcome === null) await drop(unit, { lead, dealership }, now.appraisalId);
  });
}

async function drop(unit: Unit, { lead, dealership }: Pick<RemarkAbout, 'lead' | 'dealership'>, appraisalId: string, except?: string) {
  const dropped = await closeQuestions(unit.db, appraisalId, undefined, except);
  if (dropped.length > 0)
    await redrawn(
      unit,
      lead.id,
      dealership,
      dropped.map((id): Shown => [QUESTION, id]),
    );
}
