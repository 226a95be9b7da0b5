import { expect, it } from 'vitest';
import type { Command, Remark } from '../../src/chat/interaction.js';
import { type Context, card, posted } from './world.js';

/** Every byte there is, out of order; nothing that could be read as text. */
const BYTES = Buffer.from(Array.from({ length: 4_096 }, (_, n) => (n * 167 + (n >> 8)) % 256));

/** Files of people come in, pictures of ours go out. */
export function sending(context: Context): void {
  const { world, hear } = context;

  it('downloads a file sent below a message, or in private, byte for byte', async () => {
    const { platform, person } = world();
    const { message } = await posted(context);
    const heard: (Remark | Command)[] = [];
    hear({
      remarked: async (remark) => void heard.push(remark),
      command: async (command) => {
        heard.push(command);
        return { kind: 'done' };
      },
    });
    const handed = await world().hand(person, 'avant.jpg', BYTES);
    if (world().abilities.filesInThreads) await world().say(person, { text: '', under: message, files: [handed] });
    const files = () => heard.flatMap((one) => one.files ?? []);
    await expect.poll(files).toEqual([{ file: handed, name: 'avant.jpg' }]);
    expect(heard).toMatchObject([{ actor: { person } }]);
    const file = files()[0]?.file ?? '';
    expect(file.startsWith(`${platform.name}:`)).toBe(true);
    expect((await platform.download(file, BYTES.length)).equals(BYTES)).toBe(true);
  });

  it('downloads no file larger than allowed', async () => {
    const { platform, person } = world();
    const file = await world().hand(person, 'large.jpg', BYTES);
    await expect(platform.download(file, BYTES.length - 1)).rejects.toMatchObject({ name: 'PlatformFailure', kind: 'never' });
  });

  it('downloads nothing that is not a file of its own', async () => {
    const { platform, channel, person } = world();
    const known = await world().hand(person, 'known.jpg', BYTES);
    const unknown = `${known.slice(0, -1)}${known.endsWith('0') ? '1' : '0'}`;
    for (const file of [unknown, 'nowhere:F1', '', channel, `${known}/..`]) {
      await expect(platform.download(file, 10_000)).rejects.toMatchObject({ name: 'PlatformFailure', kind: 'never' });
    }
  });

  it('shows a picture as soon as it was handed over, on a card and below one', async () => {
    const { platform, channel } = world();
    const { message } = await posted(context);
    const file = await platform.upload('avant.png', BYTES);
    const photo = card({ elements: [{ kind: 'photo', files: [file, 'nowhere:F1'], description: 'the front' }] });
    const reply = await platform.post({ channel, under: message }, photo, 'photo');
    expect(await world().shown(reply)).toMatchObject({ text: expect.stringContaining('the front'), pictures: [file] });
    await platform.update(message, photo);
    expect(await world().shown(message)).toMatchObject({ pictures: [file] });
  });

  it('shows a picture of another platform as its description', async () => {
    const elements = [{ kind: 'photo', files: ['nowhere:F1'], description: 'the front of <!channel>' }] as const;
    const { message } = await posted(context, card({ elements }));
    expect(await world().shown(message)).toMatchObject({
      text: expect.stringContaining('the front of <!channel>'),
      pictures: [],
      pings: [],
      links: [],
    });
  });

  it('gives up a transfer when asked to', async () => {
    const { platform, person } = world();
    const file = await world().hand(person, 'avant.jpg', BYTES);
    const stopped = AbortSignal.abort();
    await expect(platform.download(file, BYTES.length, stopped)).rejects.toMatchObject({ name: 'PlatformFailure' });
    await expect(platform.upload('x.png', BYTES, stopped)).rejects.toMatchObject({ name: 'PlatformFailure' });
  });
}
