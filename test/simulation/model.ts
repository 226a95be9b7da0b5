/** One lead as somebody alone at a desk would keep it: no concurrency, no database, no network. */
export interface LeadState {
  readonly known: boolean;
  /** By name. */
  readonly owner: string | null;
  readonly city: string | null;
}

/** Everything people and sources do to one lead, with what they know of themselves. */
export type Call =
  | { readonly act: 'send' }
  | { readonly act: 'claim'; readonly person: string; readonly sells: boolean }
  | { readonly act: 'contact'; readonly person: string; readonly manages: boolean }
  | { readonly act: 'open' }
  | { readonly act: 'save'; readonly opened: string | null; readonly city: string };

export const UNKNOWN: LeadState = { known: false, owner: null, city: null };

/** What the call is answered, and the lead afterwards. */
export function apply(lead: LeadState, call: Call): { readonly answer: string; readonly after: LeadState } {
  const unchanged = (answer: string) => ({ answer, after: lead });
  if (call.act === 'send') return lead.known ? unchanged('resend') : { answer: 'created', after: { ...lead, known: true } };
  if (!lead.known) return unchanged('unknown');
  switch (call.act) {
    case 'claim':
      if (!call.sells) return unchanged('not allowed');
      if (lead.owner === call.person) return unchanged('already yours');
      if (lead.owner !== null) return unchanged(`${lead.owner} was faster`);
      return { answer: 'won', after: { ...lead, owner: call.person } };
    case 'contact':
      if (call.manages || lead.owner === call.person) return unchanged('shown');
      return unchanged(lead.owner === null ? 'claim it first' : `only ${lead.owner}`);
    case 'open':
      return unchanged(`city ${lead.city}`);
    case 'save':
      if (call.opened !== lead.city) return unchanged('changed meanwhile');
      return { answer: 'saved', after: { ...lead, city: call.city } };
  }
}
