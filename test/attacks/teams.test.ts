import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TeamsMessage } from '../../src/sandbox/teams/index.js';
import { type Served, serve } from '../platforms/slack/wire.js';
import { everyObject } from '../platforms/teams/seen.js';
import { jsonLead } from '../support/leads.js';
import { facts, sendLead, stored } from '../support/seen.js';
import { arrivedInTeams, type Both, PATIENT_MS, runBoth, TEAMS_LYON, TENANT, teamsCard, toldTo } from '../support/tenant.js';

let house: Both;
let lead: { id: string; card: TeamsMessage };
/** A server of the attacker's, and what reached it. */
let foreign: Served;
const reached: (string | undefined)[] = [];

beforeAll(async () => {
  foreign = await serve((req, res) => {
    reached.push(req.headers.authorization);
    res.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'a:stolen' }));
  });
  house = await runBoth();
  const id = await sendLead(house, jsonLead());
  lead = { id, card: await teamsCard(house, id) };
}, PATIENT_MS);
afterAll(async () => {
  await house?.stop();
  await foreign?.stop();
});

type Forged = Readonly<Record<string, unknown>>;

/** Alice presses "claim", in a channel of ours. */
const claim = (more: Forged = {}): Forged => ({
  type: 'invoke',
  name: 'adaptiveCard/action',
  replyToId: lead.card.id,
  value: { action: { type: 'Action.Execute', verb: 'claim.take', data: { verb: 'claim.take', subject: lead.id } } },
  ...more,
});

/** Nothing of it was acted upon, and nobody of the attacker's was called. */
async function expectUntouched(outcome: { readonly status: number | null; readonly answer: unknown }, statuses: readonly number[]) {
  expect(statuses).toContain(outcome.status);
  expect(outcome.answer).toBeNull();
  expect(await stored(house, lead.id)).toMatchObject({ ownerId: null, stage: 'new' });
  expect(await facts(house, lead.id, 'refused')).toEqual([]);
  expect(reached).toEqual([]);
}

describe('an activity that is not from Teams, or not for us', () => {
  const hour = 3_600;

  it.each([
    ['signed by a stranger', { signature: 'stranger' }],
    ['not signed', { signature: 'none' }],
    ['for another bot', { audience: '00000000-0000-4000-8000-000000000bad' }],
    ['of another issuer', { issuer: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' }],
    ['expired an hour ago', { expiresIn: -hour }],
    ['expired six minutes ago', { expiresIn: -360 }],
    ['of another service', { serviceUrl: 'https://smba.trafficmanager.net/emea/' }],
    ['of no service', { serviceUrl: null }],
    ['signed with a key nobody knows', { kid: 'nobody-knows-it' }],
  ] as const)('is refused when its token is %s', async (_, token) => {
    await expectUntouched(await house.teams.forge('aad-alice', TEAMS_LYON, claim(), { token }), [401]);
  });

  it.each([
    ['absent', null],
    ['empty', ''],
    ['of a word', 'Bearer'],
    ['of a word and a space', 'Bearer '],
    ['for another scheme', 'Basic YWxpY2U6'],
    ['of three letters', 'Bearer a.b.c'],
    ['of a small word', 'bearer x'],
    ['far too long', `Bearer ${'a'.repeat(7_000)}`],
    ['of an empty promise', `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`],
  ])('is refused with a header that is %s', async (_, authorization) => {
    await expectUntouched(await house.teams.forge('aad-alice', TEAMS_LYON, claim(), { authorization }), [401]);
  });

  it('is refused when it is signed with what everybody knows: our id, or the public key', async () => {
    const claims = {
      iss: 'https://api.botframework.com',
      aud: TENANT.app.id,
      serviceurl: house.tenant.serviceUrl,
      exp: Date.now() / 1_000 + hour,
    };
    const keys = (await (await fetch(house.tenant.openIdUrl)).json()) as { jwks_uri: string };
    const [key] = ((await (await fetch(keys.jwks_uri)).json()) as { keys: { kid: string; n: string }[] }).keys;
    for (const secret of ['', TENANT.app.id, key?.n ?? '', JSON.stringify(key)]) {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      for (const alg of ['HS256', 'RS256']) {
        const content = `${part({ alg, kid: key?.kid, typ: 'JWT' })}.${part(claims)}`;
        const signature = createHmac('sha256', secret).update(content).digest('base64url');
        const authorization = `Bearer ${content}.${signature}`;
        await expectUntouched(await house.teams.forge('aad-alice', TEAMS_LYON, claim(), { authorization }), [401]);
      }
    }
  });

  it('is refused from another tenant, whoever vouches for it', async () => {
    const conversation = { id: `${TEAMS_LYON};messageid=${lead.card.id}`, conversationType: 'channel', tenantId: 'another-tenant' };
    for (const more of [
      { conversation },
      { channelData: { tenant: { id: 'another-tenant' } } },
      { conversation, channelData: { tenant: { id: 'another-tenant' } } },
      { conversation: { ...conversation, tenantId: undefined }, channelData: {} },
    ])
      await expectUntouched(await house.teams.forge('aad-alice', TEAMS_LYON, claim(more)), [403]);
  });

  it('is refused when it wants its answers elsewhere, even where the token agrees', async () => {
    for (const serviceUrl of [
      foreign.url,
      `${foreign.url}/teams/`,
      'https://evil.example.org/',
      'https://smba.trafficmanager.net.evil.example.org/',
      'https://evil.trafficmanager.net/',
      'file:///etc/passwd',
      house.tenant.serviceUrl.replace('//', '//x:y@'),
    ]) {
      await expectUntouched(await house.teams.forge('aad-alice', TEAMS_LYON, claim({ serviceUrl }), { token: { serviceUrl } }), [403]);
      await expectUntouched(await house.teams.forge('aad-alice', TEAMS_LYON, claim({ serviceUrl })), [401, 403]);
    }
  });

  it('is refused when it lacks what every activity has, or is of another channel', async () => {
    for (const more of [
      { serviceUrl: undefined },
      { serviceUrl: '' },
      { serviceUrl: ['x'] },
      { channelId: 'emulator' },
      { channelId: 'AseChannel' },
      { channelId: undefined },
      { conversation: undefined },
      { conversation: 'x' },
      { from: undefined },
      { recipient: undefined },
      { recipient: { id: '' } },
      { type: undefined },
    ])
      await expectUntouched(
        await house.teams.forge('aad-alice', TEAMS_LYON, claim(more), { token: { serviceUrl: house.tenant.serviceUrl } }),
        [400],
      );
  });

  it.each([
    ['no JSON', 'nonsense', 400],
    ['a list', '[]', 400],
    ['nothing', '', 400],
    ['a million characters', JSON.stringify({ text: 'a'.repeat(1_000_000) }), 413],
  ])('is refused when it is %s', async (_, body, status) => {
    const response = await fetch(`${house.app.url}/api/messages`, { method: 'POST', body }).catch(() => ({ status: 413 }));
    expect(response.status).toBe(status);
    expect((await fetch(`${house.app.url}/api/messages`)).status).toBe(405);
  });
});

describe('what a card sends is believed in nothing but what was pressed', () => {
  it('acts as whoever the token names, not as whoever the card does', async () => {
    const { id, card } = await arrivedInTeams(house, jsonLead());
    const data = {
      verb: 'claim.take',
      subject: id,
      person: 'teams:aad-alice',
      actor: { person: 'teams:aad-alice' },
      from: 'aad-alice',
      owner: 'alice',
    };
    const value = { action: { type: 'Action.Execute', verb: 'claim.take', data } };
    await house.teams.forge('aad-omar', TEAMS_LYON, claim({ value, replyToId: card.id }));
    await expect.poll(() => facts(house, id, 'refused')).toMatchObject([{ actorId: 'omar' }]);
    expect(await stored(house, id)).toMatchObject({ ownerId: null });
  });

  it.each(['not-an-id', '', '../..', "' OR 1=1 --", '00000000-0000-4000-8000-000000000000', { $ne: 1 }, ['x'], 7])(
    'changes nothing for a lead that is none: %j',
    async (subject) => {
      const value = { action: { type: 'Action.Execute', verb: 'claim.take', data: { subject } } };
      const { status } = await house.teams.forge('aad-alice', TEAMS_LYON, claim({ value }));
      expect(status).toBe(200);
      expect(await stored(house, lead.id)).toMatchObject({ ownerId: null });
    },
  );

  it.each([
    ['an execute without a verb', { name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', data: {} } } }],
    ['an execute without anything', { name: 'adaptiveCard/action', value: null }],
    ['a dialog for nothing', { name: 'task/fetch', value: { data: 'x' } }],
    ['a dialog of a verb of nobody', { name: 'task/fetch', value: { data: { verb: 'toString', subject: 'x' } } }],
    ['a prototype', { name: 'task/submit', value: { data: JSON.parse('{"__proto__":{"form":"status"}}') } }],
    [
      'a form that is none',
      { name: 'task/submit', value: { data: { form: 'status', subject: 'x', drawn: { id: 'status', fields: 'many' } } } },
    ],
    ['a form with ten thousand fields', { name: 'task/submit', value: { data: { form: 'status', subject: 'x', drawn: bigForm() } } }],
    ['an invoke nobody asked for', { name: 'signin/tokenExchange', value: {} }],
  ])('breaks nothing: %s', async (_, more) => {
    const { status } = await house.teams.forge('aad-alice', TEAMS_LYON, claim(more));
    expect([200, 501]).toContain(status);
    expect(await stored(house, lead.id)).toMatchObject({ ownerId: null });
  });

  it('takes a form of somebody else’s lead for what it is: a wish without a right', async () => {
    const drawn = {
      id: 'sale',
      title: 'x',
      submit: 'x',
      cancel: 'x',
      subject: lead.id,
      fields: [{ kind: 'text', id: 'vehicle', label: 'x' }],
    };
    const data = { form: 'sale', subject: lead.id, drawn, vehicle: 'order', financing: 'no', maintenance: 'no' };
    await house.teams.forge('aad-bruno', TEAMS_LYON, claim({ name: 'task/submit', value: { data } }));
    expect(await stored(house, lead.id)).toMatchObject({ stage: 'new', ownerId: null });
  });

  it('shows a form with words of the sender to the sender alone, and still nothing that is parsed', async () => {
    const evil = '[x](javascript:alert(1)) {{DATE(2026-03-02T09:00:00Z)}} <at>Alice Martin</at>';
    const fields = [
      { kind: 'text', id: 'note', label: evil, hint: evil },
      { kind: 'files', id: 'f', label: evil, most: 1, page: 'javascript:alert(1)' },
    ];
    const drawn = { id: 'status', title: evil, submit: evil, cancel: evil, subject: lead.id, fields };
    const { answer } = await house.teams.forge(
      'aad-alice',
      TEAMS_LYON,
      claim({ name: 'task/submit', value: { data: { form: 'status', subject: lead.id, drawn } } }),
    );
    const shown = everyObject(answer).filter(({ type }) => typeof type === 'string');
    expect(shown.filter(({ type }) => ['TextBlock', 'FactSet', 'Action.OpenUrl'].includes(String(type)))).toEqual([]);
    expect(
      shown
        .filter(({ type }) => type === 'TextRun')
        .map(({ text }) => String(text))
        .join(),
    ).not.toContain('{{');
  });

  it('asks nobody’s name of somebody Teams does not name', async () => {
    const outcome = await house.teams.forge('aad-alice', TEAMS_LYON, claim({ from: { id: '29:guest', name: 'Alice Martin' } }));
    expect(outcome.status).toBe(200);
    expect(await stored(house, lead.id)).toMatchObject({ ownerId: null });
  });
});

function bigForm() {
  const fields = Array.from({ length: 2_000 }, (_, n) => ({ kind: 'text', id: `f${n}`, label: 'x' }));
  return { id: 'status', title: 'x', submit: 'x', cancel: 'x', subject: 'x', fields };
}

it('is answered a hundred times by one effect, when the same activity comes again', async () => {
  const { id, card } = await arrivedInTeams(house, jsonLead());
  const before = toldTo(house, 'aad-martine').length;
  const value = { action: { type: 'Action.Execute', verb: 'claim.take', data: { verb: 'claim.take', subject: id } } };
  const again = Array.from({ length: 100 }, () =>
    house.teams.forge('aad-martine', TEAMS_LYON, claim({ value, replyToId: card.id, id: 'f:same' })),
  );
  for (const { status } of await Promise.all(again)) expect(status).toBe(200);
  expect(await facts(house, id, 'claimed')).toHaveLength(1);
  await expect.poll(() => toldTo(house, 'aad-martine').length).toBeGreaterThan(before);
});

it('logged what was refused by its ids, and nothing of anybody', () => {
  const refused = house.log.filter((line) => line.includes('activity refused'));
  expect(refused.length).toBeGreaterThan(30);
  for (const word of ['Alice', 'evil.example.org', 'Bearer', 'eyJ', TENANT.app.password, 'Moreau'])
    expect(house.log.join('')).not.toContain(word);
  expect(reached).toEqual([]);
});
