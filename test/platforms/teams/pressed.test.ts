import { expect, it } from 'vitest';
import { readExecuted, readPressed } from '../../../src/platforms/teams/pressed.js';

const drawn = { id: 'status', title: 'x', submit: 'x', cancel: 'x', subject: '42', fields: [{ kind: 'text', id: 'note', label: 'Note' }] };

it('reads the fields a form has, and nothing that came along', () => {
  expect(readPressed({ form: 'status', subject: '42', drawn, note: 'tapé', owner: 'bruno', empty: '' })).toEqual({
    ...{ kind: 'form', form: 'status', subject: '42', values: { note: 'tapé' }, drawn },
  });
});

it('takes a form sent without itself, by its words', () => {
  const sent = { form: 'status', subject: '42', note: 'tapé', stage: '', keys: 2, msteams: {} };
  expect(readPressed(sent)).toEqual({ kind: 'form', form: 'status', subject: '42', values: { note: 'tapé' } });
  expect(readPressed({ ...sent, drawn: { ...drawn, id: 'sale' } })).toEqual({
    kind: 'form',
    form: 'status',
    subject: '42',
    values: { note: 'tapé' },
  });
});

it('reads a button by its verb, beside its data or in it', () => {
  const pressed = { kind: 'button', action: 'claim.take', subject: '42' };
  expect(readPressed({ verb: 'claim.take', subject: '42', msteams: { type: 'task/fetch' } })).toEqual(pressed);
  expect(readExecuted({ action: { verb: 'claim.take', data: { subject: '42' } } })).toEqual(pressed);
  for (const none of [{}, { verb: '' }, { verb: 'a b' }, { verb: 7 }, { form: '' }, { form: '<x>' }])
    expect(readPressed(none)).toBeUndefined();
});
