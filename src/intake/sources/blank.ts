import type { ParsedCustomer, ParsedLead } from './parsed.js';

/** A customer of whom nothing is known. */
export const BLANK_CUSTOMER: ParsedCustomer = {
  name: null,
  firstName: null,
  lastName: null,
  company: null,
  email: null,
  phone: null,
  postalCode: null,
  city: null,
  language: null,
  preferredContact: null,
  consent: null,
};

/** An enquiry of which nothing is known. */
export const BLANK_LEAD: ParsedLead = {
  externalId: null,
  resend: false,
  dealershipHints: [],
  requestedAt: null,
  requestedAtLocal: null,
  provider: null,
  customer: BLANK_CUSTOMER,
  interest: null,
  tradeIn: null,
  message: null,
  page: null,
  campaign: null,
  problems: [],
};
