import { expect, it } from 'vitest';
import { type Context, card, posted, searched } from './world.js';

/** Messages below messages. */
export function replying(context: Context): void {
  const { world } = context;

  it('posts below a message, and not in the channel', async () => {
    const { platform, channel } = world();
    const { message } = await posted(context);
    const before = await world().listed(channel);
    const reply = await platform.post({ channel, under: message }, card({ summary: 'Estimate' }), 'quiet');
    expect(await world().below(message)).toEqual([reply]);
    expect(await world().listed(channel)).toEqual(before);
    expect(await world().shown(reply)).toMatchObject({ text: expect.stringContaining('Brigitte M. waits'), buttons: ['claim.take'] });
  });

  it('says it aloud: below the message, and in the channel too where a reply alone is not seen there', async () => {
    const { platform, channel } = world();
    const { message } = await posted(context);
    const before = await world().listed(channel);
    const reply = await platform.post({ channel, under: message, aloud: true }, card(), 'aloud');
    expect(await world().below(message)).toEqual([reply]);
    expect(await world().listed(channel)).toEqual(world().abilities.aloud ? [...before, reply] : before);
  });

  it('redraws what stands below a message where it stands', async () => {
    const { platform, channel } = world();
    const { message } = await posted(context);
    const before = await world().listed(channel);
    const reply = await platform.post({ channel, under: message }, card(), 'redrawn');
    await platform.update(reply, card({ elements: [{ kind: 'lines', lines: [['Estimate: €8,500']] }], buttons: [] }));
    expect(await world().below(message)).toEqual([reply]);
    expect(await world().listed(channel)).toEqual(before);
    expect(await world().shown(reply)).toMatchObject({ text: expect.stringContaining('Estimate: €8,500'), buttons: [] });
  });

  it('finds a reply below its message, and in no other place', async () => {
    const since = new Date();
    const { platform, channel } = world();
    const [first, second] = [await posted(context), await posted(context)];
    const under = { channel, under: first.message };
    await platform.post(under, card(), 'another');
    const reply = await platform.post(under, card(), 'wanted');
    if (world().abilities.keepsMarks) await platform.update(reply, card({ summary: 'changed' }));
    await searched(world(), platform.find(under, 'wanted', since), reply);
    await searched(world(), platform.find({ channel, under: second.message }, 'wanted', since), null);
    await searched(world(), platform.find({ channel }, 'wanted', since), null);
  });

  it('does not find a message below itself', async () => {
    const since = new Date();
    const { platform, channel } = world();
    const { message, mark } = await posted(context);
    await platform.post({ channel, under: message }, card(), 'of-another-mark');
    await searched(world(), platform.find({ channel, under: message }, mark, since), null);
  });

  it('finds a reply whose answer was lost', async () => {
    const since = new Date();
    const { platform, channel } = world();
    const { message } = await posted(context);
    const under = { channel, under: message };
    world().spoil('lost');
    await expect(platform.post(under, card(), 'lost-reply')).rejects.toMatchObject({ kind: 'unknown' });
    const [stored, ...others] = await world().below(message);
    expect(others).toEqual([]);
    await searched(world(), platform.find(under, 'lost-reply', since), stored);
  });

  it('says that the message to reply to is gone, or replies below what is left of it', async () => {
    const { platform, channel, person } = world();
    const { message } = await posted(context);
    await world().remove(person, message);
    const before = await world().count(channel);
    const under = { channel, under: message };
    if (!world().abilities.threadsEnd) {
      const reply = await platform.post(under, card(), 'below-what-is-left');
      expect(await world().below(message)).toEqual([reply]);
      return;
    }
    await expect(platform.post(under, card(), 'too-late')).rejects.toMatchObject({ kind: 'gone' });
    await expect(platform.find(under, 'too-late', new Date())).rejects.toMatchObject({ kind: 'gone' });
    expect(await world().count(channel)).toBe(before);
  });

  it('takes no place that is not one: below a message of another channel, or of nobody', async () => {
    const { platform, channel, closedChannel } = world();
    const { message } = await posted(context);
    for (const place of [
      { channel: closedChannel, under: message },
      { channel, under: 'nowhere:C1/1' },
      { channel, under: '' },
    ]) {
      await expect(platform.post(place, card(), 'x')).rejects.toMatchObject({ kind: 'never' });
      await expect(platform.find(place, 'x', new Date())).rejects.toMatchObject({ kind: 'never' });
    }
  });
}
