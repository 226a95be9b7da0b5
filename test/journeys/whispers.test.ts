import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { abandoning } from '../support/abandoning.js';
import { forgeClick } from '../support/forge.js';
import { type Running, run } from '../support/running.js';
import { LYON, MANAGERS_LYON, privately, SOON, said, whispered } from '../support/seen.js';

/** A second sales manager of Lyon, whose account is closed. */
const GONE = '  - { id: paule, name: Paule Roux, slack: U0GONE, roles: { lyon: [sales-manager] } }\n';

let house: Running;
beforeAll(async () => {
  house = await run({ edit: (yaml) => yaml.replace('people:\n', `people:\n${GONE}`), simulator: { rate: 'off' } });
});
afterAll(() => house?.stop());

const { owned, asked, hurry } = abandoning(() => house);
const inChannel = (channel: string, says: string) => house.slack.messages(channel).filter((message) => said(message, says));

describe('what somebody is told in private', () => {
  it('stands in the thread when they pressed a button there', async () => {
    const { id, ts } = await owned('U0ALICE');
    expect(await forgeClick(house, { user: 'U0ALICE', action: 'lead.history', value: id, channel: LYON, thread: ts })).toBe(200);
    const history = await whispered(house, 'U0ALICE', 'Historique');
    expect(history).toMatchObject({ thread_ts: ts, is_ephemeral: true });
  });

  it('cannot be told to somebody who left: the others are, and the managers read it once', async () => {
    const told = () => privately(house, 'U0MARTINE').filter((one) => said(one, 'Une décision est attendue depuis')).length;
    const reminded = async () => {
      const before = told();
      const { id } = await asked(await owned('U0ALICE'), 'U0ALICE');
      await hurry('abandon-reminder', { requestId: id, to: 'managers' });
      await house.slack.until(() => told() > before, SOON);
    };
    await reminded();
    await house.slack.until(() => inChannel(MANAGERS_LYON, "Paule Roux n'a plus de compte ici")[0], SOON);
    await reminded();
    await expect.poll(async () => (await house.app.store.jobs.waiting()).whisper ?? 0, { timeout: SOON, interval: 50 }).toBe(0);
    await expect.poll(async () => (await house.app.store.jobs.waiting()).departed ?? 0, { timeout: SOON, interval: 50 }).toBe(0);
    expect(inChannel(MANAGERS_LYON, 'Paule Roux')).toHaveLength(1);
    expect(inChannel(MANAGERS_LYON, 'pas pu être affiché')).toEqual([]);
    expect(await house.app.store.jobs.buried()).toEqual([]);
  });
});
