import { LIMITS } from './limits.js';
import { address, blame, byType, type Check, flag, items, matching, number, object, oneOf, words } from './schema.js';

const TOKENS = new Set(
  [
    'date_num',
    'date_slash',
    'date_long',
    'date_long_full',
    'date_long_pretty',
    'date',
    'date_pretty',
    'date_short',
    'date_short_pretty',
  ].concat(['day_divider_pretty', 'time', 'time_secs', 'ago']),
);

const style = object(
  {},
  {
    bold: flag,
    italic: flag,
    strike: flag,
    code: flag,
    underline: flag,
    highlight: flag,
    client_highlight: flag,
    unlink: flag,
  },
);

/** A template holds at least one token, and none that Slack does not know. */
const dateFormat: Check = (value, at, checking) => {
  const tokens = typeof value === 'string' ? [...value.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '') : [];
  if (tokens.length === 0 || !tokens.every((token) => TOKENS.has(token))) blame(checking, at, 'invalid date format');
};

const link = address(LIMITS.buttonUrl, 'http', 'https', 'mailto', 'tel');

const text = object({ text: words({ min: 1 }) }, { style });
const linked = object({ url: link }, { text: words(), style, unsafe: flag });

const inline = byType({
  text,
  link: linked,
  user: object({ user_id: words({ min: 1 }) }, { style }),
  usergroup: object({ usergroup_id: words({ min: 1 }) }, { style }),
  channel: object({ channel_id: words({ min: 1 }) }, { style }),
  emoji: object(
    { name: words({ min: 1 }) },
    {
      style,
      unicode: words(),
      skin_tone: number({ min: 1, max: 6 }, true),
      url: words(),
    },
  ),
  date: object({ timestamp: number({ min: 0 }, true), format: dateFormat }, { url: link, fallback: words(), style }),
  broadcast: object({ range: oneOf('here', 'channel', 'everyone') }, { style }),
  color: object({ value: matching(/^#?[0-9a-f]{6}$/i, 'a hexadecimal colour') }, { style }),
});

const section = object({ elements: items(inline) });
const border = number({ min: 0, max: 1 }, true);

/** A `rich_text` block or table cell, apart from its `block_id`. */
export const richTextFields: Readonly<Record<string, Check>> = {
  elements: items(
    byType({
      rich_text_section: section,
      rich_text_quote: object({ elements: items(inline) }, { border }),
      rich_text_preformatted: object({ elements: items(byType({ text, link: linked })) }, { border, language: words() }),
      rich_text_list: object(
        {
          style: oneOf('bullet', 'ordered'),
          elements: items(byType({ rich_text_section: section })),
        },
        {
          indent: number({ min: 0, max: LIMITS.listIndent }, true),
          offset: number({ min: 0 }, true),
          border,
        },
      ),
    }),
    { min: 1 },
  ),
};
