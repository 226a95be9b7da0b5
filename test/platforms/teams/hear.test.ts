import { expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.js';
import type { Reply } from '../../../src/chat/interaction.js';
import { DEAF } from '../../support/ears.js';
import { LEADS, town } from './town.js';

const CARD: Card = {
  summary: 'New lead',
  elements: [],
  buttons: [
    { action: 'claim.take', label: 'Take', subject: '1' },
    { action: 'status.open', label: 'Update', subject: '1', opens: true },
  ],
};

/** A card in the channel, and Alice before it; what she presses is answered so. */
async function pressing(reply: Reply) {
  const { platform, running, kept } = await town();
  await platform.start({ ...DEAF, click: async () => reply });
  await platform.post({ channel: `teams:${LEADS}` }, CARD, 'a');
  const [card] = running.simulator.messages(LEADS);
  if (card === undefined) throw new Error('no card');
  const alice = running.simulator.as('aad-alice');
  return { platform, kept, alice, simulator: running.simulator, press: (action: string) => alice.click(card, action) };
}

it('says a word of its caller’s below a button that has nothing to say', async () => {
  const { press, alice } = await pressing({ kind: 'done' });
  expect(await press('claim.take')).toEqual({ ok: true, toast: 'Noted' });
  expect(alice.dialog()).toBeNull();
});

it('says the same where a dialog was to open and there is nothing to show', async () => {
  const { press, alice } = await pressing({ kind: 'done' });
  expect(await press('status.open')).toEqual({ ok: true, dialog: true });
  expect(alice.dialog()).toMatchObject({ message: 'Noted' });
});

it('opens nothing for what is no button of ours', async () => {
  const { simulator, alice } = await pressing({ kind: 'done' });
  const { answer, status } = await simulator.forge('aad-alice', LEADS, { type: 'invoke', name: 'task/fetch', value: { data: { x: 1 } } });
  expect([status, answer]).toEqual([200, null]);
  expect(alice.dialog()).toBeNull();
});
