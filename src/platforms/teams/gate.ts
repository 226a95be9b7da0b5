import { AsyncLocalStorage } from 'node:async_hooks';
import { TeamsAdapter } from '@microsoft/teams-ai';
import type { Activity, InvokeResponse, TurnContext } from 'botbuilder';
import { AuthenticationConstants, AuthenticationError, ServiceClientCredentialsFactory } from 'botframework-connector';
import { type Heard, isRecord } from './activity.js';
import { isTrusted, type Trust } from './service.js';
import type { Registration } from './token.js';

/** Who may speak to us, and through which service. */
export interface GateSettings extends Trust {
  /** Undefined where nobody proves who they are. */
  readonly registration: Registration | undefined;
  /** Microsoft's own by default. */
  readonly openIdUrl: string | undefined;
}

/** Why an activity is not let in, for the log; and how the request is answered. */
export interface Refusal {
  readonly status: 401 | 403 | 503;
  readonly reason: string;
}

/** Lets in what Teams itself sent, for us, from our tenant; and carries what our listeners answer back. */
export interface Gate {
  /** @returns why the activity is refused, or null. Nothing of it may be acted upon before. */
  refuses(heard: Heard, activity: object, authorization: string): Promise<Refusal | null>;
  /** Runs the listeners over an activity that was let in. Rejects as they do. */
  pass(activity: object, logic: (context: TurnContext) => Promise<void>): Promise<InvokeResponse | undefined>;
}

/**
 * The library checks the signature, its key's endorsement, the issuer, the audience, the time, and that the service
 * address is the one the token names. It has other doors (for emulators, for other bots, and for no credentials at all),
 * so what must come through them is refused before; and it knows nothing of tenants.
 */
export function gate(settings: GateSettings): Gate {
  const { registration } = settings;
  const adapter = new Adapter(settings);
  return {
    async refuses(heard, activity, authorization) {
      if (registration) {
        const early = tokenFault(authorization, registration.appId, heard.serviceUrl);
        if (early !== null) return { status: 401, reason: early };
      }
      if (!isTrusted(heard.serviceUrl, settings)) return { status: 403, reason: 'foreign service' };
      if (registration && heard.tenant?.toLowerCase() !== registration.tenantId.toLowerCase())
        return { status: 403, reason: 'foreign tenant' };
      return adapter.refuses(activity as Activity, authorization);
    },
    pass: (activity, logic) => adapter.pass(activity as Activity, logic),
  };
}

/** The library prints keys and stacks for every token it refuses, past any log. Here nothing it says is printed. */
const quietly = new AsyncLocalStorage<true>();
// biome-ignore lint/suspicious/noConsole: what the library prints comes out here and nowhere else.
const print = console.error;
console.error = (...said: unknown[]) => {
  if (quietly.getStore() === undefined) print(...said);
};

class Adapter extends TeamsAdapter {
  constructor({ registration, openIdUrl }: GateSettings) {
    super(
      {
        ToChannelFromBotLoginUrl: AuthenticationConstants.ToChannelFromBotLoginUrl,
        ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
        ToBotFromChannelTokenIssuer: AuthenticationConstants.ToBotFromChannelTokenIssuer,
        OAuthUrl: AuthenticationConstants.OAuthUrl,
        ToBotFromChannelOpenIdMetadataUrl: openIdUrl ?? AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
        ToBotFromEmulatorOpenIdMetadataUrl: AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
      },
      new Credentials(registration?.appId),
    );
  }

  async refuses(activity: Activity, authorization: string): Promise<Refusal | null> {
    try {
      await quietly.run(true, () => this.botFrameworkAuthentication.authenticateRequest(activity, authorization));
      return null;
    } catch (error) {
      // Keys that cannot be fetched say nothing about the sender.
      return isRefusal(error) ? { status: 401, reason: 'token not valid' } : { status: 503, reason: 'keys out of reach' };
    }
  }

  async pass(activity: Activity, logic: (context: TurnContext) => Promise<void>): Promise<InvokeResponse | undefined> {
    const identity = this.createClaimsIdentity('');
    const connectorFactory = this.botFrameworkAuthentication.createConnectorFactory(identity);
    const audience = AuthenticationConstants.ToChannelFromBotOAuthScope;
    return this.processActivity({ claimsIdentity: identity, connectorFactory, audience }, activity, logic);
  }
}

/** Our calls go out by a client of ours (`connector.ts`), so the adapter's own sign nothing. */
class Credentials extends ServiceClientCredentialsFactory {
  constructor(private readonly appId: string | undefined) {
    super();
  }

  async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.appId;
  }

  async isAuthenticationDisabled(): Promise<boolean> {
    return this.appId === undefined;
  }

  async createCredentials() {
    return { signRequest: () => Promise.reject(new Error('this client sends nothing')) };
  }
}

const ISSUER = AuthenticationConstants.ToBotFromChannelTokenIssuer;
const CLOCKS_APART_S = 300;

/** What is wrong with a token before anybody looks at its signature; null when nothing is. */
function tokenFault(authorization: string, appId: string, serviceUrl: string): string | null {
  const [, head = '', body = ''] = /^Bearer ([\w-]{1,2000})\.([\w-]{1,8000})\.[\w-]{1,2000}$/.exec(authorization) ?? [];
  const [header, claims] = [decoded(head), decoded(body)];
  if (header === undefined || claims === undefined) return authorization === '' ? 'no token' : 'token malformed';
  if (header.alg !== 'RS256' && header.alg !== 'RS384' && header.alg !== 'RS512') return 'token algorithm';
  if (claims.iss !== ISSUER) return 'token issuer';
  if (claims.aud !== appId) return 'token audience';
  if (typeof claims.exp !== 'number' || claims.exp + CLOCKS_APART_S < Date.now() / 1_000) return 'token expired';
  return claims.serviceurl === serviceUrl ? null : 'token of another service';
}

function decoded(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRefusal(error: unknown): boolean {
  if (error instanceof AuthenticationError) return error.statusCode !== 500;
  return error instanceof Error && ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'].includes(error.name);
}
