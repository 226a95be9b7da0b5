import { describe, expect, it } from 'vitest';
import type { Field, Form } from '../../../src/chat/form.js';
import { renderForm } from '../../../src/platforms/teams/render-form.js';
import { HOSTILE } from '../slack/cards.js';
import { everyObject } from './seen.js';

const REQUIRED = 'À remplir.';
const form = (...fields: Field[]): Form => ({
  id: 'status',
  title: 'Point',
  submit: 'Enregistrer',
  cancel: 'Annuler',
  subject: '42',
  fields,
});
const draw = (of: Form, filled: Partial<Parameters<typeof renderForm>[1]> = {}) => renderForm(of, { required: REQUIRED, ...filled });
const itemsOf = (field: Field, filled = {}) => draw(form(field), filled).card.body.slice(0, -1);
const FIELDS: Field[] = [
  { kind: 'remark', text: 'Les champs vides restent inchangés.' },
  {
    kind: 'choice',
    id: 'stage',
    label: 'Étape',
    required: true,
    value: 'contacted',
    options: [
      { value: 'contacted', label: 'Contacté' },
      { value: 'appointment', label: 'Rendez-vous' },
    ],
  },
  { kind: 'date', id: 'next_date', label: 'Jour', value: '2026-03-02' },
  { kind: 'time', id: 'next_time', label: 'Heure', value: '09:30' },
  { kind: 'text', id: 'note', label: 'Note', long: true, max: 500, value: 'Rappelé', hint: 'Lue par tous', placeholder: 'Écrire' },
  { kind: 'files', id: 'photos', label: 'Photos', most: 10, hint: 'Dix au plus', page: 'https://leads.example.org/u/abc' },
];

describe('a form in Teams', () => {
  it('looks as agreed', async () => {
    const drawn = draw(form(...FIELDS), { faults: { next_date: 'Ce jour est fermé.' } });
    await expect(`${JSON.stringify(drawn, null, 2)}\n`).toMatchFileSnapshot('../../goldens/teams/form-status.json');
  });

  it('carries its public ids: the form, what it is about, and a field a value', () => {
    const { title, card } = draw(form({ kind: 'text', id: 'customer.name', label: 'Nom', required: true }));
    expect(title).toBe('Point');
    expect(card.body[0]).toMatchObject({ type: 'Input.Text', id: 'customer.name', isRequired: true, errorMessage: REQUIRED });
    expect(card.body[1]).toMatchObject({
      actions: [{ type: 'Action.Submit', title: 'Enregistrer', data: { form: 'status', subject: '42' } }],
    });
  });

  it('takes itself along without what was typed, so that it can be shown again', () => {
    const { card } = draw(form(...FIELDS));
    const [submit] = everyObject(card).filter(({ type }) => type === 'Action.Submit');
    const { drawn } = (submit as { data: { drawn: Form } } | undefined)?.data ?? { drawn: form() };
    expect(drawn.fields.map((field) => ('id' in field ? field.id : field.kind))).toEqual([
      'remark',
      'stage',
      'next_date',
      'next_time',
      'note',
      'photos',
    ]);
    expect(JSON.stringify(drawn)).not.toMatch(/Rappelé|2026-03-02|09:30/);
    expect(draw(drawn, { values: { stage: 'contacted', next_date: '2026-03-02', next_time: '09:30', note: 'Rappelé' } })).toEqual(
      draw(form(...FIELDS)),
    );
  });

  it('keeps what was typed, also what was emptied, and puts each fault under its field', () => {
    const { card } = draw(form(...FIELDS), { values: { note: 'tapé' }, faults: { note: 'Trop court.', stage: 'Choisissez.' } });
    const inputs = everyObject(card).filter(({ type }) => String(type).startsWith('Input.'));
    expect(inputs.map(({ id, value }) => [id, value])).toEqual([
      ['stage', undefined],
      ['next_date', undefined],
      ['next_time', undefined],
      ['note', 'tapé'],
    ]);
    const red = card.body.flatMap((item, n) => (JSON.stringify(item).includes('"Attention"') ? [n] : []));
    const before = red.map((n) => card.body.slice(0, n).findLast((item) => String(item.type).startsWith('Input.')));
    expect(before).toMatchObject([{ id: 'stage' }, { id: 'note' }]);
    expect(JSON.stringify(red.map((n) => card.body[n]))).toMatch(/Choisissez\..*Trop court\./);
  });

  it('gives back as typed what looks like markup or a template', () => {
    const typed = '{{DATE(2026-03-02T09:00:00Z)}} $' + '{x} <at>A</at> *gras*\nligne';
    expect(itemsOf({ kind: 'text', id: 'note', label: 'Note', long: true }, { values: { note: typed } })).toMatchObject([{ value: typed }]);
  });

  it('leads to a page where photos can be sent, or leaves the field out', () => {
    const field = { kind: 'files', id: 'photos', label: 'Photos', most: 10, hint: 'Dix au plus' } as const;
    const page = 'https://leads.example.org/u/abc';
    expect(everyObject(itemsOf({ ...field, page })).filter(({ type }) => type === 'Action.OpenUrl')).toEqual([
      { type: 'Action.OpenUrl', title: 'Photos', url: page },
    ]);
    for (const none of [field, { ...field, page: 'javascript:alert(1)' }]) expect(itemsOf(none)).toEqual([]);
  });

  it.each([
    ['date', '2026-13-40'],
    ['date', 'demain'],
    ['time', '25:00'],
    ['time', '9:30'],
  ] as const)('shows no %s that is none: %s', (kind, value) => {
    expect(itemsOf({ kind, id: 'x', label: 'X', value })).toEqual([
      { type: `Input.${kind === 'date' ? 'Date' : 'Time'}`, id: 'x', label: 'X' },
    ]);
  });

  it('keeps the chosen option among a hundred, and asks nothing without options', () => {
    const options = Array.from({ length: 130 }, (_, n) => ({ value: `v${n}`, label: `Option ${n}` }));
    const [choice] = itemsOf({ kind: 'choice', id: 'x', label: 'X', value: 'v120', options }) as unknown as {
      value: string;
      choices: { value: string }[];
    }[];
    expect(choice?.value).toBe('v120');
    expect(choice?.choices).toHaveLength(100);
    expect(choice?.choices.at(-1)?.value).toBe('v120');
    expect(itemsOf({ kind: 'choice', id: 'x', label: 'X', options: [] })).toEqual([]);
  });

  it('stays small and inert, whatever the words', () => {
    const options = Array.from({ length: 5 }, (_, n) => ({ value: `v${n}`, label: HOSTILE }));
    const text = { label: HOSTILE, hint: HOSTILE };
    const drawn = draw(
      {
        ...form({ kind: 'remark', text: HOSTILE }, { kind: 'choice', id: 'a', options, ...text }, { kind: 'date', id: 'b', ...text }),
        title: HOSTILE,
        submit: HOSTILE,
      },
      { faults: { a: HOSTILE, b: HOSTILE }, required: HOSTILE },
    );
    const shown = { ...drawn.card, body: drawn.card.body.slice(0, -1) };
    expect(JSON.stringify([drawn.title, shown])).not.toMatch(/\{\{|\$\{|\\u0000|\u202e/);
    expect(everyObject(shown).filter(({ type }) => type === 'TextBlock' || type === 'FactSet')).toEqual([]);
    expect(JSON.stringify(shown).length).toBeLessThan(20_000);
  });
});
