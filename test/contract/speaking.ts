import { expect, it } from 'vitest';
import { type Context, card, posted, searched, whisper } from './world.js';

/** Posting, updating, finding, whispering. */
export function speaking(context: Context): void {
  const { world } = context;

  it('knows itself', async () => {
    const { bot, workspace } = await world().platform.check();
    expect([bot, workspace].every((word) => word.length > 0)).toBe(true);
    await expect(world().platform.nameOf(world().person)).resolves.toBe(world().personName);
  });

  it('posts, then updates the same message in place', async () => {
    const { message } = await posted(context);
    expect(message.startsWith(`${world().platform.name}:`)).toBe(true);
    const before = await world().count(world().channel);
    expect(await world().shown(message)).toMatchObject({ text: expect.stringContaining('Brigitte M. waits'), buttons: ['claim.take'] });
    await world().platform.update(message, card({ elements: [{ kind: 'lines', lines: [['Claimed by Alice']] }], buttons: [] }));
    expect(await world().shown(message)).toMatchObject({ text: expect.stringContaining('Claimed by Alice'), buttons: [] });
    expect((await world().shown(message))?.text).not.toContain('Brigitte');
    expect(await world().count(world().channel)).toBe(before);
  });

  it('finds a message by its mark, also after an update, and only there', async () => {
    const since = new Date();
    const { message, mark } = await posted(context);
    await posted(context);
    await world().platform.update(message, card({ summary: 'changed' }));
    await searched(world(), world().platform.find({ channel: world().channel }, mark, since), message);
    await searched(world(), world().platform.find({ channel: world().channel }, `${mark}0`, since), null);
  });

  it('does not show its mark', async () => {
    const { message, mark } = await posted(context);
    expect((await world().shown(message))?.text).not.toContain(mark);
  });

  it('whispers to one person, in the channel or in private', async () => {
    const { platform, channel, person, outsider } = world();
    await platform.whisper(person, channel, whisper('only for you'));
    expect((await world().whispers(person)).at(-1)?.text).toContain('only for you');
    await platform.whisper(person, undefined, whisper('in private'));
    expect((await world().whispers(person)).at(-1)?.text).toContain('in private');
    await platform.whisper(outsider, channel, whisper('to somebody elsewhere'));
    expect((await world().whispers(outsider)).at(-1)?.text).toContain('to somebody elsewhere');
  });

  it('paces each act in a lane of its channel', () => {
    const { platform, channel, closedChannel } = world();
    for (const act of ['post', 'update', 'whisper', 'find'] as const) {
      const pace = platform.pace(act, channel);
      expect(pace).toEqual(platform.pace(act, channel));
      expect(pace.lane).not.toBe(platform.pace(act, closedChannel).lane);
      expect(pace.budget).toBe(platform.pace(act, closedChannel).budget);
      expect(pace.gapMs).toBeGreaterThanOrEqual(0);
    }
  });

  it('says what stands in the way of a channel', async () => {
    await expect(world().platform.checkChannel(world().channel)).resolves.toEqual([]);
    expect((await world().platform.checkChannel(world().closedChannel)).length).toBeGreaterThan(0);
  });
}
