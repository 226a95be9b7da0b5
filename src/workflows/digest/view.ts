import type { PersonId, Span } from '../../chat/text.js';
import { shorten, tidy } from '../../chat/text.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Language } from '../../language/locale.js';
import { titleOf } from '../../leads/card.js';
import { type Lead, shortName } from '../../leads/lead.js';
import { cardOf } from '../../leads/links.js';
import { maskContact } from '../../leads/mask.js';
import { linksTo } from '../links.js';
import { type Desk, platformOf } from '../workflow.js';

/** How one message speaks of leads and people. */
export interface View {
  readonly language: Language;
  /** A lead by its car and its customer's short name, leading to its thread where there is one. */
  lead(lead: Lead, dealership: Dealership): Span;
  /** Somebody: mentioned the first time, only named after that. */
  call(person: { readonly id: string; readonly name: string }): Span;
  /** Was this person mentioned or named already? */
  called(id: string): boolean;
}

const NAME_LENGTH = 60;

/** For a message in a place that names these leads. Where a platform cannot say addresses just now, leads are named without. */
export async function viewFor(desk: Desk, place: string, language: Language, leads: readonly Lead[]): Promise<View> {
  const platform = platformOf(place);
  const shown = leads.map(({ id }) => cardOf(id));
  const links = await linksTo(desk, shown, platform);
  const called = new Set<string>();
  return {
    language,
    lead(lead, dealership) {
      const label = nameOf(lead, dealership);
      const link = links(cardOf(lead.id));
      return link === undefined ? label : { link, label };
    },
    called: (id) => called.has(id),
    call({ id, name }) {
      const account = called.has(id) ? undefined : accountsOf(desk, id).find((one) => platformOf(one) === platform);
      called.add(id);
      return account === undefined ? name : { person: account, name };
    },
  };
}

/** "Used · Citroën C3 2022 · €15,990 · Brigitte M.", without any way to reach her. */
function nameOf(lead: Lead, dealership: Dealership): string {
  const who = shortName(maskContact(lead, dealership.language));
  const title = titleOf(lead, dealership);
  return who === null ? title : `${title} · ${shorten(tidy(who).replaceAll('\n', ' '), NAME_LENGTH)}`;
}

/** Somebody configuration does not list is known by their account. */
function accountsOf({ group }: Desk, id: string): readonly PersonId[] {
  return group.directory.byId(id)?.accounts ?? (id.includes(':') ? [id] : []);
}
