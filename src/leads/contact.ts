import type { Card, Element, Fact } from '../chat/card.js';
import { type Line, plainText, type Span, shorten, tidy } from '../chat/text.js';
import { type Dealership, localeOf } from '../dealership/dealership.js';
import { phone } from '../language/format.js';
import type { Language } from '../language/locale.js';
import { defineMessages } from '../language/messages.js';
import { wordsOf, wordsOnCard } from './card.js';
import type { Lead } from './lead.js';
import { cardWords } from './messages.js';

const words = defineMessages({
  en: {
    nameless: 'Name unknown',
    company: 'Company',
    place: 'Place',
    prefers: 'Prefers',
    ways: { phone: 'phone', email: 'e-mail', sms: 'text message' },
    consent: 'Agreed to',
    none: 'No phone and no e-mail.',
  },
  fr: {
    nameless: 'Nom inconnu',
    company: 'Société',
    place: 'Ville',
    prefers: 'Préfère',
    ways: { phone: 'téléphone', email: 'e-mail', sms: 'SMS' },
    consent: 'Accepte',
    none: 'Ni téléphone ni e-mail.',
  },
});

const MESSAGE_LENGTH = 2_500;

/**
 * Everything needed to reach the customer, for one person's eyes: tap-to-call number, address, the whole message.
 * The caller has checked the right to see it.
 */
export function contactCard(lead: Lead, dealership: Dealership, language: Language, intro: Line): Card {
  const locale = localeOf(dealership, language);
  const say = words[language];
  const name = shorten(tidy(lead.name ?? say.nameless).replaceAll('\n', ' '), 200);
  const reach: Span[] = [{ bold: name }];
  if (lead.phone) reach.push(' · ', { tel: lead.phone, label: phone(lead.phone, locale) });
  if (lead.email) reach.push(' · ', { mail: lead.email });
  const elements: Element[] = [{ kind: 'lines', lines: [intro, reach].filter((line) => line.length > 0) }];
  const facts = factsOf(lead, language);
  if (facts.length > 0) elements.push({ kind: 'facts', facts });
  const saidByCustomer = wordsOf(lead);
  // What the card already shows in full need not be read twice on a phone.
  if (saidByCustomer !== wordsOnCard(lead, dealership)) elements.push({ kind: 'quote', text: shorten(saidByCustomer, MESSAGE_LENGTH) });
  return { summary: intro.length > 0 ? plainText(intro) : name, elements, buttons: [] };
}

function factsOf(lead: Lead, language: Language): Fact[] {
  const say = words[language];
  const { company, city, postalCode, preferredContact, consent } = lead.customer;
  const facts: Fact[] = [];
  const add = (label: string, value: string | null) => {
    if (value) facts.push({ label, value: [shorten(tidy(value).replaceAll('\n', ' '), 200)] });
  };
  const way = (key: string | null) => (key === 'phone' || key === 'email' || key === 'sms' ? say.ways[key] : key);
  add(say.company, company);
  add(say.place, [postalCode, city].filter((part) => part).join(' '));
  add(say.prefers, way(preferredContact));
  const agreed = consent ? (['phone', 'email', 'sms'] as const).filter((key) => consent[key] === true).map((key) => say.ways[key]) : [];
  add(say.consent, agreed.join(', '));
  if (!lead.phone && lead.customer.sent.phone) add(cardWords[language].phone, lead.customer.sent.phone);
  if (!lead.email && lead.customer.sent.email) add(cardWords[language].mail, lead.customer.sent.email);
  return facts;
}
