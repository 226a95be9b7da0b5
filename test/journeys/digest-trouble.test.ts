import { afterAll, beforeAll, expect, it } from 'vitest';
import { jsonLead } from '../support/leads.js';
import { alwaysOpen, closedToday } from '../support/openings.js';
import { type Running, run } from '../support/running.js';
import { arrived, LYON, MANAGERS_LYON, SOON, said } from '../support/seen.js';

let house: Running;
beforeAll(async () => {
  house = await run({ edit: closedToday });
});
afterAll(() => house?.stop());

it('a digest goes out once, and without its picture, when Slack takes no files and loses an answer', async () => {
  await arrived(house, jsonLead({ dealership: 'lyon' }), LYON);
  house.slack.faults.add({ effect: { kind: 'error', error: 'internal_error' }, method: 'files.getUploadURLExternal' });
  const lost = house.slack.faults.add({
    effect: { kind: 'lost', stored: true },
    method: 'chat.postMessage',
    channel: MANAGERS_LYON,
    times: 1,
  });
  await house.restart({ edit: alwaysOpen, digests: true });
  const digests = () => house.slack.messages(MANAGERS_LYON).filter((message) => said(message, '1 nouveau lead'));
  await house.slack.until(() => lost.hits() === 1, SOON);
  const noticed = async () =>
    (await house.app.store.db.notice.findFirst({ where: { topic: 'digest', subject: { startsWith: 'lyon/' } } }))?.message;
  await expect.poll(noticed, { timeout: SOON }).toEqual(expect.any(String));
  expect(digests()).toHaveLength(1);
  expect(JSON.stringify(digests()[0]?.blocks)).not.toContain('slack_file');
  expect(house.log.join('')).toContain('a chart could not be drawn or handed over');
  // Nobody deletes a digest by accident: one that is gone stays away.
  house.slack.as('U0MARTINE').remove(MANAGERS_LYON, digests()[0]?.ts ?? '');
  await house.restart({ edit: alwaysOpen, digests: true });
  await expect.poll(async () => (await house.app.store.jobs.waiting()).notice ?? 0, { timeout: SOON }).toBe(0);
  expect(digests()).toEqual([]);
});
