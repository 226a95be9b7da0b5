import { expect, it } from 'vitest';
import type { Field, Form } from '../../src/chat/form.js';
import type { FormReply, Reply, Submission } from '../../src/chat/interaction.js';
import { type Context, card, ID, posted, whisper } from './world.js';

const EVERY_FIELD: Record<Field['kind'], Field> = {
  text: {
    kind: 'text',
    id: 'note',
    label: 'Note',
    long: true,
    max: 200,
    value: 'typed before',
    placeholder: 'Write',
    hint: 'Seen by all',
    required: true,
  },
  choice: {
    kind: 'choice',
    id: 'stage',
    label: 'Stage',
    value: 'won',
    options: [
      { value: 'contacted', label: 'Contacted' },
      { value: 'won', label: 'Won' },
    ],
  },
  date: { kind: 'date', id: 'next_date', label: 'Day', value: '2026-03-02' },
  time: { kind: 'time', id: 'next_time', label: 'Hour', value: '09:30' },
  files: { kind: 'files', id: 'photos', label: 'Photos', most: 99 },
  remark: { kind: 'remark', text: 'Empty fields stay as they are.' },
};

const FORM: Form = { id: 'status', title: 'Status', submit: 'Save', cancel: 'Cancel', subject: ID, fields: Object.values(EVERY_FIELD) };
const VALUES = { note: 'called', stage: 'contacted', next_date: '2026-03-03', next_time: '10:00' };

/** Forms open, stay open with their faults, and close. */
export function asking(context: Context): void {
  const { world, hear } = context;
  const open: Reply = { kind: 'form', form: FORM };

  /** Opens the form by a click, and hears what is sent. */
  async function opened(answer: (submission: Submission) => Promise<FormReply>): Promise<Submission[]> {
    const heard: Submission[] = [];
    const { message } = await posted(context, card({ buttons: [{ action: 'status.open', label: 'Update', subject: ID, opens: true }] }));
    hear({
      click: async () => open,
      command: async () => open,
      submit: async (submission) => {
        heard.push(submission);
        return answer(submission);
      },
    });
    expect(await world().click(world().person, message, 'status.open')).toEqual({});
    const fields = ['note', 'stage', 'next_date', 'next_time', ...(world().abilities.filesInThreads ? ['photos'] : [])];
    await expect.poll(() => world().openForm(world().person)).toEqual({ id: 'status', fields });
    return heard;
  }

  const handed = (names: readonly string[]) => Promise.all(names.map((name) => world().hand(world().person, name, Buffer.from(name))));

  it('opens a form with every kind of field, and gives back what was entered', async () => {
    const heard = await opened(async () => ({ kind: 'close' }));
    expect(await world().submit(world().person, VALUES)).toEqual({});
    expect(heard).toMatchObject([{ form: 'status', subject: ID, values: VALUES, files: {}, actor: { person: world().person } }]);
    await expect.poll(() => world().openForm(world().person)).toBeNull();
  });

  it('keeps the form open with its faults, then closes it', async () => {
    let tries = 0;
    await opened(async () =>
      tries++ === 0 ? { kind: 'faults', faults: { next_date: 'Not a working day', lead: 'Changed meanwhile' } } : { kind: 'close' },
    );
    const { faults } = await world().submit(world().person, VALUES);
    expect(faults).toEqual({ next_date: 'Not a working day', note: 'Changed meanwhile' });
    expect(await world().openForm(world().person)).not.toBeNull();
    expect(await world().submit(world().person, VALUES)).toEqual({});
    await expect.poll(() => world().openForm(world().person)).toBeNull();
  });

  it('keeps the form open when the program fails', async () => {
    let tries = 0;
    await opened(async () => (tries++ === 0 ? Promise.reject(new Error('bug')) : { kind: 'close' }));
    expect(Object.keys((await world().submit(world().person, VALUES)).faults ?? {})).toEqual(['note']);
    expect(await world().submit(world().person, VALUES)).toEqual({});
  });

  it('leaves out what was left empty', async () => {
    const heard = await opened(async () => ({ kind: 'close' }));
    await world().submit(world().person, { note: 'called', stage: '', next_date: '', next_time: '' });
    expect(heard[0]?.values).toEqual({ note: 'called' });
  });

  it('gives back the files of a form', async () => {
    // Elsewhere the field leads to a page instead, which is no part of the form.
    if (!world().abilities.filesInThreads) return;
    const heard = await opened(async () => ({ kind: 'close' }));
    const names = ['avant.jpg', 'arrière.jpg'];
    const photos = await handed(names);
    expect(await world().submit(world().person, VALUES, { photos })).toEqual({});
    expect(heard).toMatchObject([{ values: VALUES }]);
    expect(heard[0]?.files).toEqual({ photos: photos.map((file, n) => ({ file, name: names[n] })) });
  });

  it('takes ten files in a field at most, whatever the form would take', async () => {
    if (!world().abilities.filesInThreads) return;
    const heard = await opened(async () => ({ kind: 'close' }));
    const photos = await handed(Array.from({ length: 11 }, (_, n) => `${n}.jpg`));
    expect(Object.keys((await world().submit(world().person, VALUES, { photos })).faults ?? {})).toEqual(['photos']);
    expect(heard).toEqual([]);
    expect(await world().submit(world().person, VALUES, { photos: photos.slice(1) })).toEqual({});
    expect(heard[0]?.files.photos).toHaveLength(10);
  });

  it('closes the form with a private answer', async () => {
    await opened(async () => ({ kind: 'private', card: whisper('Saved: call on Tuesday') }));
    expect(await world().submit(world().person, VALUES)).toEqual({});
    await expect.poll(async () => (await world().whispers(world().person)).at(-1)?.text).toContain('Saved: call on Tuesday');
  });

  it('opens a form by a command', async () => {
    await opened(async () => ({ kind: 'close' }));
    await world().submit(world().person, VALUES);
    expect(await world().command(world().person, 'add')).toEqual({});
    await expect.poll(async () => (await world().openForm(world().person))?.id).toBe('status');
    await world().submit(world().person, VALUES);
  });
}
