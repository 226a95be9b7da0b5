import { expect, it } from 'vitest';
import { type Context, card, posted, searched, whisper } from './world.js';

/** Posting, updating, finding, whispering. */
export function speaking(context: Context): void {
  const { world } = context;

  it('knows itself', async () => {
    const { bot, workspace } = await world().platform.check();
    expect([bot, workspace, world().platform.command].every((word) => word.length > 0)).toBe(true);
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

  it('finds a message by its mark, also after an update where marks are kept, and only there', async () => {
    const since = new Date();
    const { message, mark } = await posted(context);
    await posted(context);
    if (world().abilities.keepsMarks) await world().platform.update(message, card({ summary: 'changed' }));
    await searched(world(), world().platform.find({ channel: world().channel }, mark, since), message);
    await searched(world(), world().platform.find({ channel: world().channel }, `${mark}0`, since), null);
  });

  it('does not show its mark', async () => {
    const { message, mark } = await posted(context);
    expect((await world().shown(message))?.text).not.toContain(mark);
  });

  it('whispers to one person, in the channel or in private', async () => {
    const { platform, channel, person, outsider } = world();
    await platform.whisper(person, { channel }, whisper('only for you'));
    expect((await world().whispers(person)).at(-1)?.text).toContain('only for you');
    await platform.whisper(person, undefined, whisper('in private'));
    expect((await world().whispers(person)).at(-1)?.text).toContain('in private');
    await platform.whisper(outsider, { channel }, whisper('to somebody elsewhere'));
    expect((await world().whispers(outsider)).at(-1)?.text).toContain('to somebody elsewhere');
  });

  it('whispers below the message where somebody acted, and in private once it is gone', async () => {
    const { platform, channel, person, outsider } = world();
    const { message } = await posted(context);
    const place = { channel, under: message };
    const before = await world().count(channel);
    await platform.whisper(person, place, whisper('only for you, here'));
    const heard = (await world().whispers(person)).at(-1);
    expect(heard?.text).toContain('only for you, here');
    expect(heard?.under).toBe(world().whispersBelow ? message : undefined);
    await platform.whisper(outsider, place, whisper('to somebody elsewhere, there'));
    expect((await world().whispers(outsider)).at(-1)?.text).toContain('to somebody elsewhere, there');
    expect(await world().count(channel)).toBe(before);
    await world().remove(person, message);
    await platform.whisper(person, place, whisper('all the same'));
    expect((await world().whispers(person)).at(-1)?.text).toContain('all the same');
  });

  it('whispers nothing below a message of another channel, or of nobody', async () => {
    const { platform, channel, closedChannel, person } = world();
    const { message } = await posted(context);
    for (const place of [
      { channel: closedChannel, under: message },
      { channel, under: 'nowhere:C1/1' },
    ]) {
      await expect(platform.whisper(person, place, whisper('x'))).rejects.toMatchObject({ kind: 'never' });
    }
  });

  it.each(['in the channel', 'below a message', 'in private'])('says that somebody who has left is gone: %s', async (where) => {
    const { platform, channel, departed } = world();
    const { message } = await posted(context);
    const place = where === 'in private' ? undefined : { channel, ...(where === 'below a message' && { under: message }) };
    await expect(platform.whisper(departed, place, whisper('x'))).rejects.toMatchObject({ name: 'PlatformFailure', kind: 'gone' });
  });

  it('posts to one person in private, finds it there by its mark, and updates it in place', async () => {
    const { platform, outsider, abilities } = world();
    const since = new Date();
    const message = await platform.post({ channel: outsider }, card(), 'private-one');
    expect(await world().shown(message)).toMatchObject({ text: expect.stringContaining('Brigitte M. waits'), buttons: ['claim.take'] });
    expect((await world().whispers(outsider)).at(-1)?.text).toContain('Brigitte M. waits');
    const [found, other] = ['private-one', 'private-two'].map((mark) => platform.find({ channel: outsider }, mark, since));
    if (abilities.searchesInPrivate) expect(await Promise.all([found, other])).toEqual([message, null]);
    else for (const search of [found, other]) await expect(search).rejects.toMatchObject({ kind: 'never' });
    await platform.update(message, card({ elements: [{ kind: 'lines', lines: [['changed']] }] }));
    expect((await world().shown(message))?.text).toContain('changed');
    expect(platform.pace('post', outsider).lane).not.toBe(platform.pace('post', world().person).lane);
  });

  it('knows the address at which people open a message, and none of what is not its own', async () => {
    const { message } = await posted(context);
    const address = await world().platform.linkTo(message);
    expect(address).toBe(world().addressOf(message));
    expect(new URL(address ?? '').protocol).toBe('https:');
    for (const id of ['nowhere:C1/1.2', world().channel, '']) await expect(world().platform.linkTo(id)).resolves.toBeNull();
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
