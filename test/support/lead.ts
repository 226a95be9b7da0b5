import type { Lead, NewLead } from '../../src/leads/lead.js';

const NEW: Lead = {
  id: '5f0c7a52-9f8e-4c1a-8c9b-0a4c6f1d2e3b',
  dealershipId: 'lyon',
  sourceId: 'website',
  tier: 'parsed',
  stage: 'new',
  temperature: null,
  owner: null,
  receivedAt: new Date('2026-11-20T09:42:00Z'),
  returnedAt: null,
  claimedAt: null,
  contactedAt: null,
  closedAt: null,
  nextAction: null,
  restingUntil: null,
  sale: null,
  abandonReason: null,
  revision: 1,
  name: 'Brigitte Moreau',
  email: 'brigitte@example.org',
  phone: '+33639980012',
  customer: {
    firstName: 'Brigitte',
    lastName: 'Moreau',
    company: null,
    postalCode: null,
    city: 'Lyon',
    language: null,
    preferredContact: null,
    consent: null,
    sent: { email: 'Brigitte@example.org', phone: '06 39 98 00 12' },
  },
  interest: null,
  tradeIn: null,
  message: null,
  origin: { page: null, campaign: null, provider: null, photos: 0 },
  problems: [],
};

/** A lead as it is read from the database: one that has just arrived, but for what is changed. */
export function leadWith(changes: Partial<Lead> | NewLead = {}): Lead {
  return { ...NEW, ...changes };
}
