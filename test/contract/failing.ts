import { expect, it } from 'vitest';
import type { FailureKind } from '../../src/chat/platform.js';
import { type Context, card, posted, searched } from './world.js';

/** Every failure is of its kind, after one attempt. */
export function failing(context: Context): void {
  const { world } = context;

  it.each<['refused' | 'down' | 'busy' | 'lost', 'post' | 'update', FailureKind]>([
    ['refused', 'post', 'never'],
    ['refused', 'update', 'never'],
    ['down', 'post', 'unknown'],
    ['down', 'update', 'later'],
    ['busy', 'post', 'wait'],
    ['busy', 'update', 'wait'],
    ['lost', 'post', 'unknown'],
    ['lost', 'update', 'unknown'],
  ])('classifies a service that is %s on %s as %s, after one attempt', async (how, act, kind) => {
    const { platform, channel } = world();
    const { message } = await posted(context);
    const before = await world().count(channel);
    world().spoil(how);
    const attempt = act === 'post' ? platform.post({ channel }, card(), 'spoilt') : platform.update(message, card());
    await expect(attempt).rejects.toMatchObject({
      name: 'PlatformFailure',
      kind,
      ...(kind === 'wait' ? { afterMs: expect.any(Number) } : {}),
    });
    expect((await world().count(channel)) - before).toBeLessThanOrEqual(1);
  });

  it('finds what was stored although its answer was lost', async () => {
    const { platform, channel } = world();
    const since = new Date();
    const before = await world().listed(channel);
    world().spoil('lost');
    await expect(platform.post({ channel }, card(), 'lost-one')).rejects.toMatchObject({ kind: 'unknown' });
    const [stored, ...others] = (await world().listed(channel)).slice(before.length);
    expect(others).toEqual([]);
    expect(stored && (await world().shown(stored))?.text).toContain('Brigitte M. waits');
    await searched(world(), platform.find({ channel }, 'lost-one', since), stored);
  });

  it('says that a deleted message is gone, and no longer finds it', async () => {
    const { platform, channel, person } = world();
    const since = new Date();
    const { message, mark } = await posted(context);
    await world().remove(person, message);
    await expect(platform.update(message, card())).rejects.toMatchObject({ kind: 'gone' });
    await searched(world(), platform.find({ channel }, mark, since), null);
  });

  it('says that a channel it may not write to is unreachable', async () => {
    await expect(world().platform.post({ channel: world().closedChannel }, card(), 'x')).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it.each(['nowhere:C1', 'C1', ''])('takes no id of others: "%s"', async (id) => {
    const { platform } = world();
    await expect(platform.post({ channel: id }, card(), 'x')).rejects.toMatchObject({ kind: 'never' });
    await expect(platform.update(id, card())).rejects.toMatchObject({ kind: 'never' });
  });

  it('gives up a call when asked to', async () => {
    await expect(world().platform.post({ channel: world().channel }, card(), 'x', AbortSignal.abort())).rejects.toMatchObject({
      name: 'PlatformFailure',
    });
  });
}
