import { describe, expect, it } from 'vitest';
import type { Field, Form } from '../../../src/chat/form.js';
import { renderForm } from '../../../src/platforms/slack/render-form.js';
import { HOSTILE } from './cards.js';

const form = (...fields: Field[]): Form => ({
  id: 'status',
  title: 'Point',
  submit: 'Enregistrer',
  cancel: 'Annuler',
  subject: '42',
  fields,
});
const only = (field: Field) => renderForm(form(field)).blocks[0];

describe('a form in Slack', () => {
  it('carries its public ids: callback, block and action ids, and the subject', () => {
    const view = renderForm(form({ kind: 'text', id: 'customer.name', label: 'Nom', required: true }));
    expect(view).toMatchObject({
      type: 'modal',
      callback_id: 'status',
      private_metadata: '42',
      submit: { text: 'Enregistrer' },
      close: { text: 'Annuler' },
    });
    expect(view.blocks[0]).toMatchObject({
      type: 'input',
      block_id: 'customer.name',
      optional: false,
      element: { action_id: 'customer.name' },
    });
  });

  it('looks as agreed', async () => {
    const fields: Field[] = [
      { kind: 'remark', text: 'Les champs vides restent inchangés.' },
      {
        kind: 'choice',
        id: 'stage',
        label: 'Étape',
        required: true,
        value: 'contacted',
        options: [
          { value: 'contacted', label: 'Contacté' },
          { value: 'proposal', label: 'Proposition' },
        ],
      },
      { kind: 'date', id: 'next_date', label: 'Date', value: '2026-03-02' },
      { kind: 'time', id: 'next_time', label: 'Heure', value: '09:30' },
      { kind: 'text', id: 'price', label: 'Prix', placeholder: '15 990 €', max: 20 },
      { kind: 'text', id: 'note', label: 'Note', long: true, value: 'Déjà écrit', hint: 'Visible de tous' },
    ];
    await expect(`${JSON.stringify(renderForm(form(...fields)), null, 2)}\n`).toMatchFileSnapshot('../../goldens/slack/form-status.json');
  });

  it('shortens titles and buttons to what a modal holds', () => {
    const view = renderForm({ ...form(), title: HOSTILE, submit: HOSTILE, cancel: HOSTILE });
    for (const { text } of [view.title, view.submit, view.close].flatMap((label) => label ?? [])) {
      expect(text.length).toBeLessThanOrEqual(24);
      expect(text).not.toContain('\n');
    }
  });

  it('keeps what was typed inside the field', () => {
    expect(only({ kind: 'text', id: 'a', label: 'A', max: 10, value: HOSTILE })).toMatchObject({
      element: { max_length: 10, initial_value: '<!channel…' },
    });
    expect(only({ kind: 'text', id: 'a', label: 'A', value: HOSTILE })).toMatchObject({ element: { max_length: 3_000 } });
  });

  it.each<[string, Field]>([
    ['a date that is none', { kind: 'date', id: 'a', label: 'A', value: '2026-13-45' }],
    ['a time that is none', { kind: 'time', id: 'a', label: 'A', value: '25:00' }],
    ['an option not offered', { kind: 'choice', id: 'a', label: 'A', value: 'z', options: [{ value: 'b', label: 'B' }] }],
    ['nothing typed', { kind: 'text', id: 'a', label: 'A', value: '' }],
  ])('starts empty for %s', (_, field) => {
    expect(Object.keys((only(field) as { element: object }).element).filter((key) => key.startsWith('initial'))).toEqual([]);
  });

  it.each([
    [1, 1],
    [10, 10],
    [99, 10],
  ])('asks for files: %i, of which Slack takes %i', (most, taken) => {
    expect(only({ kind: 'files', id: 'photos', label: 'Photos', most, required: true, hint: 'Dix au plus' })).toEqual({
      type: 'input',
      block_id: 'photos',
      label: { type: 'plain_text', text: 'Photos', emoji: false },
      optional: false,
      element: {
        type: 'file_input',
        action_id: 'photos',
        filetypes: ['jpg', 'jpeg', 'png', 'webp', 'gif', 'heic', 'heif'],
        max_files: taken,
      },
      hint: { type: 'plain_text', text: 'Dix au plus', emoji: false },
    });
  });

  it('asks no choice without options, and at most a hundred, the chosen one among them', () => {
    expect(renderForm(form({ kind: 'choice', id: 'a', label: 'A', options: [] })).blocks).toEqual([]);
    const options = Array.from({ length: 150 }, (_, n) => ({ value: `v${n}`, label: HOSTILE }));
    const { element } = only({ kind: 'choice', id: 'a', label: 'A', options, value: 'v149' }) as {
      element: { options: { text: { text: string }; value: string }[]; initial_option: object };
    };
    expect(element.options).toHaveLength(100);
    expect(element.options).toContainEqual(element.initial_option);
    expect(Math.max(...element.options.map((option) => option.text.text.length))).toBeLessThanOrEqual(75);
  });
});
