import { expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.js';
import type { FaultEffect } from '../../../src/sandbox/teams/index.js';
import { serve } from '../slack/wire.js';
import { LEADS, stops, town } from './town.js';

const CARD: Card = { summary: 'New lead', elements: [{ kind: 'lines', lines: [['Brigitte M. waits']] }], buttons: [] };
const channel = `teams:${LEADS}`;
const TEAM = 'teams:team:19:lyon@thread.tacv2';
const GROUP = JSON.stringify({ group: 'group' });
const since = new Date(Date.now() - 1_000);

/** A town whose team consented, and told us which group it is. */
async function consenting(...[settings, more]: Parameters<typeof town>) {
  const where = await town(settings, { rsc: true, ...more });
  where.kept.set(TEAM, GROUP);
  return where;
}

it('looks through page after page, and no further than what was posted since', async () => {
  const { platform, calls } = await consenting();
  const wanted = await platform.post({ channel }, CARD, 'wanted');
  for (let n = 0; n < 60; n++) await platform.post({ channel }, CARD, `other-${n}`);
  await expect(platform.find({ channel }, 'wanted', since)).resolves.toBe(wanted);
  expect(calls('graph.messages')).toBe(2);
  await expect(platform.find({ channel }, 'wanted', new Date(Date.now() + 600_000))).resolves.toBeNull();
  expect(calls('graph.messages')).toBe(3);
});

it('has a token of its own for Graph', async () => {
  const { platform, running, calls } = await consenting();
  await platform.post({ channel }, CARD, 'a');
  await platform.find({ channel }, 'a', since);
  await platform.find({ channel }, 'a', since);
  expect(calls('token')).toBe(2);
  running.simulator.revokeTokens();
  await expect(platform.find({ channel }, 'a', since)).rejects.toMatchObject({ name: 'PlatformFailure' });
  await expect(platform.find({ channel }, 'a', since)).resolves.toMatch(/^teams:/);
});

it('asks a team that did not consent once, says so once, and asks again some day', async () => {
  let now = new Date();
  const { platform, kept, log, calls } = await town({ now: () => now });
  kept.set(TEAM, GROUP);
  const search = () => expect(platform.find({ channel }, 'a', since)).rejects.toMatchObject({ kind: 'never', code: 'not_searchable' });
  for (const _ of [1, 2, 3]) await search();
  expect(calls('graph.messages')).toBe(1);
  now = new Date(now.getTime() + 3_600_000);
  await search();
  expect(calls('graph.messages')).toBe(2);
  expect(log.filter((line) => line.includes('looked') || line.includes('look for'))).toHaveLength(1);
});

it('asks nobody where no team was heard of, or in private', async () => {
  const { platform, calls } = await town({}, { rsc: true });
  for (const place of [{ channel }, { channel: 'teams:aad-alice' }])
    await expect(platform.find(place, 'a', since)).rejects.toMatchObject({ kind: 'never', code: 'not_searchable' });
  expect([calls('graph.messages'), calls('token')]).toEqual([0, 0]);
});

it('looks in the team the channel was heard in, else in every team', async () => {
  const { platform, kept, running, calls } = await town({}, { rsc: true });
  const found = await platform.post({ channel }, CARD, 'a');
  kept.set('teams:team:19:away@thread.tacv2', JSON.stringify({ group: 'elsewhere' })).set(TEAM, GROUP);
  await expect(platform.find({ channel }, 'a', since)).resolves.toBe(found);
  kept.set(`teams:channel:${LEADS}`, JSON.stringify({ serviceUrl: running.serviceUrl, bot: '28:app', team: '19:lyon@thread.tacv2' }));
  const asked = calls('graph.messages');
  await expect(platform.find({ channel }, 'a', since)).resolves.toBe(found);
  expect(calls('graph.messages')).toBe(asked + 1);
});

it.each<[string, FaultEffect, string]>([
  ['too many requests', { kind: 'throttled', retryAfter: 7 }, 'wait'],
  ['a fault of the service', { kind: 'status', status: 503, stored: false }, 'later'],
  ['a broken connection', { kind: 'lost', stored: false }, 'later'],
  ['no answer, ever', { kind: 'hang', stored: false }, 'later'],
  ['a request it will never take', { kind: 'refused', status: 400, code: 'BadRequest' }, 'never'],
])('is one attempt, and ends in a word: %s', async (_, effect, kind) => {
  const { platform, running, calls } = await consenting(effect.kind === 'hang' ? { timeoutMs: 2_000 } : {});
  running.simulator.faults.add({ effect, method: 'graph.messages' });
  await expect(platform.find({ channel }, 'a', since)).rejects.toMatchObject({ name: 'PlatformFailure', kind });
  expect(calls('graph.messages')).toBe(1);
});

it('believes nobody but itself, and follows no link out of Graph', async () => {
  const authors: (string | undefined)[] = [];
  const stranger = await serve((req, res) => {
    authors.push(req.headers.authorization);
    res.end('{"value":[]}');
  });
  const made = new Date().toISOString();
  const content = JSON.stringify({ body: [{ type: 'TextBlock', id: 'forecourt/a' }] });
  const message = (id: string, app: string | null, more: object = {}) => ({
    ...{ id, createdDateTime: made, lastModifiedDateTime: made, attachments: [{ content }] },
    ...{ from: { application: app === null ? null : { id: app } }, ...more },
  });
  let value: object[] = [message('1', 'another-app'), message('2', null), message('3', 'app', { deletedDateTime: made })];
  let status = 200;
  const graph = await serve((_, res) => {
    res.writeHead(status, { location: stranger.url });
    res.end(JSON.stringify({ value, '@odata.nextLink': `${stranger.url}/v1.0/teams` }));
  });
  stops.push(stranger.stop, graph.stop);
  const { platform } = await consenting({ graphUrl: graph.url });
  await expect(platform.find({ channel }, 'a', since)).resolves.toBeNull();
  value = [...value, message('4', 'APP')];
  await expect(platform.find({ channel }, 'a', since)).resolves.toBe(`teams:${LEADS};messageid=4/4`);
  status = 302;
  await expect(platform.find({ channel }, 'a', since)).rejects.toMatchObject({ name: 'PlatformFailure' });
  expect(authors).toEqual([]);
});
