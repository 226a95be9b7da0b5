import { type Card, sentence } from '../../chat/card.js';
import type { FormReply, Submission } from '../../chat/interaction.js';
import { shorten, tidy } from '../../chat/text.js';
import { type Dealership, localeOf } from '../../dealership/dealership.js';
import { day, money } from '../../language/format.js';
import type { Language } from '../../language/locale.js';
import { announceEnd, sayBelow } from '../../leads/announce.js';
import { isClosed, type Lead } from '../../leads/lead.js';
import { maskContact } from '../../leads/mask.js';
import { cardWords } from '../../leads/messages.js';
import { changeLead } from '../../leads/records.js';
import { append, type Fact, readFact } from '../../leads/timeline.js';
import type { Unit } from '../../store/store.js';
import { type Acting, carryOut, openForm, signed } from '../acting.js';
import type { Desk, Workflow } from '../workflow.js';
import { saleForm } from './form.js';
import { saleWords } from './messages.js';
import { readSale, type Sale } from './read.js';
import { insertSale, readSaleNote } from './records.js';

const LINE = 'sale.line';
const NOTE = 'sale.note';
const LONGEST_CAR = 60;

/** The good end of a lead, and its line in the channel. */
export function saleWorkflow(desk: Desk): Workflow {
  return {
    offers: (lead, dealership) =>
      lead.owner && !isClosed(lead.stage)
        ? [{ action: 'sale.open', label: saleWords[dealership.language].button, subject: lead.id, opens: true }]
        : [],
    clicks: { 'sale.open': (click) => openForm(desk, click, 'sell', saleForm) },
    forms: {
      sale: (submission) =>
        carryOut(desk, submission, { leadId: submission.subject, act: 'sell', field: 'vehicle' }, (unit, acting) =>
          sell(desk, unit, acting, submission),
        ),
    },
    draws: {
      [LINE]: (lead, dealership, subject) => lineCard(desk, lead, dealership, subject),
      [NOTE]: (lead, _, subject) => noteCard(desk, lead, subject),
    },
    tells: { sold: (fact, dealership, language) => historyLine(desk, fact, dealership, language) },
  };
}

async function sell(desk: Desk, unit: Unit, acting: Acting, submission: Submission): Promise<FormReply> {
  const { db, enqueue } = unit;
  const { lead, dealership, person, language } = acting;
  const { at } = submission;
  const reading = readSale(submission.values, dealership, language, at);
  if (reading.kind === 'faults') return reading;
  const { sale } = reading;
  await changeLead(db, lead.id, { stage: 'won', closedAt: at, nextActionKind: null, nextActionAt: null });
  await insertSale(db, { leadId: lead.id, sellerId: lead.owner?.id ?? person.id, at }, sale, dealership.currency);
  const [fact] = await append(db, [{ leadId: lead.id, at, kind: 'sold', ...signed(acting, submission.actor), data: factOf(sale) }]);
  await announceEnd(unit, lead.id, dealership, desk.ending());
  sayBelow(enqueue, dealership, { leadId: lead.id, topic: LINE, subject: String(fact) }, 'post', true);
  if (sale.note !== null) sayBelow(enqueue, dealership, { leadId: lead.id, topic: NOTE, subject: String(fact) }, 'post');
  return { kind: 'close' };
}

function factOf({ vehicle, reference, financing, maintenance, tradeIn, price, deliveryOn }: Sale) {
  return {
    vehicle,
    reference,
    financing,
    maintenance,
    tradeIn,
    price: price?.amount ?? null,
    currency: price?.currency ?? null,
    deliveryOn,
  };
}

/** The fact a message of this lead is about. */
async function factFor(desk: Desk, lead: Lead, subject: string): Promise<Fact | null> {
  const fact = /^\d+$/.test(subject) ? await readFact(desk.store.db, BigInt(subject)) : null;
  return fact?.leadId === lead.id ? fact : null;
}

async function lineCard(desk: Desk, lead: Lead, dealership: Dealership, subject: string): Promise<Card | null> {
  const fact = await factFor(desk, lead, subject);
  if (!fact) return null;
  const words = saleWords[dealership.language];
  const { vehicle, financed } = soldAs(fact, dealership.language);
  const what = [[carOf(lead, dealership), vehicle].filter((one) => one !== null).join(' '), financed].filter((one) => one !== null);
  const line = `${words.sold(sellerOf(fact, lead.owner?.name, dealership.language), what.join(', '))}.`;
  return {
    summary: `${line} ${words.wellDone}`,
    elements: [{ kind: 'lines', lines: [[{ bold: line }, ` ${words.wellDone}`]] }],
    buttons: [],
  };
}

async function noteCard(desk: Desk, lead: Lead, subject: string): Promise<Card | null> {
  const fact = await factFor(desk, lead, subject);
  const note = fact && (await readSaleNote(desk.store.db, lead.id));
  if (!fact || note === null) return null;
  const said = sentence(fact.actor?.name ?? '');
  return { ...said, elements: [...said.elements, { kind: 'quote', text: note }] };
}

/** "Sold by Alice Martin: from stock, financed, maintenance contract, €15,990, delivery Fri 4 Dec" */
function historyLine(desk: Desk, fact: Fact, dealership: Dealership, language: Language): string {
  const words = saleWords[language];
  const locale = localeOf(dealership, language);
  const { price, currency, deliveryOn, maintenance, tradeIn } = fact.data;
  const { vehicle, financed } = soldAs(fact, language);
  const what = [
    vehicle,
    financed,
    maintenance === true ? words.maintained : null,
    tradeIn === true ? words.tradedIn : null,
    typeof price === 'number' && typeof currency === 'string' ? money(price, locale, currency) : null,
    typeof deliveryOn === 'string' ? words.delivered(day(new Date(`${deliveryOn}T00:00:00Z`), { ...locale, timeZone: 'UTC' })) : null,
  ].filter((one) => one !== null);
  const owner = fact.behalfOfId === null ? undefined : desk.group.directory.byId(fact.behalfOfId)?.name;
  return words.sold(sellerOf(fact, owner, language), what.join(', '));
}

function soldAs({ data }: Fact, language: Language) {
  const { saleKinds, financed } = cardWords[language];
  return { vehicle: saleKinds[data.vehicle === 'order' ? 'order' : 'stock'], financed: data.financing === true ? financed : null };
}

/** The owner sold, whoever wrote it down; a manager who did is named too. */
function sellerOf(fact: Fact, owner: string | undefined, language: Language): string {
  const name = fact.actor?.name ?? owner ?? '';
  return fact.behalfOfId === null || owner === undefined ? name : saleWords[language].recorded(owner, name);
}

/** "C3 Aircross", without any way to reach the customer somebody may have typed there. */
function carOf(lead: Lead, dealership: Dealership): string | null {
  const { interest } = maskContact(lead, dealership.language);
  const car = interest?.model ?? interest?.make;
  return car ? shorten(tidy(car).replaceAll('\n', ' '), LONGEST_CAR) : null;
}
