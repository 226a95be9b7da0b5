import { expect, it } from 'vitest';
import type { Click, Command, Removal } from '../../src/chat/interaction.js';
import { type Context, card, ID, posted, whisper } from './world.js';

/** Clicks, commands and removals are heard and answered. */
export function hearing(context: Context): void {
  const { world, hear } = context;

  it('hears a click: who, what, where', async () => {
    const { message } = await posted(context);
    let heard: Click | undefined;
    hear({
      click: async (click) => {
        heard = click;
        return { kind: 'done' };
      },
    });
    expect(await world().click(world().person, message, 'claim.take')).toEqual({});
    expect(heard).toMatchObject({
      action: 'claim.take',
      subject: ID,
      actor: { person: world().person },
      channel: world().channel,
      message,
    });
    expect(Math.abs((heard?.at.getTime() ?? 0) - Date.now())).toBeLessThan(5_000);
  });

  it('answers a click privately', async () => {
    const { message } = await posted(context);
    hear({ click: async () => ({ kind: 'private', card: whisper('Bob was 3 s faster') }) });
    const before = await world().count(world().channel);
    expect(await world().click(world().person, message, 'claim.take')).toEqual({});
    await expect.poll(async () => (await world().whispers(world().person)).at(-1)?.text).toContain('Bob was 3 s faster');
    expect(await world().count(world().channel)).toBe(before);
    expect(await world().shown(message)).toMatchObject({ buttons: ['claim.take'] });
  });

  it('apologises when the program fails', async () => {
    const { message } = await posted(context);
    hear({ click: async () => Promise.reject(new Error('bug')) });
    const before = (await world().whispers(world().person)).length;
    expect(await world().click(world().person, message, 'claim.take')).toEqual({});
    await expect.poll(async () => (await world().whispers(world().person)).length).toBe(before + 1);
  });

  it('hears a command and answers it privately', async () => {
    let heard: Command | undefined;
    hear({
      command: async (command) => {
        heard = command;
        return { kind: 'private', card: whisper('Three leads') };
      },
    });
    expect(await world().command(world().person, 'mine <x>')).toEqual({});
    expect(heard).toMatchObject({ words: 'mine <x>', actor: { person: world().person } });
    await expect.poll(async () => (await world().whispers(world().person)).at(-1)?.text).toContain('Three leads');
  });

  it('hears a command written as it tells people to write it', async () => {
    const heard: string[] = [];
    hear({
      command: async ({ words }) => {
        heard.push(words);
        return { kind: 'done' };
      },
    });
    expect(await world().typed(world().person, `${world().platform.command} find moreau`)).toEqual({});
    expect(heard).toEqual(['find moreau']);
  });

  it('hears that a message of ours was deleted by hand', async () => {
    const { message } = await posted(context);
    const heard: Removal[] = [];
    hear({
      removed: async (removal) => {
        heard.push(removal);
      },
    });
    await world().remove(world().person, message);
    // Where it is not heard, the next time it is drawn says so: see "a deleted message is gone".
    if (world().abilities.hearsDeletions) await expect.poll(() => heard.map((removal) => removal.message)).toEqual([message]);
    else await expect(world().platform.update(message, card())).rejects.toMatchObject({ kind: 'gone' });
  });
}
