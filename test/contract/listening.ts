import { expect, it } from 'vitest';
import type { Correction, Remark, Removal } from '../../src/chat/interaction.js';
import type { FileId } from '../../src/chat/text.js';
import { type Context, card, posted } from './world.js';

/** What looks like markup, and is what somebody typed. */
const TYPED = 'Prix < 8 000 € & > 7 000 € &amp; <!channel> <@U0ALICE> <https://example.org|ici> *gras*';

/** The words of people below our messages. */
export function listening(context: Context): void {
  const { world, hear } = context;

  /** A card, and what is heard from now on. */
  async function attentive() {
    const { message } = await posted(context);
    const remarks: Remark[] = [];
    const corrections: Correction[] = [];
    const removals: Removal[] = [];
    hear({
      remarked: async (remark) => void remarks.push(remark),
      corrected: async (correction) => void corrections.push(correction),
      removed: async (removal) => void removals.push(removal),
    });
    const said = async (text: string, files: readonly FileId[] = []) => {
      const remark = await world().say(world().person, { text, under: message, files });
      await expect.poll(() => remarks.some((heard) => heard.message === remark)).toBe(true);
      return remark;
    };
    /** What was said before this is heard has been heard, if it is heard at all. */
    const heardAll = async () => {
      await said('the last word');
      remarks.splice(-1);
    };
    return { thread: message, remarks, corrections, removals, said, heardAll };
  }

  it('hears what somebody writes below a message, once: who, what, where', async () => {
    const { thread, remarks, said, heardAll } = await attentive();
    const [first, second] = [await said('Reprise vue ce matin\n8 500 €'), await said('ok')];
    await heardAll();
    const actor = expect.objectContaining({ person: world().person });
    expect(remarks).toEqual([
      { thread, message: first, text: 'Reprise vue ce matin\n8 500 €', files: [], actor, at: expect.any(Date) },
      { thread, message: second, text: 'ok', files: [], actor, at: expect.any(Date) },
    ]);
    expect(Math.abs((remarks[0]?.at.getTime() ?? 0) - Date.now())).toBeLessThan(10_000);
  });

  it('hears it as it was typed, whatever it looks like', async () => {
    const { remarks, said, heardAll } = await attentive();
    await said(TYPED);
    await heardAll();
    expect(remarks.map((remark) => remark.text)).toEqual([TYPED]);
  });

  it('hears a mention, a channel and a link as everybody reads them', async () => {
    const { thread, remarks } = await attentive();
    const read = await world().sayWithMarkup(world().person, thread);
    await expect.poll(() => remarks.map((remark) => remark.text)).toEqual([read]);
  });

  it('hears the files somebody sends, with words and without', async () => {
    const { remarks, said, heardAll } = await attentive();
    // Where files come in private only, they are sent with what is said there: see "sending".
    if (!world().abilities.filesInThreads) return;
    const names = ['avant.jpg', 'arrière gauche.jpg', 'compteur.jpg'];
    const files = await Promise.all(names.map((name) => world().hand(world().person, name, Buffer.from(name))));
    await said('', files.slice(0, 2));
    await said('121 000 km', files.slice(2));
    await heardAll();
    expect(remarks.map(({ text, files: sent }) => ({ text, sent }))).toEqual([
      {
        text: '',
        sent: [
          { file: files[0], name: names[0] },
          { file: files[1], name: names[1] },
        ],
      },
      { text: '121 000 km', sent: [{ file: files[2], name: names[2] }] },
    ]);
  });

  it('does not hear what is said in the channel, by itself, by other apps, or by nobody', async () => {
    const { platform, channel, person } = world();
    const { thread, remarks, corrections, removals, said, heardAll } = await attentive();
    await world().say(person, { text: 'not below anything' });
    const reply = await platform.post({ channel, under: thread }, card(), 'our-own-words');
    await platform.update(reply, card({ summary: 'our own words, changed' }));
    await platform.post({ channel, under: thread, aloud: true }, card(), 'our-own-words-aloud');
    const remark = await said('https://example.org/annonce');
    await world().noise(thread, remark);
    await heardAll();
    expect({ remarks: remarks.map(({ message }) => message), corrections, removals }).toEqual({
      remarks: [remark],
      corrections: [],
      removals: [],
    });
  });

  it('hears that somebody changed their words, and only that', async () => {
    const { thread, remarks, corrections, said, heardAll } = await attentive();
    const { person } = world();
    const remark = await said('8 500');
    await world().edit(person, remark, '8 500');
    await world().edit(person, remark, '8 <600> & plus');
    await heardAll();
    const actor = expect.objectContaining({ person });
    const changed = (text: string) => ({ thread, message: remark, text, files: [], actor, at: expect.any(Date) });
    const unchanged = world().abilities.comparesEdits ? [] : [changed('8 500')];
    await expect.poll(() => corrections).toEqual([...unchanged, changed('8 <600> & plus')]);
    expect(remarks).toHaveLength(1);
  });

  it('hears the words that files are given later, with the files', async () => {
    const { corrections, said } = await attentive();
    const { person } = world();
    const file = await world().hand(person, 'avant.jpg', Buffer.from('avant'));
    const remark = await said('', [file]);
    await world().edit(person, remark, 'Voici l’avant.');
    const files = world().abilities.filesInThreads ? [{ file, name: 'avant.jpg' }] : [];
    await expect.poll(() => corrections).toMatchObject([{ message: remark, text: 'Voici l’avant.', files }]);
  });

  it('hears that somebody took their words back', async () => {
    const { remarks, removals, said, heardAll } = await attentive();
    const remark = await said('oublié');
    await world().remove(world().person, remark);
    await heardAll();
    await expect.poll(() => removals).toEqual([{ message: remark, at: expect.any(Date) }]);
    expect(remarks).toHaveLength(1);
  });

  it('hears that a message with words below it was deleted by hand', async () => {
    const { thread, removals, said } = await attentive();
    await said('vu');
    await world().remove(world().person, thread);
    if (world().abilities.hearsDeletions) await expect.poll(() => removals.map((removal) => removal.message)).toEqual([thread]);
    else await expect(world().platform.update(thread, card())).rejects.toMatchObject({ kind: 'gone' });
  });
}
