import { CloudAdapter, type TurnContext } from 'botbuilder';
import { AuthenticationConfiguration, AuthenticationConstants, BotFrameworkAuthenticationFactory } from 'botframework-connector';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WrongToken } from '../../../src/sandbox/teams/identity.js';
import { LEADS, listen, seed, tokenOf, town } from './town.js';

beforeEach(() => {
  // The library tells the console about every token it refuses.
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

/** A tenant whose bot is Microsoft's own adapter, checking everything it checks. */
async function withRealAdapter() {
  let url = '';
  const where = await town({ botUrl: () => url, times: { retriesMs: [] } });
  const credentials = {
    isValidAppId: async (id: string) => id === seed.app.id,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      signRequest: async (request: { headers: { set(name: string, value: string): void } }) => {
        request.headers.set('authorization', `Bearer ${await tokenOf(where.teams)}`);
        return request as never;
      },
    }),
  };
  const { ToChannelFromBotOAuthScope: scope, ToBotFromChannelTokenIssuer: issuer, OAuthUrl } = AuthenticationConstants;
  const { loginUrl, openIdUrl } = where.teams;
  const authentication = BotFrameworkAuthenticationFactory.create(
    ...(['', true, `${loginUrl}/${seed.tenant.id}`, scope, issuer, OAuthUrl, openIdUrl, openIdUrl, ''] as const),
    credentials,
    new AuthenticationConfiguration(),
  );
  const adapter = new CloudAdapter(authentication);
  const turns: TurnContext[] = [];
  let reply: (turn: TurnContext) => Promise<unknown> = async () => undefined;
  url = await listen(async (req, res) => {
    let body = '';
    for await (const part of req) body += String(part);
    const answer = {
      socket: null,
      status: (code: number) => void res.writeHead(code),
      header: (name: string, value: unknown) => void res.setHeader(name, String(value)),
      send: (sent: unknown) => void res.write(typeof sent === 'string' ? sent : JSON.stringify(sent)),
      end: () => void res.end(),
    };
    await adapter.process(
      { body: JSON.parse(body), headers: req.headers as Record<string, string>, method: 'POST' },
      answer as never,
      async (turn) => {
        turns.push(turn);
        await reply(turn);
      },
    );
  });
  return {
    ...where,
    turns,
    replies: (say: typeof reply) => {
      reply = say;
    },
  };
}

const outcomeOf = async (wrong: WrongToken | null) => {
  const { simulator, turns } = await withRealAdapter();
  const forged = wrong === null ? { authorization: null } : { token: wrong };
  const { status } = await simulator.forge('aad-alice', simulator.as('aad-alice').chat(), { text: 'hello' }, forged);
  return { status, turns: turns.length };
};

describe('who signs for the simulated Teams', () => {
  it('is believed by Microsoft’s own library', async () => {
    expect(await outcomeOf({})).toEqual({ status: 200, turns: 1 });
  });

  it.each<[string, WrongToken | null]>([
    ['no token', null],
    ['another audience', { audience: 'somebody-else' }],
    ['another issuer', { issuer: 'https://evil.example.org' }],
    ['a token of yesterday', { expiresIn: -86_400 }],
    ['another serviceUrl', { serviceUrl: 'https://evil.example.org/' }],
    ['no serviceUrl', { serviceUrl: null }],
    ['no signature', { signature: 'none' }],
    ['a stranger’s signature', { signature: 'stranger' }],
    ['a key nobody published', { kid: 'unheard-of' }],
  ])('is not imitated with %s', async (_, wrong) => {
    const { status, turns } = await outcomeOf(wrong);
    expect(turns).toBe(0);
    expect(status).toBeGreaterThanOrEqual(400);
  });

  it('carries what Microsoft’s own library says back', async () => {
    const { simulator, replies } = await withRealAdapter();
    replies((turn) => turn.sendActivity('Bonjour'));
    const chat = simulator.as('aad-alice').chat();
    simulator.as('aad-alice').say(chat, 'mes leads');
    expect(await simulator.until(() => simulator.messages(chat).find(({ text }) => text === 'Bonjour'))).toMatchObject({
      from: `28:${seed.app.id}`,
    });
    const post = simulator.as('aad-bruno').say(LEADS, 'bonjour', { mention: true });
    const answer = await simulator.until(() => simulator.as('aad-bruno').replies(post)[0]);
    expect(answer).toMatchObject({ text: 'Bonjour', root: post.id });
  });
});

describe('the token endpoint', () => {
  it.each([
    ['a wrong secret', { client_secret: 'guess' }, undefined, '401 invalid_client'],
    ['another app', { client_id: 'other' }, undefined, '400 unauthorized_client'],
    ['another tenant', {}, 'other', '400 invalid_request'],
    ['another scope', { scope: 'https://management.azure.com/.default' }, undefined, '400 invalid_scope'],
    ['another grant', { grant_type: 'password' }, undefined, '400 unsupported_grant_type'],
  ])('gives nothing for %s', async (_, changed, tenant, answer) => {
    expect(await tokenOf((await town()).teams, changed, tenant)).toBe(answer);
  });

  it('gives a token that opens the Connector, until it is revoked', async () => {
    const { simulator, ask } = await town();
    expect((await ask('GET', `conversations/${LEADS}/members`)).status).toBe(200);
    expect((await ask('GET', `conversations/${LEADS}/members`, undefined, '')).status).toBe(401);
    expect((await ask('GET', `conversations/${LEADS}/members`, undefined, 'Bearer guessed')).status).toBe(401);
    simulator.revokeTokens();
    expect((await ask('GET', `conversations/${LEADS}/members`)).status).toBe(401);
  });

  it('gives a token for Graph that does not open the Connector', async () => {
    const { teams, ask } = await town();
    const token = await tokenOf(teams, { scope: 'https://graph.microsoft.com/.default' });
    expect((await ask('GET', `conversations/${LEADS}/members`, undefined, `Bearer ${token}`)).status).toBe(401);
  });
});
