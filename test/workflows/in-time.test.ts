import { describe, expect, it } from 'vitest';
import { type Card, sentence } from '../../src/chat/card.js';
import type { Platform } from '../../src/chat/platform.js';
import { inTime } from '../../src/workflows/in-time.js';

const command = { words: 'stats', actor: { person: 'slack:U0ALICE' }, channel: 'slack:C0LEADS', at: new Date() };

/** Whom something was told, and what failed. */
function listening(whisper: Platform['whisper'] = async () => {}) {
  const told: unknown[] = [];
  const failures: unknown[] = [];
  const platform = {
    whisper: async (...[person, channel, card]: Parameters<Platform['whisper']>) => {
      await whisper(person, channel, card);
      told.push([person, channel, card]);
    },
  } as Platform;
  return { told, failures, desk: { platformOf: () => platform, failed: (error: unknown) => void failures.push(error) } };
}

describe('an answer', () => {
  it('known in time is given at once, and only once', async () => {
    const { desk, told } = listening();
    const card = sentence('12 leads');
    expect(await inTime(desk, command, 'en', Promise.resolve(card))).toEqual({ kind: 'private', card });
    expect(told).toEqual([]);
  });

  it('that takes longer is announced, and told in private when it is known', async () => {
    const { desk, told } = listening();
    let know: (card: Card) => void = () => {};
    const answer = new Promise<Card>((resolve) => {
      know = resolve;
    });
    expect(await inTime(desk, command, 'fr', answer, 0)).toMatchObject({
      kind: 'private',
      card: { summary: expect.stringContaining('arrive ici') },
    });
    expect(told).toEqual([]);
    know(sentence('12 leads'));
    await expect.poll(() => told).toEqual([['slack:U0ALICE', { channel: 'slack:C0LEADS' }, sentence('12 leads')]]);
  });

  it('that cannot be found is our fault, in time or later', async () => {
    const { desk, failures } = listening();
    await expect(inTime(desk, command, 'en', Promise.reject(new Error('no database')))).rejects.toThrow('no database');
    let fail: (error: Error) => void = () => {};
    const answer = new Promise<Card>((_, reject) => {
      fail = reject;
    });
    await inTime(desk, command, 'en', answer, 0);
    fail(new Error('no database'));
    await expect.poll(() => failures).toHaveLength(1);
  });

  it('that cannot be told is written down', async () => {
    const { desk, failures } = listening(() => Promise.reject(new Error('away')));
    let know: (card: Card) => void = () => {};
    const answer = new Promise<Card>((resolve) => {
      know = resolve;
    });
    await inTime(desk, command, 'en', answer, 0);
    know(sentence('12 leads'));
    await expect.poll(() => failures).toEqual([new Error('away')]);
  });
});
