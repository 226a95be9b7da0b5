import { describe, expect, it } from 'vitest';
import type { Block, InputElement, OptionObject } from '../../../src/sandbox/page/blocks/types.js';
import { faultsOf, valuesOf, withValue } from '../../../src/sandbox/page/blocks/values.js';
import { wordsFor } from '../../../src/sandbox/page/words.js';

const words = wordsFor('en-GB');
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string): OptionObject => ({ text: plain(value), value });
const input = (id: string, element: InputElement, optional = false): Block => ({
  type: 'input',
  block_id: id,
  label: plain(id),
  element,
  optional,
});
const text = (
  id: string,
  more: { readonly initial_value?: string; readonly min_length?: number; readonly max_length?: number } = {},
  optional = false,
) => input(id, { type: 'plain_text_input', action_id: id, ...more }, optional);

describe('the answers of a form, as Slack sends them', () => {
  it('begin with the initial ones', () => {
    const blocks = [
      text('name', { initial_value: 'Brigitte' }),
      text('phone'),
      input('stage', { type: 'static_select', action_id: 'stage', options: [option('won')], initial_option: option('won') }),
      input('day', { type: 'datepicker', action_id: 'day', initial_date: '2026-11-20' }),
      input('time', { type: 'timepicker', action_id: 'time' }),
      input('ticks', { type: 'checkboxes', action_id: 'ticks', options: [option('a')] }),
    ];
    expect(valuesOf(blocks)).toEqual({
      name: { name: { type: 'plain_text_input', value: 'Brigitte' } },
      phone: { phone: { type: 'plain_text_input', value: null } },
      stage: { stage: { type: 'static_select', selected_option: option('won') } },
      day: { day: { type: 'datepicker', selected_date: '2026-11-20' } },
      time: { time: { type: 'timepicker', selected_time: null } },
      ticks: { ticks: { type: 'checkboxes', selected_options: [] } },
    });
  });

  it('outlive a redrawn form wherever their field does', () => {
    const typed = withValue(valuesOf([text('name'), text('old')]), 'name', 'name', { type: 'plain_text_input', value: 'Typed' });
    const values = valuesOf([text('name', { initial_value: 'Other' }), text('new')], typed);
    expect(values.name?.name).toEqual({ type: 'plain_text_input', value: 'Typed' });
    expect(Object.keys(values)).toEqual(['name', 'new']);
  });
});

describe('what the client refuses before sending', () => {
  const fault = (block: Block, entered: string | null) => {
    const element = block.type === 'input' ? block.element : undefined;
    if (
      element?.type !== 'plain_text_input' &&
      element?.type !== 'email_text_input' &&
      element?.type !== 'url_text_input' &&
      element?.type !== 'number_input'
    )
      return 'no text field';
    const id = block.block_id ?? '';
    return faultsOf([block], { [id]: { [element.action_id]: { type: element.type, value: entered } } }, words)[id];
  };
  const number: InputElement = { type: 'number_input', action_id: 'n', is_decimal_allowed: false, min_value: '1', max_value: '300000' };

  it.each<[string, Block, string | null, string | undefined]>([
    ['a required field left empty', text('x'), null, words.required],
    ['a required field of spaces', text('x'), '   ', words.required],
    ['an optional field left empty', text('x', { min_length: 10 }, true), null, undefined],
    ['a text too short', text('x', { min_length: 10 }), 'short', words.tooShort(10)],
    ['a text too long', text('x', { max_length: 3 }), 'long', words.tooLong(3)],
    ['an e-mail', input('x', { type: 'email_text_input', action_id: 'x' }), 'brigitte@example.org', undefined],
    ['no e-mail', input('x', { type: 'email_text_input', action_id: 'x' }), 'brigitte', words.badEmail],
    ['no address', input('x', { type: 'url_text_input', action_id: 'x' }), 'example', words.badUrl],
    ['a number', input('x', number), '98000', undefined],
    ['no number', input('x', number), '98 km', words.badNumber],
    ['a number too small', input('x', number), '0', words.tooSmall('1')],
    ['a number too large', input('x', number), '300001', words.tooLarge('300000')],
  ])('%s', (_, block, entered, expected) => {
    expect(fault(block, entered)).toBe(expected);
  });

  it('a choice not made', () => {
    const blocks = [input('x', { type: 'radio_buttons', action_id: 'x', options: [option('a')] })];
    expect(faultsOf(blocks, valuesOf(blocks), words)).toEqual({ x: words.required });
  });
});

describe('files of a form', () => {
  const photos = (optional: boolean, max_files?: number) =>
    input('photos', { type: 'file_input', action_id: 'photos', ...(max_files === undefined ? {} : { max_files }) }, optional);
  const picked = (...ids: readonly (string | undefined)[]) => ({
    photos: {
      photos: {
        type: 'file_input' as const,
        files: ids.map((id) => ({ ...(id === undefined ? {} : { id }), name: 'front.png', mimetype: 'image/png' })),
      },
    },
  });

  it('begin with none', () => {
    expect(valuesOf([photos(true)])).toEqual({ photos: { photos: { type: 'file_input', files: [] } } });
    expect(faultsOf([photos(true)], picked(), words)).toEqual({});
    expect(faultsOf([photos(false)], picked(), words)).toEqual({ photos: words.required });
  });

  it('are no more than the field takes, ten where it does not say', () => {
    expect(faultsOf([photos(false, 2)], picked('F1', 'F2'), words)).toEqual({});
    expect(faultsOf([photos(false, 2)], picked('F1', 'F2', 'F3'), words)).toEqual({ photos: words.tooManyFiles(2) });
    expect(faultsOf([photos(false)], picked(...Array.from({ length: 11 }, (_, n) => `F${n}`)), words)).toEqual({
      photos: words.tooManyFiles(10),
    });
  });

  it('are waited for while they are on their way', () => {
    expect(faultsOf([photos(false)], picked('F1', undefined), words)).toEqual({ photos: words.stillUploading });
  });
});
