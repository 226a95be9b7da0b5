import { randomBytes } from 'node:crypto';
import { LIMITS } from './limits.js';
import { Refusal } from './refusal.js';
import type { TeamsSeed } from './seed.js';

/** Whom a token of the bot's is for. */
type Audience = 'connector' | 'graph';

const SCOPES: Readonly<Record<string, Audience>> = {
  'https://api.botframework.com/.default': 'connector',
  'https://graph.microsoft.com/.default': 'graph',
};

/** The tenant's token endpoint: the bot's id and password for a token. */
export interface Tokens {
  /** @throws {Refusal} in the words of Entra ID. */
  grant(tenant: string, form: URLSearchParams): { readonly access_token: string; readonly expires_in: number };
  /** @throws {Refusal} 401 unless the header carries a live token for this audience. */
  check(authorization: string | undefined, audience: Audience): void;
  /** Ends every token, as when a password is changed. */
  revoke(): void;
}

export function newTokens({ app, tenant: { id: ours } }: Pick<TeamsSeed, 'app' | 'tenant'>, now: () => number = Date.now): Tokens {
  const granted = new Map<string, { readonly audience: Audience; readonly until: number }>();
  return {
    grant(tenant, form) {
      const audience = SCOPES[form.get('scope')?.split(' ')[0] ?? ''];
      if (form.get('grant_type') !== 'client_credentials') throw new Refusal(400, 'unsupported_grant_type', 'AADSTS70003');
      if (tenant !== ours) throw new Refusal(400, 'invalid_request', `AADSTS90002: Tenant '${tenant}' not found.`);
      if (form.get('client_id') !== app.id)
        throw new Refusal(400, 'unauthorized_client', 'AADSTS700016: Application not found in the directory.');
      if (form.get('client_secret') !== app.password)
        throw new Refusal(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.');
      if (audience === undefined) throw new Refusal(400, 'invalid_scope', 'AADSTS70011: The provided value for scope is not valid.');
      const token = randomBytes(48).toString('base64url');
      granted.set(token, { audience, until: now() + LIMITS.tokenSeconds * 1_000 });
      return { access_token: token, expires_in: LIMITS.tokenSeconds - 1 };
    },
    check(authorization, audience) {
      const [, token = ''] = /^Bearer\s+(\S+)$/i.exec(authorization ?? '') ?? [];
      const found = granted.get(token);
      if (found?.audience !== audience || found.until <= now())
        throw new Refusal(401, 'Unauthorized', 'Authorization has been denied for this request.');
    },
    revoke: () => granted.clear(),
  };
}
