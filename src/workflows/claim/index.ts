import { type Card, sentence } from '../../chat/card.js';
import type { Click, Reply } from '../../chat/interaction.js';
import { type Dealership, localeOf } from '../../dealership/dealership.js';
import { duration } from '../../language/format.js';
import { announce } from '../../leads/announce.js';
import { contactCard } from '../../leads/contact.js';
import type { Lead } from '../../leads/lead.js';
import { isId } from '../../leads/records.js';
import { append, type NewFact, readFact } from '../../leads/timeline.js';
import { type Whisper, whisper } from '../../leads/whisper.js';
import { groupCommit } from '../../store/group-commit.js';
import type { Unit } from '../../store/store.js';
import { type Desk, outOfDate, platformOf, told, type Workflow } from '../workflow.js';
import { type Decided, decide, type Verdict, type Wish } from './decide.js';
import { claimWords } from './messages.js';

/** How far behind somebody may be and still be told by how much. */
const RACE_MS = 10 * 60_000;

/** To become the owner of a lead that has none. First come, first served, whatever the platform or process. */
export function claimWorkflow(desk: Desk): Workflow {
  const lines = Array.from({ length: desk.store.parallel }, () =>
    groupCommit((wishes: readonly Wish[]) => desk.store.transact((unit) => settle(desk, unit, wishes))),
  );
  // Everybody who wants one lead stands in one line, so that two transactions never wait for each other's leads.
  const take = (wish: Wish) => lines[Number.parseInt(wish.leadId.slice(-4), 16) % lines.length]?.(wish);

  return {
    offers: (lead, dealership) => {
      if (lead.owner || lead.stage !== 'new') return [];
      return [{ action: 'claim.take', label: claimWords[dealership.language].button, subject: lead.id, style: 'primary' }];
    },
    clicks: {
      'claim.take': async (click) => {
        const wish = await wishOf(desk, click);
        if (!wish) return stale(desk, click);
        return confirmed(desk, click, await take(wish));
      },
    },
    whispers: {
      'claim.won': (about) => told(desk, about, (lead, dealership) => wonCard(desk, about, lead, dealership)),
      'claim.too-late': (about) => told(desk, about, (lead, dealership) => lateCard(desk, about, lead, dealership)),
      'claim.already-yours': (about) => told(desk, about, (lead, dealership) => wonCard(desk, about, lead, dealership)),
      'claim.over': (about) =>
        told(desk, about, async (_, dealership) => sentence(claimWords[await languageOf(desk, about, dealership)].over)),
      'claim.not-allowed': (about) => told(desk, about, (_, dealership) => notAllowedCard(desk, about, dealership)),
    },
  };
}

/** The answer on the spot; the private message that follows says who, by how much, and what next. */
async function confirmed(desk: Desk, click: Click, decided: Decided | undefined): Promise<Reply> {
  const dealership = desk.group.dealership(decided?.dealershipId ?? '');
  if (!decided || decided.verdict === 'unknown-lead' || !dealership) return stale(desk, click);
  const words = claimWords[desk.languageFor(await desk.personOf(click.actor.person), dealership)];
  const said = {
    won: words.yours.trim(),
    'already-yours': words.alreadyYours,
    'too-late': words.late,
    over: words.over,
    'not-allowed': words.notAllowed(dealership.name, null),
  };
  return { kind: 'done', said: said[decided.verdict] };
}

async function wishOf(desk: Desk, click: Click): Promise<Wish | null> {
  if (!isId(click.subject)) return null;
  const person = await desk.personOf(click.actor.person, click.actor.name);
  return {
    leadId: click.subject,
    personId: person.id,
    personName: person.name,
    may: desk.group.dealerships.filter((dealership) => desk.group.directory.maySell(person, dealership)).map((dealership) => dealership.id),
    platform: platformOf(click.actor.person),
    account: click.actor.person,
    where: click,
    at: click.at,
  };
}

/** Decides, then writes what follows: the losers' facts, the cards to redraw, what to tell everybody. */
async function settle(desk: Desk, { db, enqueue }: Unit, wishes: readonly Wish[]): Promise<Decided[]> {
  const decided = await decide(db, wishes);
  const refused = wishes.flatMap((wish, n) => {
    const verdict = decided[n]?.verdict;
    return verdict === 'too-late' || verdict === 'not-allowed' ? [{ n, fact: refusalOf(wish, verdict) }] : [];
  });
  const factIds = await append(
    db,
    refused.map((one) => one.fact),
  );
  const factOf = new Map(refused.map((one, index) => [one.n, factIds[index]]));
  for (const [n, wish] of wishes.entries()) {
    const { verdict, dealershipId } = decided[n] ?? { verdict: 'unknown-lead', dealershipId: null };
    const dealership = dealershipId === null ? undefined : desk.group.dealership(dealershipId);
    if (verdict === 'unknown-lead' || !dealership) continue;
    if (verdict === 'won') announce(enqueue, wish.leadId, dealership, 'redraw');
    const factId = factOf.get(n);
    whisper(enqueue, {
      topic: `claim.${verdict}`,
      leadId: wish.leadId,
      account: wish.account,
      where: wish.where,
      at: wish.at,
      ...(factId !== undefined && { factId }),
    });
  }
  return decided;
}

function refusalOf(wish: Wish, verdict: Verdict): NewFact {
  return { leadId: wish.leadId, at: wish.at, kind: 'refused', actorId: wish.personId, platform: wish.platform, data: { why: verdict } };
}

async function wonCard(desk: Desk, about: Whisper, lead: Lead, dealership: Dealership): Promise<Card | null> {
  const person = await desk.personOf(about.account);
  if (lead.owner?.id !== person.id) return null;
  const language = desk.languageFor(person, dealership);
  const words = claimWords[language];
  const next = lead.phone ? words.callNow : lead.email ? words.writeNow : words.noReach;
  const intro = about.topic === 'claim.won' ? words.yours : `${words.alreadyYours} `;
  return contactCard(lead, dealership, language, [intro, next]);
}

async function lateCard(desk: Desk, about: Whisper, lead: Lead, dealership: Dealership): Promise<Card | null> {
  const language = await languageOf(desk, about, dealership);
  const words = claimWords[language];
  if (!lead.owner || !lead.claimedAt) return null;
  const fact = about.factId === null ? null : await readFact(desk.store.db, BigInt(about.factId));
  const by = fact ? fact.at.getTime() - lead.claimedAt.getTime() : Number.POSITIVE_INFINITY;
  // Behind by more than a moment, the race is no news any more; who owns the lead is. Two processes may have read
  // their clocks in the other order than the database decided: that is a close race too.
  if (Math.abs(by) > RACE_MS) return sentence(words.taken(lead.owner.name));
  return sentence(words.faster(lead.owner.name, duration(Math.max(by, 1), localeOf(dealership, language))));
}

async function notAllowedCard(desk: Desk, about: Whisper, dealership: Dealership): Promise<Card> {
  const words = claimWords[await languageOf(desk, about, dealership)];
  const managers = desk.group.directory.managersOf(dealership).map((manager) => manager.name);
  return sentence(words.notAllowed(dealership.name, managers.length === 0 ? null : words.or(managers.slice(0, 2))));
}

async function languageOf(desk: Desk, about: Whisper, dealership: Dealership) {
  return desk.languageFor(await desk.personOf(about.account), dealership);
}

async function stale(desk: Desk, click: Click): Promise<Reply> {
  const person = await desk.personOf(click.actor.person, click.actor.name);
  return { kind: 'private', card: outOfDate(desk.languageFor(person)) };
}
