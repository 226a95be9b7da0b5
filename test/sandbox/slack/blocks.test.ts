import { describe, expect, it } from 'vitest';
import { blockFaults } from '../../../src/sandbox/slack/blocks.js';
import type { Surface } from '../../../src/sandbox/slack/schema.js';
import { viewFaults } from '../../../src/sandbox/slack/view-check.js';
import { answerOf, modal, noteInput, town } from './town.js';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (more: object) => ({ type: 'section', ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const input = (element: object) => ({ type: 'input', label: plain('a'), element });
const rich = (...elements: object[]) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] });
const button = (more: object = {}) => ({ type: 'button', action_id: 'a', text: plain('a'), ...more });
const option = (value: string) => ({ text: plain(value), value });
const options = (count: number) => Array.from({ length: count }, (_, index) => option(String(index)));
const cells = (count: number) => Array.from({ length: count }, () => ({ type: 'raw_text', text: 'a' }));
const long = (count: number) => 'a'.repeat(count);

function faults(blocks: unknown, surface: Surface = 'message'): string[] {
  return blockFaults(blocks, surface, '/blocks', (ref) => ref === 'F0PHOTO').map(({ message, pointer }) => `${message} ${pointer}`);
}

describe('blocks Slack accepts', () => {
  const accepted: readonly [string, object][] = [
    ['header', { type: 'header', text: plain(long(150)) }],
    ['section with text', section({ text: mrkdwn(long(3_000)) })],
    [
      'section with fields and a button',
      section({ fields: Array.from({ length: 10 }, () => plain(long(2_000))).slice(0, 4), accessory: button() }),
    ],
    ['context', { type: 'context', elements: [mrkdwn('a'), { type: 'image', alt_text: 'a', image_url: 'https://example.org/a.png' }] }],
    [
      'actions',
      actions(button({ style: 'danger', value: long(2_000), url: 'tel:+33199000001' }), {
        type: 'overflow',
        action_id: 'b',
        options: options(5),
      }),
    ],
    ['a confirmation', actions(button({ confirm: { title: plain('a'), text: mrkdwn('b'), confirm: plain('c'), deny: plain('d') } }))],
    ['divider', { type: 'divider' }],
    ['image by address', { type: 'image', alt_text: 'a', image_url: 'https://example.org/a.png' }],
    ['image by file', { type: 'image', alt_text: 'a', slack_file: { id: 'F0PHOTO' }, title: plain('a') }],
    ['select', input({ type: 'static_select', options: options(100), initial_option: option('3') })],
    ['select with groups', input({ type: 'static_select', option_groups: [{ label: plain('a'), options: options(2) }] })],
    ['radio buttons', input({ type: 'radio_buttons', options: options(10) })],
    ['checkboxes', input({ type: 'checkboxes', options: options(10), initial_options: [option('1')] })],
    ['dates and times', actions({ type: 'datepicker', initial_date: '2026-11-22' }, { type: 'timepicker', initial_time: '18:30' })],
    ['number', input({ type: 'number_input', is_decimal_allowed: false, min_value: '0', max_value: '9' })],
    ['e-mail, address', input({ type: 'email_text_input' })],
    ['people', input({ type: 'multi_users_select', max_selected_items: 2, initial_users: ['U0ALICE'] })],
    [
      'video',
      { type: 'video', alt_text: 'a', title: plain('a'), thumbnail_url: 'https://example.org/a.png', video_url: 'https://example.org/a' },
    ],
    ['remote file', { type: 'file', source: 'remote', external_id: 'a' }],
    ['markdown', { type: 'markdown', text: long(12_000) }],
    ['table', { type: 'table', rows: [cells(20), cells(20)], column_settings: [{ align: 'right' }] }],
    [
      'data table',
      {
        type: 'data_table',
        caption: 'a',
        rows: [cells(2), [{ type: 'raw_number', value: 1, text: '1' }, rich({ type: 'text', text: 'a' })]],
      },
    ],
    ['pie', { type: 'data_visualization', title: 'a', chart: { type: 'pie', segments: [{ label: 'a', value: 1 }] } }],
    [
      'bars',
      {
        type: 'data_visualization',
        title: 'a',
        chart: { type: 'bar', series: [{ name: 'a', data: [{ label: 'x', value: -1 }] }], axis_config: { categories: ['x'] } },
      },
    ],
    [
      'rich text of every kind',
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'a', style: { bold: true } },
              { type: 'link', url: 'mailto:a@example.org', text: 'a' },
              { type: 'user', user_id: 'U0ALICE' },
              { type: 'channel', channel_id: 'C0LEADS' },
              { type: 'usergroup', usergroup_id: 'S0TEAM' },
              { type: 'emoji', name: 'tada' },
              { type: 'date', timestamp: 1_763_800_000, format: '{ago}', fallback: 'a' },
              { type: 'broadcast', range: 'here' },
              { type: 'color', value: '#FF0000' },
            ],
          },
          { type: 'rich_text_quote', elements: [{ type: 'text', text: 'a' }] },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a' }], border: 1 },
          { type: 'rich_text_list', style: 'bullet', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] }] },
        ],
      },
    ],
  ];
  it.each(accepted)('%s', (_name, block) => expect(faults([block])).toEqual([]));
});

describe('blocks Slack refuses, and where', () => {
  const refused: readonly [string, unknown, string][] = [
    ['not a list', {}, 'must provide an array /blocks'],
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), 'no more than 50 items allowed /blocks'],
    ['no type', [{}], 'missing required field: type /blocks/0'],
    ['unknown type', [{ type: 'card' }], 'unsupported type: card /blocks/0/type'],
    ['unknown property', [{ type: 'divider', text: 'a' }], 'invalid additional property: text /blocks/0'],
    ['long header', [{ type: 'header', text: plain(long(151)) }], 'must be less than 151 characters /blocks/0/text/text'],
    ['header with markup', [{ type: 'header', text: mrkdwn('a') }], 'unsupported type: mrkdwn /blocks/0/text/type'],
    ['empty text', [section({ text: plain('') })], 'must be more than 0 characters /blocks/0/text/text'],
    ['long section', [section({ text: mrkdwn(long(3_001)) })], 'must be less than 3001 characters /blocks/0/text/text'],
    ['empty section', [section({})], 'must define either `text` or `fields` /blocks/0'],
    ['long field', [section({ fields: [plain(long(2_001))] })], 'must be less than 2001 characters /blocks/0/fields/0/text'],
    ['11 fields', [section({ fields: Array.from({ length: 11 }, () => plain('a')) })], 'no more than 10 items allowed /blocks/0/fields'],
    [
      '11 context elements',
      [{ type: 'context', elements: Array.from({ length: 11 }, () => plain('a')) }],
      'no more than 10 items allowed /blocks/0/elements',
    ],
    ['button in context', [{ type: 'context', elements: [button()] }], 'unsupported type: button /blocks/0/elements/0/type'],
    [
      '26 buttons',
      [actions(...Array.from({ length: 26 }, (_, index) => button({ action_id: `${index}` })))],
      'no more than 25 items allowed /blocks/0/elements',
    ],
    ['no buttons', [actions()], 'no fewer than 1 items allowed /blocks/0/elements'],
    ['long button', [actions(button({ text: plain(long(76)) }))], 'must be less than 76 characters /blocks/0/elements/0/text/text'],
    ['long button value', [actions(button({ value: long(2_001) }))], 'must be less than 2001 characters /blocks/0/elements/0/value'],
    ['button style', [actions(button({ style: 'loud' }))], 'must be one of: primary, danger /blocks/0/elements/0/style'],
    ['script address', [actions(button({ url: 'javascript:alert(1)' }))], 'invalid url /blocks/0/elements/0/url'],
    [
      'long confirmation',
      [actions(button({ confirm: { title: plain(long(101)), text: plain('a'), confirm: plain('a'), deny: plain('a') } }))],
      'must be less than 101 characters /blocks/0/elements/0/confirm/title/text',
    ],
    [
      'confirmation without no',
      [actions(button({ confirm: { title: plain('a'), text: plain('a'), confirm: plain('a') } }))],
      'missing required field: deny /blocks/0/elements/0/confirm',
    ],
    ['same action twice', [actions(button(), button())], 'action_id must be unique within its block /blocks/0/elements'],
    [
      'same block twice',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      'block_id already exists: a /blocks/1/block_id',
    ],
    ['long id', [{ type: 'divider', block_id: long(256) }], 'must be less than 256 characters /blocks/0/block_id'],
    [
      'image with two sources',
      [{ type: 'image', alt_text: 'a', image_url: 'https://example.org/a', slack_file: { id: 'F0PHOTO' } }],
      'must define either `slack_file` or `image_url` /blocks/0',
    ],
    [
      'file that is no picture',
      [{ type: 'image', alt_text: 'a', slack_file: { id: 'F0OTHER' } }],
      'invalid slack file /blocks/0/slack_file',
    ],
    ['image without words', [{ type: 'image', image_url: 'https://example.org/a' }], 'missing required field: alt_text /blocks/0'],
    ['101 options', [input({ type: 'static_select', options: options(101) })], 'no more than 100 items allowed /blocks/0/element/options'],
    [
      '11 radio buttons',
      [input({ type: 'radio_buttons', options: options(11) })],
      'no more than 10 items allowed /blocks/0/element/options',
    ],
    [
      'long option value',
      [input({ type: 'static_select', options: [option(long(76))] })],
      'must be less than 76 characters /blocks/0/element/options/0/value',
    ],
    ['select without options', [input({ type: 'static_select' })], 'must define either `options` or `option_groups` /blocks/0/element'],
    [
      'initial option elsewhere',
      [input({ type: 'static_select', options: options(2), initial_option: option('9') })],
      'initial option must match one of the options /blocks/0/element',
    ],
    [
      'a date in French',
      [input({ type: 'datepicker', initial_date: '22/11/2026' })],
      'must be a date as YYYY-MM-DD /blocks/0/element/initial_date',
    ],
    ['number without decimals said', [input({ type: 'number_input' })], 'missing required field: is_decimal_allowed /blocks/0/element'],
    [
      'number as a number',
      [input({ type: 'number_input', is_decimal_allowed: true, min_value: 1 })],
      'must be a number written as a string /blocks/0/element/min_value',
    ],
    [
      'long initial text',
      [input({ type: 'plain_text_input', initial_value: long(3_001) })],
      'must be less than 3001 characters /blocks/0/element/initial_value',
    ],
    [
      'max_length',
      [input({ type: 'plain_text_input', max_length: 3_001 })],
      'must be less than or equal to 3000 /blocks/0/element/max_length',
    ],
    ['file input in a message', [input({ type: 'file_input' })], 'unsupported type: file_input /blocks/0/element'],
    ['input without label', [{ type: 'input', element: { type: 'plain_text_input' } }], 'missing required field: label /blocks/0'],
    ['empty rich text', [rich({ type: 'text', text: '' })], 'must be more than 0 characters /blocks/0/elements/0/elements/0/text'],
    ['rich link scheme', [rich({ type: 'link', url: 'data:text/html,a' })], 'invalid url /blocks/0/elements/0/elements/0/url'],
    [
      'date format',
      [rich({ type: 'date', timestamp: 1, format: '{yesterday}' })],
      'invalid date format /blocks/0/elements/0/elements/0/format',
    ],
    [
      'date in milliseconds is no integer',
      [rich({ type: 'date', timestamp: 1.5, format: '{time}' })],
      'must provide an integer /blocks/0/elements/0/elements/0/timestamp',
    ],
    [
      'text outside a section',
      [{ type: 'rich_text', elements: [{ type: 'text', text: 'a' }] }],
      'unsupported type: text /blocks/0/elements/0/type',
    ],
    [
      'two tables',
      [
        { type: 'table', rows: [cells(1)] },
        { type: 'table', rows: [cells(1)] },
      ],
      'only_one_table_allowed /blocks',
    ],
    ['21 columns', [{ type: 'table', rows: [cells(21)] }], 'no more than 20 items allowed /blocks/0/rows/0'],
    [
      'ragged data table',
      [{ type: 'data_table', caption: 'a', rows: [cells(2), cells(1)] }],
      'all rows must have the same number of cells /blocks/0',
    ],
    [
      'markdown in all',
      [
        { type: 'markdown', text: long(6_001) },
        { type: 'markdown', text: long(6_000) },
      ],
      'markdown must be less than 12001 characters in all /blocks',
    ],
    [
      'seven slices',
      [
        {
          type: 'data_visualization',
          title: 'a',
          chart: { type: 'pie', segments: Array.from({ length: 7 }, () => ({ label: 'a', value: 1 })) },
        },
      ],
      'no more than 6 items allowed /blocks/0/chart/segments',
    ],
    [
      'a series without a category',
      [
        {
          type: 'data_visualization',
          title: 'a',
          chart: { type: 'line', series: [{ name: 'a', data: [{ label: 'x', value: 1 }] }], axis_config: { categories: ['x', 'y'] } },
        },
      ],
      'every series must have every category /blocks/0/chart',
    ],
    ['constructor as a type', [{ type: 'constructor' }], 'unsupported type: constructor /blocks/0/type'],
  ];
  it.each(refused)('%s', (_name, blocks, expected) => expect(faults(blocks)).toContain(expected));

  it('tables stay out of modals, alerts stay in them', () => {
    expect(faults([{ type: 'table', rows: [cells(1)] }], 'modal')).toEqual(['unsupported type: table /blocks/0/type']);
    expect(faults([{ type: 'alert', text: plain('a') }], 'modal')).toEqual([]);
    expect(faults([{ type: 'alert', text: plain('a') }])).toEqual(['unsupported type: alert /blocks/0/type']);
  });
});

describe('views Slack refuses', () => {
  const file = input({ type: 'file_input', max_files: 10 });
  const refused: readonly [string, object, string][] = [
    ['an input and no submit', { ...modal(), submit: undefined }, 'missing required field: submit (the view has input blocks) /view'],
    ['a title of 25', { ...modal(), title: plain(long(25)) }, 'must be less than 25 characters /view/title/text'],
    ['a close of 25', { ...modal(), close: plain(long(25)) }, 'must be less than 25 characters /view/close/text'],
    ['no title', { ...modal(), title: undefined }, 'missing required field: title /view'],
    [
      'private metadata of 3,001',
      { ...modal(), private_metadata: long(3_001) },
      'must be less than 3001 characters /view/private_metadata',
    ],
    ['a bad block', modal(noteInput, { type: 'nonsense' }), 'unsupported type: nonsense /view/blocks/1/type'],
    ['101 blocks', modal(...Array.from({ length: 101 }, () => ({ type: 'divider' }))), 'no more than 100 items allowed /view/blocks'],
    ['a Home tab with a title', { type: 'home', title: plain('a'), blocks: [] }, 'invalid additional property: title /view'],
  ];
  it.each(refused)('%s', (_name, view, expected) => {
    expect(viewFaults(view, () => true).map(({ message, pointer }) => `${message} ${pointer}`)).toContain(expected);
  });

  it('and accepts photos', () => expect(viewFaults(modal(file), () => true)).toEqual([]));
});

describe('what the API says about it', () => {
  const blocks = [section({ text: mrkdwn(long(3_001)) })];

  it('names the place in errors and response_metadata', async () => {
    const { web } = await town();
    const data = await web.chat
      .postMessage({ channel: 'C0LEADS', text: 'a', blocks: blocks as never })
      .catch((error: { data: unknown }) => error.data);
    expect(data).toMatchObject({
      ok: false,
      error: 'invalid_blocks',
      errors: ['must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
      response_metadata: { messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'] },
    });
  });

  it('validates without posting', async () => {
    const { web } = await town();
    expect(await answerOf(web.apiCall('blocks.validate', { blocks }))).toBe('invalid_blocks');
    expect(await answerOf(web.apiCall('blocks.validate', { view: modal() }))).toBe('ok');
    expect(await answerOf(web.apiCall('blocks.validate', { view: { ...modal(), submit: undefined } }))).toBe('invalid_view');
    expect(await answerOf(web.apiCall('blocks.validate', { blocks: [], view: modal() }))).toBe('invalid_arguments');
  });
});
