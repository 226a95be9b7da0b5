import { readCustomer } from './adf-contact.js';
import { all, attribute, first, type Node } from './adf-tree.js';
import { readVehicles } from './adf-vehicle.js';
import { carLine, identifier, line, moment } from './fields.js';
import { takeNotes } from './notes.js';
import type { ParsedLead } from './parsed.js';

/** A prospect's enquiry, and who gave it its id: two portals may count from one. */
export interface Prospect {
  readonly lead: ParsedLead;
  /** The `source` of the id, else the provider; empty when neither is said. */
  readonly issuer: string;
}

/** Reads one `prospect`; `path` is its own (`/adf/prospect[1]`). Everything in it may be missing. */
export function readProspect(node: Node, path: string): Prospect {
  const notes = takeNotes();
  const at = (name: string) => ({ path: `${path}/${name}`, notes });
  const id = first(node, 'id');
  const vendor = first(node, 'vendor', 'dealer');
  const provider = first(node, 'provider');
  const idSource = line(attribute(id, 'source'), at('id/@source'));
  const name = line(first(provider, 'name').text, at('provider/name'));
  const service = line((first(provider, 'service').text || first(vendor, 'service').text).trim(), at('provider/service'));
  const requested = moment(first(node, 'requestdate').text, 'month-first', at('requestdate'));
  const { customer, message } = readCustomer(node, path, notes);
  const hints = [...all(vendor, 'id').map((one) => one.text), first(vendor, 'vendorname').text];
  return {
    issuer: idSource ?? name ?? '',
    lead: {
      externalId: identifier(id.text.trim(), at('id')),
      resend: attribute(node, 'status').toLowerCase() === 'resend',
      dealershipHints: [...new Set(hints.flatMap((hint) => carLine(hint, at('vendor')) ?? []))],
      requestedAt: requested?.at ?? null,
      requestedAtLocal: requested?.local ?? null,
      provider: providerOf(name, service) ?? idSource,
      customer,
      ...readVehicles(node, path, notes),
      message,
      page: null,
      campaign: null,
      problems: notes.problems,
    },
  };
}

/** `Portail VO / Annonces`; the name alone when the service says the same. */
function providerOf(name: string | null, service: string | null): string | null {
  return name === null || service === null || name === service ? (name ?? service) : `${name} / ${service}`;
}
