import { TZDate } from '@date-fns/tz';
import type { Dealership } from '../dealership/dealership.js';
import type { Group } from '../dealership/group.js';
import type { Vehicle } from '../leads/details.js';
import { normaliseEmail } from '../leads/email.js';
import { type NewLead, tierOf } from '../leads/lead.js';
import { normalisePhone } from '../leads/phone.js';
import { newId } from '../store/id.js';
import type { IntakeSource } from './source.js';
import type { ParsedBody, ParsedLead, ParsedVehicle, Problem } from './sources/parsed.js';

/** A lead that does not yet know its raw body, nor always its external key. */
type Understood = Omit<NewLead, 'rawIntakeId' | 'externalKey'> & { readonly externalKey: string | null };

/** Turns what a parser read into leads of ours: dealership, E.164 phone, lower-case e-mail, tier. Never none. */
export function understand(parsed: ParsedBody, source: IntakeSource, group: Group, receivedAt: Date): Understood[] {
  if (parsed.leads.length === 0) return [unreadable(parsed, source, group, receivedAt)];
  return parsed.leads.map((lead, index) => {
    const whole = { ...lead, problems: [...parsed.problems, ...lead.problems] };
    return readable(whole, source, group, receivedAt, index === 0 ? parsed.photos.length : 0);
  });
}

function readable(lead: ParsedLead, source: IntakeSource, group: Group, receivedAt: Date, photos: number): Understood {
  const problems: Problem[] = [...lead.problems];
  const dealership = dealershipOf(lead.dealershipHints, source, group, problems);
  const { customer } = lead;
  const phone = customer.phone === null ? null : normalisePhone(customer.phone, dealership.country);
  const email = customer.email === null ? null : normaliseEmail(customer.email);
  if (customer.phone !== null && phone === null)
    problems.push({ path: 'customer.phone', message: 'This is not a phone number that can be dialled.' });
  if (customer.email !== null && email === null) problems.push({ path: 'customer.email', message: 'This is not an e-mail address.' });
  const name = customer.name ?? ([customer.firstName, customer.lastName].filter((part) => part !== null).join(' ') || customer.company);
  if (!name) problems.push({ path: 'customer.name', message: 'The name of the customer is missing.' });
  if (!phone && !email)
    problems.push({ path: 'customer', message: 'There is no way to reach the customer: no usable phone, no usable e-mail.' });
  return {
    id: newId(),
    dealershipId: dealership.id,
    sourceId: source.id,
    externalKey: lead.externalId,
    tier: tierOf({ name, email, phone }),
    receivedAt,
    requestedAt: requestedAt(lead, dealership, problems),
    name,
    email,
    phone,
    customer: {
      firstName: customer.firstName,
      lastName: customer.lastName,
      company: customer.company,
      postalCode: customer.postalCode,
      city: customer.city,
      language: customer.language,
      preferredContact: customer.preferredContact,
      consent: customer.consent,
      sent: { email: customer.email, phone: customer.phone },
    },
    interest: vehicleOf(lead.interest),
    tradeIn: vehicleOf(lead.tradeIn),
    message: lead.message,
    origin: { page: lead.page, campaign: lead.campaign, provider: lead.provider, photos },
    problems,
  };
}

function unreadable(parsed: ParsedBody, source: IntakeSource, group: Group, receivedAt: Date): Understood {
  const problems: Problem[] = [...parsed.problems];
  const nothing = {
    firstName: null,
    lastName: null,
    company: null,
    postalCode: null,
    city: null,
    language: null,
    preferredContact: null,
    consent: null,
  };
  return {
    id: newId(),
    dealershipId: dealershipOf([], source, group, problems).id,
    sourceId: source.id,
    externalKey: null,
    tier: 'raw',
    receivedAt,
    requestedAt: null,
    name: null,
    email: null,
    phone: null,
    customer: { ...nothing, sent: { email: null, phone: null } },
    interest: null,
    tradeIn: null,
    message: parsed.text,
    origin: { page: null, campaign: null, provider: null, photos: parsed.photos.length },
    problems,
  };
}

/** The source's own dealership; else what the lead names, by id or name; else the first, flagged: a lead is never dropped. */
function dealershipOf(hints: readonly string[], source: IntakeSource, group: Group, problems: Problem[]): Dealership {
  const [first] = group.dealerships;
  if (!first) throw new Error('no dealership is configured');
  const fixed = source.dealership === null ? undefined : group.dealership(source.dealership);
  if (fixed) return fixed;
  for (const hint of hints) {
    const wanted = hint.trim().toLocaleLowerCase();
    const found = group.dealerships.find((one) => one.id === wanted || one.name.toLocaleLowerCase() === wanted);
    if (found) return found;
  }
  if (group.dealerships.length > 1)
    problems.push({ path: 'dealership', message: 'No known dealership is named; the first one got this lead.' });
  return first;
}

function requestedAt(lead: ParsedLead, dealership: Dealership, problems: Problem[]): Date | null {
  if (lead.requestedAt !== null) return validDate(new Date(lead.requestedAt));
  if (lead.requestedAtLocal === null) return null;
  problems.push({ path: 'requestedAt', message: 'The time has no offset; it was read in the time zone of the dealership.' });
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = lead.requestedAtLocal.split(/\D/).map(Number);
  return validDate(new Date(new TZDate(year, month - 1, day, hour, minute, second, dealership.timeZone).getTime()));
}

function validDate(date: Date): Date | null {
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1970 || date.getUTCFullYear() > 9999 ? null : date;
}

function vehicleOf(vehicle: ParsedVehicle | null): Vehicle | null {
  return vehicle;
}
