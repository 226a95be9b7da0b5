import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ActAnswer } from '../wire.js';
import type { Tenancy } from './state.js';
import type { Tenant, TenantActs } from './wire.js';
import type { TeamsWords } from './words.js';

/** What every part of the Teams page needs to know, beyond the desk it shares with the other. */
export interface Office {
  readonly tenant: Tenant;
  readonly words: TeamsWords;
  readonly state: Tenancy;
  act<N extends keyof TenantActs>(name: N, body: TenantActs[N]): Promise<ActAnswer>;
}

export const OfficeContext = createContext<Office | null>(null);

export function useOffice(): Office {
  const office = useContext(OfficeContext);
  if (office === null) throw new Error('Drawn outside the office.');
  return office;
}
