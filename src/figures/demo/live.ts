import { afterWorking, isOpen, localDay, nextOpening } from '../../dealership/clock.js';
import type { Contact } from '../../leads/contacts.js';
import type { NextActionKind } from '../../leads/lead.js';
import type { WorkedStage } from '../../leads/life.js';
import { dayAfter, startOf } from '../period.js';
import type { House, Seller } from './house.js';
import type { Luck } from './luck.js';
import type { Story } from './story.js';

const MINUTE = 60_000;
const DAY_MINUTES = 600;
/** What takes longer can be hurried; a call is made as soon as it would be. */
const HURRIED = 240;

/** A lead, the house it came to, and how far its story is told. */
interface Telling {
  readonly story: Story;
  readonly house: House;
  readonly luck: Luck;
  readonly now: Date;
  /** Below 1 things go faster than they naturally would. */
  readonly pace: number;
  at: Date;
}

/** Tells what becomes of a lead until now: claimed, called, seen, appraised, sold or given up, as people of that house do. */
export function live(story: Story, house: House, luck: Luck, now: Date, pace: number): void {
  liveOn({ story, house, luck, now, pace, at: story.lead.receivedAt }, 1);
}

function liveOn(telling: Telling, lives: number): void {
  const { story, luck } = telling;
  if (story.row.ownerId === null && !claimed(telling)) return;
  if (luck.hits(0.7) && wait(telling, luck.between(0.2, 3))) story.showContact(telling.at, ownerOf(telling).id);
  if (luck.hits(0.04) && !givenAway(telling)) return;
  const won = luck.hits(0.14) ? silent(telling) : worked(telling);
  if (won === 'told' || won === 'stopped') return;
  giveUp(telling, won, lives);
}

/** Moves on by so many opening minutes; false when that is still to come. */
function wait(telling: Telling, minutes: number): boolean {
  const { house, now, pace } = telling;
  const at = afterWorking(house.dealership, telling.at, minutes > HURRIED ? Math.max(HURRIED, minutes * pace) : minutes);
  if (!at || at > now) return false;
  // Nobody presses a button on the full minute.
  telling.at = new Date(at.getTime() + telling.luck.between(0, 900));
  return true;
}

function claimed(telling: Telling): boolean {
  const { story, house, luck, now } = telling;
  const seller = luck.weigh(house.sellers.map((one) => [one, one.manner.eager] as const));
  const open = isOpen(house.dealership, telling.at);
  if (!open && luck.hits(0.08)) {
    const at = new Date(telling.at.getTime() + luck.between(3, 40) * MINUTE);
    if (at > now) return false;
    telling.at = at;
  } else {
    const minutes = luck.around(open ? seller.manner.claims : 14) * (luck.hits(0.03) ? 8 : 1);
    if (!open) telling.at = nextOpening(house.dealership, telling.at) ?? telling.at;
    if (!wait(telling, minutes)) return false;
  }
  story.claim(telling.at, seller.id);
  return true;
}

function ownerOf({ story, house }: Telling): Seller {
  const known = house.sellers.find(({ id }) => id === story.row.ownerId) ?? house.sellers[0];
  if (!known) throw new Error('a house without sellers');
  return { ...known, id: story.row.ownerId ?? known.id };
}

function managerOf({ house, luck }: Telling, except: string): string {
  const others = house.managers.filter(({ id }) => id !== except);
  return (others.length > 0 && luck.hits(0.85) ? others[0] : luck.pick(house.managers))?.id ?? except;
}

function givenAway(telling: Telling): boolean {
  const { story, house, luck } = telling;
  const others = house.sellers.filter(({ id }) => id !== story.row.ownerId);
  if (others.length === 0) return true;
  if (!wait(telling, luck.around(180))) return false;
  story.handOver(telling.at, luck.hits(0.5) ? managerOf(telling, '') : ownerOf(telling).id, luck.pick(others).id);
  return true;
}

/** Nobody answers: calls that reach nobody leave a note. */
function silent(telling: Telling): 'unreachable' | 'stopped' {
  const { story, luck } = telling;
  const tries = 2 + Math.floor(luck.between(0, 3));
  for (let n = 0; n < tries; n++) {
    if (!wait(telling, n === 0 ? luck.around(ownerOf(telling).manner.calls) : luck.between(0.4, 1.6) * DAY_MINUTES)) return 'stopped';
    story.note(
      telling.at,
      ownerOf(telling).id,
      luck.pick(['Pas de réponse, message laissé.', 'Sonne dans le vide.', 'SMS envoyé, sans retour.']),
    );
  }
  return wait(telling, luck.between(0.5, 1.5) * DAY_MINUTES) ? 'unreachable' : 'stopped';
}

/** The customer was reached. @returns why it came to nothing; `told` when it was sold */
function worked(telling: Telling): string {
  const { luck } = telling;
  const { manner } = ownerOf(telling);
  if (!wait(telling, luck.around(manner.calls))) return 'stopped';
  const hot = luck.weigh([['hot', 0.16] as const, ['warm', 0.46] as const, ['cold', 0.38] as const]);
  update(telling, 'contacted', hot, luck.weigh([['call', 0.8] as const, ['email', 0.12] as const, ['sms', 0.08] as const]), 'call', 1.5);
  const wish = hot === 'hot' ? 1.5 : hot === 'warm' ? 1 : 0.45;
  if (!luck.hits(0.52 * manner.skill * wish)) return luck.hits(0.04 * wish) ? sold(telling) : cooled(telling);
  if (!wait(telling, luck.between(0.1, 1.2) * DAY_MINUTES)) return 'stopped';
  update(telling, 'appointment', luck.hits(0.3) ? 'hot' : undefined, 'call', luck.hits(0.6) ? 'appointment' : 'test-drive', 2.5);
  if (!appraised(telling)) return 'stopped';
  if (!wait(telling, luck.between(0.8, 3) * DAY_MINUTES)) return 'stopped';
  if (!luck.hits(0.72)) return cooled(telling);
  update(telling, 'proposal', luck.hits(0.35) ? 'hot' : undefined, 'visit', luck.hits(0.5) ? 'quote' : 'call', 3);
  if (!wait(telling, luck.between(0.5, 6) * DAY_MINUTES)) return 'stopped';
  return luck.hits(Math.min(0.8, 0.36 * manner.skill * wish)) ? sold(telling) : cooled(telling);
}

function update(
  telling: Telling,
  stage: WorkedStage,
  temperature: 'hot' | 'warm' | 'cold' | undefined,
  contact: Contact,
  kind: NextActionKind,
  days: number,
): void {
  const { story, house, luck, at } = telling;
  const owner = ownerOf(telling);
  const due = nextOpening(house.dealership, new Date(at.getTime() + luck.between(0.4, days) * 1440 * MINUTE)) ?? at;
  const quarter = 15 * MINUTE;
  const next = { kind, at: new Date(Math.ceil(due.getTime() / quarter) * quarter) };
  const by = luck.hits(0.03) ? managerOf(telling, owner.id) : owner.id;
  story.update(at, by, { stage, contact, next, ...(temperature !== undefined && { temperature }) });
  if (luck.hits(owner.manner.tidy * 0.4))
    story.note(
      at,
      owner.id,
      luck.pick(['Très intéressé par le financement.', 'Vient avec son conjoint samedi.', 'Hésite avec un autre modèle.']),
    );
}

function appraised(telling: Telling): boolean {
  const { story, house, luck } = telling;
  const car = story.lead.tradeIn;
  if (!car || house.appraiser === null || !luck.hits(0.8)) return true;
  if (!wait(telling, luck.between(20, 240))) return false;
  const { make, model, plate, mileage } = car;
  story.appraise(telling.at, ownerOf(telling).id, { make, model, plate, mileage, condition: luck.pick(['good', 'fair', 'excellent']) });
  if (!wait(telling, luck.around(75, 1))) return false;
  if (!luck.hits(0.95)) return true;
  const validUntil = dayAfter(localDay(house.dealership, telling.at), 14);
  story.estimate(telling.at, house.appraiser.id, Math.round(luck.between(20, 140)) * 100, validUntil, house.dealership.currency);
  return true;
}

function sold(telling: Telling): 'told' {
  const { story, house, luck } = telling;
  const { interest, tradeIn } = story.lead;
  const stock = interest?.condition === 'used' || luck.hits(0.3);
  story.sell(telling.at, ownerOf(telling).id, {
    vehicle: stock ? 'stock' : 'order',
    reference: interest?.stockNumber ?? (stock ? `VN-${Math.floor(luck.between(1_000, 2_000))}` : null),
    financing: luck.hits(0.61),
    maintenance: luck.hits(0.44),
    tradeIn: tradeIn !== null && luck.hits(0.75),
    price: interest?.price ? Math.round(interest.price * luck.between(0.94, 1)) : null,
    currency: house.dealership.currency,
  });
  return 'told';
}

function cooled(telling: Telling): string {
  const { luck } = telling;
  if (!wait(telling, luck.between(1, 5) * DAY_MINUTES)) return 'stopped';
  return luck.weigh([
    ['bought-elsewhere', 0.4],
    ['no-budget', 0.25],
    ['postponed', 0.27],
    ['invalid', 0.08],
  ] as const);
}

const JUSTIFICATIONS: Readonly<Record<string, string>> = {
  'bought-elsewhere': 'A signé chez un concurrent la semaine dernière.',
  'no-budget': 'Financement refusé par sa banque.',
  postponed: 'Attend la vente de son logement, projet reporté.',
  invalid: 'Numéro non attribué, adresse inexistante.',
  unreachable: 'Aucune réponse malgré plusieurs appels et un SMS.',
};

/** Asks to abandon, and a manager decides. */
function giveUp(telling: Telling, wanted: string, lives: number, again = false): void {
  const { story, house, luck } = telling;
  if (!story.allows('ask-abandonment')) return;
  const { reasons } = house.dealership.abandonment;
  const reason = reasons.some(({ id }) => id === wanted) ? wanted : (reasons[0]?.id ?? wanted);
  const owner = ownerOf(telling);
  story.askAbandonment(telling.at, owner.id, reason, JUSTIFICATIONS[reason] ?? 'Le client ne donne pas suite.');
  if (!wait(telling, luck.around(150, 1))) return;
  const manager = managerOf(telling, owner.id);
  const others = house.sellers.filter(({ id }) => id !== owner.id);
  if (!again && luck.hits(owner.manner.impatient)) {
    story.decide(telling.at, manager, { outcome: 'sendback', comment: 'Rappelez encore une fois, en fin de journée.' });
    if (!wait(telling, luck.between(0.5, 1.5) * DAY_MINUTES)) return;
    if (luck.hits(0.15)) sold(telling);
    else giveUp(telling, wanted, lives, true);
    return;
  }
  if (!again && others.length > 0 && luck.hits(0.05)) {
    story.decide(telling.at, manager, { outcome: 'handover', colleagueId: luck.pick(others).id });
    if (!wait(telling, luck.between(0.3, 2) * DAY_MINUTES)) return;
    if (luck.hits(0.2)) sold(telling);
    else giveUp(telling, wanted, lives, true);
    return;
  }
  if (lives > 0 && luck.hits(wanted === 'postponed' ? 0.4 : 0.04)) rest(telling, manager, lives);
  else story.decide(telling.at, manager, { outcome: 'approve' });
}

/** Put off to a day, and back as new when that has come. */
function rest(telling: Telling, manager: string, lives: number): void {
  const { story, house, luck, now } = telling;
  const until = dayAfter(localDay(house.dealership, telling.at), Math.floor(luck.between(10, 35)));
  story.decide(telling.at, manager, { outcome: 'recycle', until });
  const back = nextOpening(house.dealership, startOf(house.dealership, until));
  if (!back || back > now) return;
  story.comeBack(back);
  telling.at = back;
  liveOn(telling, lives - 1);
}

/** Ends a story that is still open, some time between its last act and now. */
export function endBy(story: Story, house: House, luck: Luck, now: Date): void {
  const last = story.facts.at(-1)?.at ?? story.lead.receivedAt;
  const telling: Telling = { story, house, luck, now, pace: 0, at: last };
  const soon = () => {
    const at = new Date(telling.at.getTime() + luck.between(0.1, 0.5) * (now.getTime() - telling.at.getTime()));
    telling.at = nextOpening(house.dealership, at) ?? at;
    if (telling.at > now) telling.at = at;
  };
  soon();
  if (story.row.ownerId === null) story.claim(telling.at, luck.pick(house.sellers).id);
  if (story.pending) return void story.decide(telling.at, managerOf(telling, ownerOf(telling).id), { outcome: 'approve' });
  if (story.row.contactedAt === null && luck.hits(0.6)) {
    update(telling, 'contacted', 'warm', 'call', 'call', 1);
    soon();
  }
  if (story.row.stage === 'proposal' && luck.hits(0.3)) return void sold(telling);
  story.askAbandonment(
    telling.at,
    ownerOf(telling).id,
    house.dealership.abandonment.reasons[0]?.id ?? 'other',
    'Le client ne donne pas suite.',
  );
  soon();
  story.decide(telling.at, managerOf(telling, ownerOf(telling).id), { outcome: 'approve' });
}
